"""What has come in and waits for the officer's word: proposals, applications, requests, sheets, mails in trouble."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import RoleRequest
from activities.models import Activity
from designated_sites.models import DesignatedSite, SiteProposal, SiteType
from events.models import AdvanceQuestion, AttendanceMatch, Event
from notifications.models import Mail
from record_import.models import SheetUpload
from trainings.models import Application, Training, TrainingAttendanceMatch

from ..models import OfferRequest
from ..sheet_import import importing
from .lines import LIST, OLDEST, Line, Reader, by_name, day_of, list_of, plural, record_of, waiting

DETAIL: Final = 160  # letters of what somebody has written; the rest is read where it is decided
MOST: Final = 20

TO_SELECT: Final[list[tuple[str, str]]] = [("decided", "open")]
ENDORSED: Final = ("endorsed", "yes")
UNENDORSED: Final[list[tuple[str, str]]] = [("state", Application.State.SUBMITTED.value), ("endorsed", "open")]


def decisions(reader: Reader) -> Iterator[Line]:
    """What somebody outside has sent, and nobody has answered."""
    yield from _proposals(reader)
    yield from _applications(reader)
    yield from _requests(reader)
    yield from _questions(reader)


def _proposals(reader: Reader) -> Iterator[Line]:
    if not reader.sees(SiteProposal):
        return
    for site_type, words in (
        (SiteType.RESERVE.value, _("All proposals for biosphere reserves, to decide")),
        (SiteType.GEOPARK.value, _("All proposals for geoparks, to decide")),
    ):
        found = SiteProposal.objects.open().of_type(site_type).select_related("site", "proposer")
        everything = list_of(SiteProposal, state__exact="open", site__site_type__exact=site_type)
        yield from by_name(found, "sent_at", _proposal, words, everything)


def _proposal(proposal: SiteProposal) -> Line:
    facts = len(proposal.changes)
    words = ngettext_lazy("%(site)s: %(n)d fact proposed", "%(site)s: %(n)d facts proposed", facts)
    page = reverse("admin:designated_sites_siteproposal_decide", args=[proposal.pk])
    who = proposal.proposer.name if proposal.proposer else ""
    return Line(
        words % {"site": proposal.site, "n": facts} if facts else _("%(site)s: the facts are confirmed") % {"site": proposal.site},
        1, page, proposal.sent_at and day_of(proposal.sent_at), OLDEST, proposal.reason[:DETAIL], who, _("Compare"),
        of=record_of(DesignatedSite, proposal.site_id),
    )  # fmt: skip


def _requests(reader: Reader) -> Iterator[Line]:
    """Of people who ask for a role, or for what the office offers."""
    if reader.sees(RoleRequest):
        roles = RoleRequest.objects.waiting().select_related("person", "member_state")
        everything = list_of(RoleRequest, state__exact="asked")
        yield from by_name(roles, "asked_at", _role, _("All roles asked for"), everything)
    if reader.sees(OfferRequest):
        offers = OfferRequest.objects.filter(state=OfferRequest.State.NEW).select_related("programme")
        everything = list_of(OfferRequest, state__exact="new")
        yield from by_name(offers, "created_at", _offer, _("All offers asked for"), everything)


def _role(request: RoleRequest) -> Line:
    words = _("%(name)s asks for a role: %(role)s") % {"name": request.person.name, "role": request.get_role_display()}
    where = request.member_state.name if request.member_state else ", ".join(request.state_codes)
    page = reverse("admin:accounts_rolerequest_change", args=[request.pk])
    return Line(words, 1, page, day_of(request.asked_at), OLDEST, request.message[:DETAIL], where, _("Decide"))


def _offer(request: OfferRequest) -> Line:
    words = _("%(who)s asks for: %(offer)s") % {"who": request.organisation, "offer": request.programme}
    page = reverse("admin:desk_offerrequest_change", args=[request.pk])
    return Line(words, 1, page, day_of(request.created_at), OLDEST, request.message[:DETAIL], request.name, _("Answer"))


def _questions(reader: Reader) -> Iterator[Line]:
    """Sent in advance, of each event."""
    if not reader.sees(AdvanceQuestion):
        return
    new = AdvanceQuestion.objects.filter(state=AdvanceQuestion.State.NEW).order_by("activity__starts_at", "activity")
    rows = new.values_list("activity", "activity__title_en").annotate(number=Count("pk"), first=Min("created_at"))
    for pk, title, number, first in rows[:MOST]:
        page = list_of(AdvanceQuestion, activity__id__exact=pk, state__exact="new")
        words = format_lazy("{}: {}", _("Questions sent in advance, not looked at"), title)
        yield Line(
            words, number, page, day_of(first), OLDEST, where=_("Events"), act=_("Read"), of=record_of(Activity, pk)
        )


def attendance(reader: Reader) -> Iterator[Line]:
    """Names in attendance lists; the lists in the admin show what waits unless asked for more."""
    for model, words, where in (
        (AttendanceMatch, _("Names to match with people, in lists of events"), _("Events")),
        (TrainingAttendanceMatch, _("Names to match with people, in lists of trainings"), _("Trainings")),
    ):
        found = model.objects.filter(state="open")
        yield from waiting(reader, words, model, found, where=where)
    for room in (Event, Training):
        yield from _attendance_to_take(reader, room)


def _attendance_to_take(reader: Reader, room: type[Event] | type[Training]) -> Iterator[Line]:
    """What is over and of which nobody has said who was there: online there is a list of the provider, on site a paper."""
    if not reader.changes(room):
        return
    label = room._meta.app_label
    for one in room.objects.without_attendance(reader.now).order_by("starts_at", "pk")[:MOST]:
        page = "attendance_import" if one.format == Activity.Format.ONLINE else "attendance_on_site"
        words = format_lazy("{}: {}", _("Attendance to take in"), one.title)
        address, day = reverse(f"admin:{label}_{page}", args=[one.pk]), day_of(one.ends_at or one.starts_at)
        yield Line(words, 1, address, day, OLDEST, where=plural(room), act=_("Take in"), of=record_of(Activity, one.pk))


def uploads(reader: Reader) -> Iterator[Line]:
    """The reader's own sheets, which are kept for a day: each has a page of its own."""
    young = reader.now - importing.KEPT
    own = SheetUpload.objects.filter(officer_id=reader.user.pk, done_at=None, created_at__gte=young)
    for pk, label, name, day in own.order_by("pk").values_list("pk", "label", "name", "created_at"):
        words = format_lazy("{}: {}", _("Sheet looked at and not imported"), name)
        yield Line(words, 1, reverse("admin:sheet_look", args=[label, pk]), day_of(day), OLDEST)


def mails(reader: Reader) -> Iterator[Line]:
    if not reader.sees(Mail):
        return
    words = {
        Mail.State.FAILED: _("Mails that failed"),
        Mail.State.UNKNOWN: _("Mails of which nobody knows whether they arrived"),
    }
    rows = Mail.objects.in_trouble().order_by().values_list("state").annotate(Count("pk"), Min("due"))
    found = {state: (number, day_of(first)) for state, number, first in rows}
    for state, text in words.items():
        if state in found:
            number, day = found[state]
            yield Line(text, number, list_of(Mail, state=state.value), day, OLDEST, where=_("Outbox"), act=_("Look"))


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
            yield Line(
                line,
                number,
                address,
                day_of(closes),
                meaning,
                where=_("Trainings"),
                act=LIST,
                of=record_of(Activity, pk),
            )
    yield from _held_decisions(reader)


def _held_decisions(reader: Reader) -> Iterator[Line]:
    """Decided, and nobody told: of each training, since the longest time."""
    held = Application.objects.to_be_told(reader.now).order_by("training__starts_at", "training")
    rows = held.values_list("training", "training__title_en").annotate(number=Count("pk"), first=Min("decisions__at"))
    for pk, title, number, first in rows:
        words = format_lazy("{}: {}", _("Decisions held, nobody told"), title)
        page = reverse("admin:trainings_training_let_go", args=[pk])
        yield Line(
            words,
            number,
            page,
            day_of(first),
            OLDEST,
            where=_("Trainings"),
            act=_("Look who is told"),
            of=record_of(Activity, pk),
        )


def _select(endorsement_required: bool) -> list[tuple[str, str]]:
    return [*TO_SELECT, ENDORSED] if endorsement_required else TO_SELECT
