"""What has come in and waits for the officer's word: proposals, applications, requests, sheets, mails in trouble."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleRequest
from designated_sites.models import SiteProposal, SiteType
from events.models import AdvanceQuestion, AttendanceMatch
from notifications.models import Mail
from record_import.models import SheetUpload
from trainings.models import Application, Training, TrainingAttendanceMatch

from ..models import OfferRequest
from ..sheet_import import importing
from .lines import OLDEST, Line, Reader, day_of, list_of, waiting

TO_SELECT: Final[list[tuple[str, str]]] = [("state", state.value) for state in Application.STILL_OPEN]
ENDORSED: Final = ("endorsed", "yes")
UNENDORSED: Final[list[tuple[str, str]]] = [("state", Application.State.SUBMITTED.value), ("endorsed", "open")]


def decisions(reader: Reader) -> Iterator[Line]:
    """What somebody outside has sent, and nobody has answered."""
    for site_type, words in (
        (SiteType.RESERVE.value, _("Proposals for biosphere reserves, to decide")),
        (SiteType.GEOPARK.value, _("Proposals for geoparks, to decide")),
    ):
        found = SiteProposal.objects.open().of_type(site_type)
        query = {"state__exact": "open", "site__site_type__exact": site_type}
        yield from waiting(reader, words, SiteProposal, found, "sent_at", **query)
    yield from _applications(reader)
    roles = RoleRequest.objects.waiting()
    yield from waiting(reader, _("Roles asked for"), RoleRequest, roles, "asked_at", state__exact="asked")
    offers = OfferRequest.objects.filter(state=OfferRequest.State.NEW)
    yield from waiting(reader, _("Offers asked for"), OfferRequest, offers, "created_at", state__exact="new")
    questions = AdvanceQuestion.objects.filter(state=AdvanceQuestion.State.NEW)
    words = _("Questions sent in advance, not looked at")
    yield from waiting(reader, words, AdvanceQuestion, questions, "created_at", state__exact="new")


def attendance(reader: Reader) -> Iterator[Line]:
    """Names in attendance lists; the lists in the admin show what waits unless asked for more."""
    for model, words in (
        (AttendanceMatch, _("Participant matches of events, to decide")),
        (TrainingAttendanceMatch, _("Participant matches of trainings, to decide")),
    ):
        found = model.objects.filter(state="open")
        yield from waiting(reader, words, model, found)


def uploads(reader: Reader) -> Iterator[Line]:
    """The reader's own sheets, which are kept for a day: each has a page of its own."""
    young = reader.now - importing.KEPT
    own = SheetUpload.objects.filter(officer_id=reader.user.pk, done_at=None, created_at__gte=young)
    for pk, label, name, day in own.order_by("pk").values_list("pk", "label", "name", "created_at"):
        words = format_lazy("{}: {}", _("Sheet looked at and not imported"), name)
        yield Line(words, 1, reverse("admin:sheet_look", args=[label, pk]), day_of(day), _("uploaded"))


def mails(reader: Reader) -> Iterator[Line]:
    if not reader.sees(Mail):
        return
    words = {
        Mail.State.FAILED: _("Mails that failed"),
        Mail.State.UNKNOWN: _("Mails of which nobody knows whether they arrived"),
    }
    rows = Mail.objects.filter(state__in=list(words)).order_by().values_list("state").annotate(Count("pk"), Min("due"))
    found = {state: (number, day_of(first)) for state, number, first in rows}
    for state, text in words.items():
        if state in found:
            number, day = found[state]
            yield Line(text, number, list_of(Mail, state=state.value), day, OLDEST)


def _applications(reader: Reader) -> Iterator[Line]:
    """Of each training by itself, since each has a desk for its selection."""
    if not (reader.sees(Application) and reader.changes(Training)):
        return
    for found, words, query in (
        (Application.objects.to_select(reader.now), _("Applications to select"), _select),
        (
            Application.objects.unendorsed_near_deadline(reader.now),
            _("Applications no focal point has spoken for, close to the deadline"),
            lambda _required: UNENDORSED,
        ),
    ):
        rows = found.order_by("training__nominations_close_at", "training").values_list(
            "training", "training__title_en", "training__endorsement_required", "training__nominations_close_at"
        )
        for pk, title, required, closes, number in rows.annotate(number=Count("pk")):
            address = f"{reverse('admin:trainings_training_selection', args=[pk])}?{urlencode(query(required))}"
            line = format_lazy("{}: {}", words, title)
            meaning = _("nominations closed") if closes <= reader.now else _("nominations close")
            yield Line(line, number, address, day_of(closes), meaning)


def _select(endorsement_required: bool) -> list[tuple[str, str]]:
    return [*TO_SELECT, ENDORSED] if endorsement_required else TO_SELECT
