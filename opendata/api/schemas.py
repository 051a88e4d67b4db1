"""The shapes of the API's answers."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

from activities.models import Activity
from activities.models.standing import standing_of


class NameOut(Schema):
    """A further name of a site."""

    name: str
    kind: str
    language: str


class RecordOut(Schema):
    """What every record says of itself."""

    slug: str
    sources: list[str]
    updated_at: dt.datetime


class SiteOut(RecordOut):
    """A designated site with its facts and their sources."""

    kind: str
    name: str
    names: list[NameOut]
    member_states: list[str] = Field(alias="state_codes")
    status: str
    designation_year: int | None
    latitude: Decimal | None
    longitude: Decimal | None
    accuracy_km: int | None
    area_ha: Decimal | None
    admin_region: str
    summary: str
    other_designations: list[str]
    website: str
    unesco_url: str
    confidence: str

    @staticmethod
    def resolve_names(site: Any) -> list[Any]:
        return list(site.names.all())


class ReserveOut(SiteOut):
    """A biosphere reserve; each zone may be unknown."""

    ecosystem: str
    core_ha: Decimal | None
    buffer_ha: Decimal | None
    transition_ha: Decimal | None
    extension_years: list[int]


class GeoparkOut(SiteOut):
    """A geopark, designated or aspiring."""

    geological_theme: str


class ActivityOut(RecordOut):
    """An event or a training. The precision says how much of an instant is known: year, month, day or minute."""

    title: str
    status: str
    starts_at: dt.datetime
    start_precision: str
    ends_at: dt.datetime | None
    end_precision: str
    timezone: str
    format: str
    venue: str
    member_states: list[str] = Field(alias="state_codes")
    participants: int | None
    participants_note: str
    summary: str
    is_sample: bool
    # How it stands now: cancelled, later, open, few, full, closed, or none, where there is nothing to register for.
    registration: str
    places_left: int | None
    waiting: int | None

    @staticmethod
    def resolve_registration(activity: Activity) -> str:
        return standing_of(activity).word

    @staticmethod
    def resolve_places_left(activity: Activity) -> int | None:
        room = standing_of(activity).room
        return room.free if room else None

    @staticmethod
    def resolve_waiting(activity: Activity) -> int | None:
        room = standing_of(activity).room
        return room.waiting if room else None


class EventOut(ActivityOut):
    kind: str


class TrainingOut(ActivityOut):
    pass


class DocumentOut(RecordOut):
    """A declaration, form, report ...; at an address elsewhere or as a file of the portal."""

    title: str
    kind: str
    year: int | None
    languages: list[str]
    body: str
    url: str
    summary: str


class PartnerOut(RecordOut):
    name: str
    local_name: str
    kind: str
    member_states: list[str] = Field(alias="state_codes")
    website: str
    role: str


class ProgrammeOut(RecordOut):
    """A node of the one tree of programmes; `parent` is the slug of the node above."""

    name: str
    kind: str
    parent: str | None
    start_year: int | None
    end_year: int | None
    summary: str

    @staticmethod
    def resolve_parent(programme: Any) -> str | None:
        return programme.parent.slug if programme.parent else None


class StateOut(Schema):
    """A member state of the network."""

    code: str
    name: str
    local_name: str
    joined_year: int | None
    time_zones: list[str]


class PageOut(Schema):
    """Where a list stands, under which terms it is given, and which state of the records it shows."""

    count: int
    limit: int
    offset: int
    terms: str
    data_version: int


class ReservesOut(PageOut):
    items: list[ReserveOut]


class GeoparksOut(PageOut):
    items: list[GeoparkOut]


class EventsOut(PageOut):
    items: list[EventOut]


class TrainingsOut(PageOut):
    items: list[TrainingOut]


class DocumentsOut(PageOut):
    items: list[DocumentOut]


class PartnersOut(PageOut):
    items: list[PartnerOut]


class ProgrammesOut(PageOut):
    items: list[ProgrammeOut]


class ErrorOut(Schema):
    """What was wrong with a request."""

    detail: Any
