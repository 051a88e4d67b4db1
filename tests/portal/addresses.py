"""Every address there is, found in the resolver itself, each with prepared records behind it.

An address that has parts nobody has said anything about is an error, and so fails the test that walks over all of them.
"""

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern
from django.utils import timezone
from PIL import Image

from accounts.models import Person
from accounts.roles import requests as role_requests
from activities.materials import files as materials
from activities.models import Material
from designated_sites.models import SiteProposal
from designated_sites.stewardship import signed_links as confirmations
from events.models import AdvanceQuestion, CalendarToken, Survey
from events.places import parties
from events.places import signed_links as places
from notifications.composing import signed_links as preferences
from notifications.models import Address
from record_import.models import SheetUpload
from tests.admin.records import EVERY
from tests.factories import (
    ApplicationFactory,
    DocumentFactory,
    EventFactory,
    GeoparkFactory,
    MemberStateFactory,
    PartnerFactory,
    PersonFactory,
    ProgrammeFactory,
    RegistrationFactory,
    RoleGrantFactory,
    TrainingFactory,
    UserFactory,
)
from trainings.mails import signed_links as applications
from trainings.models import Certificate

# What an address is nothing without.
QUERIES = {"compare-export": "?site=reserve:stewarded&site=geopark:geopark", "statistics-export": "?table=states"}
PHOTO = "0123456789abcdef0123456789abcdef-480.jpg"
Named = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """One pattern of the url conf: its name with that of its space, its whole path, the names of all parts of it."""

    name: str
    path: str
    parts: frozenset[str]
    nameless: bool

    @property
    def is_admin(self) -> bool:
        return self.path.startswith("admin/")


def everywhere() -> list[Entry]:
    """Each address once: of two patterns with one path the first answers."""
    found: dict[str, Entry] = {}
    for entry in _below(get_resolver().url_patterns, "", "", frozenset()):
        found.setdefault(entry.path, entry)
    return list(found.values())


def _below(patterns: list[Any], before: str, space: str, named: frozenset[str]) -> Iterator[Entry]:
    for one in patterns:
        path, parts = before + str(one.pattern), named | _parts_of(one)
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, path, f"{one.namespace}:" if one.namespace else space, parts)
        else:
            yield Entry(space + one.name if one.name else path, path, parts, nameless=not one.name)


def _parts_of(one: URLPattern | URLResolver) -> frozenset[str]:
    regular = one.pattern.regex if isinstance(one.pattern, RegexPattern) else None
    return frozenset(one.pattern.converters) | frozenset(regular.groupindex if regular else ())


def one_page() -> bytes:
    """A PDF that can be drawn."""
    out = io.BytesIO()
    Image.new("1", (9, 9)).save(out, "PDF")
    return out.getvalue()


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


@dataclass
class Ground:
    """Records of one state, with everything a person leaves behind in the portal. All of it is the participant's, unless said."""

    participant: Person
    steward: Person
    focal_point: Person
    trainer: Person

    def __post_init__(self) -> None:
        now = timezone.now()
        state = MemberStateFactory(code="MN")
        self.site = self.steward.stewardships.get().site
        self.geopark = GeoparkFactory(slug="geopark")
        self.in_care = PersonFactory(name="Zolzaya", email="", member_state=state, care_of=self.focal_point)
        self.colleague = PersonFactory(name="Colleague", email="", member_state=state, care_of=self.participant)
        self.request = role_requests.ask(
            person=self.participant, role="steward", message="Please", site=("reserve", self.site.pk)
        )
        somebody_else = UserFactory()
        self.passkey = Authenticator.objects.create(
            user=somebody_else, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone", "credential": {}}
        )
        self.grant = RoleGrantFactory(person=PersonFactory(name="Leading", member_state=state))
        self.partner, self.programme = PartnerFactory(slug="partner"), ProgrammeFactory(slug="offer", kind="offer")
        self.document = DocumentFactory(slug="document")
        self.document.file.save("0.pdf", ContentFile(b"%PDF-1.7"))
        default_storage.save(f"photos/{PHOTO}", ContentFile(b"x"))
        self._event(now, state)
        self._training(now, state)
        self.proposal = SiteProposal.objects.create(site=self.site, proposer=self.steward, base={}, changes={})
        self.calendar = CalendarToken.objects.create(person=self.participant)
        self.mails = Address.objects.create(email=self.participant.email)
        # A record of every kind the admin lists.
        self.records: dict[str, models.Model] = {kind: maker(1) for kind, maker in EVERY.items()} | {
            "sheet": SheetUpload(pk=1)
        }

    def _event(self, now: dt.datetime, state: Any) -> None:
        hour = dt.timedelta(hours=1)
        self.event = EventFactory(
            slug="event", format="online", starts_at=now + hour, registration_opens_at=now - 9 * hour
        )
        self.session = self.event.sessions.create(title="Birds", starts_at=now + hour, ends_at=now + 2 * hour)
        self.session.trainers.add(self.trainer)
        self.place = RegistrationFactory(event=self.event, person=self.participant)
        self.held = RegistrationFactory(event=self.event, person=self.in_care)
        self.question = AdvanceQuestion.objects.create(activity=self.event, person=self.participant, text="How deep?")
        self.material = Material(
            activity=self.event, session=self.session, kind="slides", title="S", visibility="registered"
        )
        self.material.file.save("x.pdf", ContentFile(b"%PDF-1.7"), save=False)
        materials.store(material=self.material)
        survey = Survey.objects.create(event=self.event, last_day=(now + 99 * hour).date(), opened_at=now)
        survey.questions.create(label="How was it?", kind="scale")

    def _training(self, now: dt.datetime, state: Any) -> None:
        day = dt.timedelta(days=1)
        self.training = TrainingFactory(
            slug="training", starts_at=now + 30 * day, call_opens_at=now - day, nominations_close_at=now + day,
            deadline_zone="Europe/Paris", letter_office="Office", letter_signatory="Head", gives_certificates=True,
            asks_presentation=True,
        )  # fmt: skip
        self.application = ApplicationFactory(
            training=self.training, person=self.participant, member_state=state, reference="T26-ABCDE",
            state="confirmed", submitted_at=now, may_be_listed=True,
        )  # fmt: skip
        self.paper = self.application.files.create(
            purpose="presentation", name="Tuya.pdf", kind="pdf", size=8, file=ContentFile(one_page(), name="cv.pdf")
        )
        self.certificate = Certificate.objects.create(
            number="EABRN-1", activity=self.training, person=self.participant, name=self.participant.name, title="Monitoring",
            dates="1 June",
        )  # fmt: skip

    # Addresses --------------------------------------------------------------------------------------------------------
    def address(self, entry: Entry) -> str:
        """The one at which this pattern is tried; an error where nobody has said what its parts are."""
        if entry.is_admin:
            return self._in_admin(entry)
        if not entry.parts:
            return f"/{entry.path}" + QUERIES.get(entry.name, "")
        named: Named = self._named.get(entry.name, {})
        unknown = entry.parts - named.keys()
        assert not unknown, f"/{entry.path}: say in {__name__} which record its parts {sorted(unknown)} name"
        if entry.name.startswith("api/"):
            return "/" + entry.path.replace("<slug:name>", named["name"]).replace("<slug:slug>", named.get("slug", ""))
        return reverse(entry.name, kwargs={part: named[part] for part in entry.parts}) + QUERIES.get(entry.name, "")

    @cached_property
    def _named(self) -> Mapping[str, Named]:
        """The parts of each address that has some, by its name."""
        reserve: Named = {"kind": "reserve", "slug": self.site.slug, "pk": self.site.pk}
        event, training = {"slug": self.event.slug}, {"slug": self.training.slug}
        signed = {**training, "token": applications.token_of(self.application)}
        reference, join = {"reference": self.application.reference}, {"token": self.place.join_token}
        session: Named = {"kind": "event", "pk": self.session.pk, "material": self.material.pk}
        person, file = {"pk": self.in_care.pk}, {"slug": self.site.slug, "ending": "bib"}
        mail = {"token": preferences.token_of(self.mails), "topic": "reminders"}
        today = confirmations.occurrence_of(self.site.kind, timezone.now().astimezone(dt.UTC).date())
        confirming = confirmations.confirm_url(site_id=self.site.pk, person_id=self.steward.pk, occurrence=today)
        of_kind = {
            "reserve-detail": reserve, "reserve-citation": file, "geopark-detail": {"slug": "geopark"},
            "geopark-citation": file | {"slug": "geopark"}, "map-tile": {"zoom": 0, "column": 0, "row": 0, "ending": "webp"},
            "memberstate-detail": {"code": "MN"}, "partner-detail": {"slug": "partner"}, "document-detail": {"slug": "document"},
            "document-file": {"name": str(self.document.file.name).removeprefix("documents/")}, "photo-file": {"name": PHOTO},
            "material-file": {"name": str(self.material.file.name).removeprefix("materials/")},
            "event-place": {**event, "token": places.token_of(self.place)},
            "event-place-calendar": {**event, "token": places.token_of(self.place)},
            "event-place-address": {**event, "token": places.address_token_of(self.place, "new@example.org")},
            "event-party": {**event, "token": _last(parties.party_url(self.event, parties.Party(self.event.pk, "one", "mailbox", 2)))},
            "me-person-mail": {**person, "mail": 1}, "me-mailbox-apply": {"pk": self.colleague.pk, **training},
            "me-mailbox-apply-check": {"pk": self.colleague.pk, **training}, "join-question": join, "join-renew": join, "join": join,
            "join-survey": join, "join-nameless": {**join, "pk": self.question.pk}, "join-material": {**join, "pk": self.material.pk},
            "application-file": {"pk": self.paper.pk}, "application-file-page": {"pk": self.paper.pk, "number": 1},
            "certificate": {"number": "EABRN-1"}, "me-certificate": {"number": "EABRN-1"},
            "own-calendar": {"token": self.calendar.token}, "own-reviews": {"token": self.calendar.token},
            "mail-reports": {"service": "postmark"}, "mail-preferences-of": mail, "mail-stop": mail,
            "site-confirm": {"token": confirming.rstrip("/").rpartition("/")[2]}, "me-steward-end": reserve | {"person": self.steward.pk},
            "me-role-take-back": {"pk": self.request.pk}, "me-request": {"pk": self.request.pk}, "me-role-withdraw": {"pk": self.grant.pk},
            "me-place-give-back": {**person, "place": self.held.pk}, "me-sites-proposal": reserve | {"pk": self.proposal.pk},
            "me-sites-take-back": reserve | {"pk": self.proposal.pk}, "me-letter": reference, "me-application-of-state": training | reference,
            "mfa_remove_webauthn": {"pk": self.passkey.pk}, "mfa_edit_webauthn": {"pk": self.passkey.pk},
            "api:reserve": reserve, "api:geopark": {"slug": "geopark"},
            "me-person-apply": {**person, **training}, "me-person-apply-check": {**person, **training},
        }  # fmt: skip
        alike: dict[str, Named] = {
            "reserve-export geopark-export site-export compare-export statistics-export": {"ending": "csv"},
            "programme-detail offer-ask offer-asked": {"slug": "offer"},
            "event-detail event-calendar event-register event-registered event-register-several": event,
            "training-detail training-calendar training-apply training-apply-check me-applications-of-state me-ranking-of-state me-nominees": training,
            "training-application training-letter training-certificate training-follow-up": signed,
            "me-application me-follow-up me-participants": reference,
            "me-site me-sites-propose me-sites-check me-sites-confirm me-steward-ask me-review": reserve,
            "me-person me-person-edit me-person-register me-person-calls me-person-remove me-person-twice me-person-mails": person,
            "my-session my-session-material my-session-withdraw me-presence": session,
            "api/ogc/collections/<slug:name> api/ogc/collections/<slug:name>/items api/ogc/collections/<slug:name>/items/<slug:slug>":
                {"name": "reserves", "slug": self.site.slug},
        }  # fmt: skip
        return of_kind | {name: named for names, named in alike.items() for name in names.split()}

    # The admin --------------------------------------------------------------------------------------------------------
    def _in_admin(self, entry: Entry) -> str:
        if not entry.parts:
            return f"/{entry.path}"
        record = self._record_of(entry.path)
        known: Named = {
            "object_id": record.pk, "pk": record.pk, "id": record.pk, "first": record.pk, "second": record.pk, "number": 1,
            "column": "name", "row": 1, "label": "reserves.biospherereserve", "ending": "csv", "kind": "person",
            "app_label": "reserves", "url": "nothing/", "content_type_id": 1, "act": "withdraw", "key": record.pk,
        }  # fmt: skip
        unknown = entry.parts - known.keys()
        assert not unknown, f"/{entry.path}: say in {__name__} what its parts {sorted(unknown)} are"
        if entry.nameless:
            return "/" + entry.path.replace("<path:object_id>", str(record.pk)).replace("(?P<url>.*)$", "nothing/")
        return reverse(entry.name, kwargs={part: known[part] for part in entry.parts})

    def _record_of(self, path: str) -> models.Model:
        for part, activity in (("/event/<int:pk>/", self.event), ("/training/<int:pk>/", self.training)):
            if f"attendancefile{part}" in path:  # pages of an activity that stand among its lists of attendance
                return activity
        found = self.kind_of(path)
        return self.records[found] if found else self.site

    def kind_of(self, path: str) -> str:
        """Which kind of record a path of the admin is about; none where it is about no single kind."""
        for kind, record in self.records.items():
            if path.startswith(f"admin/{record._meta.app_label}/{record._meta.model_name}/"):
                return kind
        return ""
