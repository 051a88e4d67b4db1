"""What is next for an event, read from its record, its registrations, its materials and the outbox."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.hub.names import ATTENDANCE, MATERIALS, SESSIONS, page_of
from activities.hub.next_steps import NextStep, Stage, done_by
from activities.models import AdvanceQuestion, JoinLink, Material
from activities.models.windows import window_of
from notifications import mail_types, outbox
from notifications.models import Mail
from record_admin.workspace.parts import Act
from records.formats.date_formatting import moment_words
from records.formats.partial_dates import Precision

from ..mails import afterwards, reminders
from ..models import Event, Survey
from ..models.survey_times import is_open
from ..registration import asking_again
from .head import places_of

Status = Event.Status


@dataclass
class _Facts:
    """What several of the steps ask, each read once."""

    event: Event
    now: dt.datetime

    @cached_property
    def links(self) -> set[str]:
        return set(self.event.join_links.values_list("provider", flat=True))

    @cached_property
    def kinds(self) -> set[str]:
        return set(self.event.materials.values_list("kind", flat=True))

    @cached_property
    def lists(self) -> int:
        return self.event.attendance_files.count()

    @cached_property
    def mails(self) -> dict[tuple[str, str], dict]:
        """Of the event itself, by kind and state: how many, the first and the last."""
        rows = outbox.about(self.event).order_by().values("kind", "state")
        counted = rows.annotate(number=Count("pk"), first=Min("due"), last=Max("sent_at"))
        return {(row["kind"], row["state"]): row for row in counted}

    @property
    def ends_at(self) -> dt.datetime:
        return self.event.ends_at or self.event.starts_at

    @property
    def is_over(self) -> bool:
        return self.ends_at <= self.now

    def page(self, name: str) -> str:
        return page_of(self.event, name)

    def says(self, moment: dt.datetime, precision: str = Precision.MINUTE) -> str:
        return moment_words(moment, self.event.timezone, precision)


def steps(event: Event) -> Iterator[NextStep]:
    facts = _Facts(event, timezone.now())
    if event.status == Status.CANCELLED:
        when = facts.says(event.cancelled_at, Precision.DAY) if event.cancelled_at else ""
        yield NextStep(Stage.DONE, _("Cancelled"), event.cancel_reason, _("Done on %s") % when if when else _("Done"))
        return
    yield from _announcing(facts)
    if not facts.is_over:
        yield from _before(facts)
    yield from _afterwards(facts)


def _announcing(facts: _Facts) -> Iterator[NextStep]:
    event = facts.event
    if event.status == Status.DRAFT:
        acts = (Act(_("Announce"), facts.page("announce")), Act(_("Preview"), facts.page("preview")))
        what = _("Nobody but the secretariat sees it until then.")
        yield NextStep(Stage.TO_DO, _("Announce the event"), what, acts=acts, at=event.created_at)
    elif not event.published:
        what = _("It is announced, and hidden from the public.")
        act = Act(_("Details"), facts.page("details"))
        yield NextStep(Stage.TO_DO, _("Show it to the public"), what, acts=(act,), at=event.created_at)
    else:
        said = done_by(event, "status", event.timezone)
        yield NextStep(Stage.DONE, event.get_status_display(), state=said, at=event.created_at)


def _before(facts: _Facts) -> Iterator[NextStep]:
    event = facts.event
    act = Act(_("Add"), facts.page(SESSIONS))
    if not event.sessions.exists():
        what = _("Attendance and certificates count the minutes of sessions.")
        yield NextStep(Stage.TO_DO, _("Add the sessions"), what, acts=(act,), at=event.created_at)
    if event.format in (Event.Format.ONLINE, Event.Format.HYBRID):
        yield from _join_links(facts)
    yield from _who_still_comes(facts)
    yield from _places(facts)
    yield from _questions(facts)
    yield from _reminders(facts)
    window = window_of(event)
    if window.closes and window.state in ("open", "later"):
        words = facts.says(window.closes)
        yield NextStep(Stage.BY_ITSELF, _("Registration closes"), words, at=window.closes)
    elif window.state == "none" and event.status == Status.ANNOUNCED:
        what = _("Nobody can register as long as neither opening nor closing is set.")
        yield NextStep(Stage.TO_DO, _("Say when registration opens and closes"), what, acts=(Act(_("Details"), facts.page("details")),), at=event.created_at)  # fmt: skip


def _who_still_comes(facts: _Facts) -> Iterator[NextStep]:
    """After a move: offered once, and then how the answers stand."""
    event = facts.event
    if asking_again.refusal(event):
        return
    said, listed = asking_again.answers(event), facts.page("registrations")
    if said and said["silent"]:
        title = ngettext("%(n)d person has not said whether they still come", "%(n)d people have not said whether they still come", said["silent"])  # fmt: skip
        acts = (Act(_("Look"), f"{listed}?more=silent"),)
        yield NextStep(Stage.BEGUN, title % {"n": said["silent"]}, state=_("Begun, waits for the answer"), acts=acts, at=facts.now)  # fmt: skip
    elif not said and (number := asking_again.to_ask(event).count()):
        title = ngettext("Ask %(n)d person whether they still come", "Ask %(n)d people whether they still come", number)
        what = _("They registered before the event was moved.")
        yield NextStep(Stage.TO_DO, title % {"n": number}, what, acts=(Act(_("Ask"), facts.page("ask-again")),), at=facts.now)  # fmt: skip


def _join_links(facts: _Facts) -> Iterator[NextStep]:
    act = Act(_("Add the link"), facts.page(SESSIONS))
    if not facts.links:
        what = _("Without it the reminders say that it follows, and nobody finds the way in.")
        yield NextStep(Stage.TO_DO, _("Add the links to join"), what, acts=(act,), at=facts.event.starts_at)
    elif facts.links == {JoinLink.Provider.ZOOM}:
        what = _("People who cannot use Zoom join by it.")
        yield NextStep(Stage.TO_DO, _("Add the link for Tencent Meeting"), what, acts=(act,), at=facts.event.starts_at)


def _places(facts: _Facts) -> Iterator[NextStep]:
    places, listed = places_of(facts.event), facts.page("registrations")
    if places.held:
        title = ngettext(
            "%(n)d place is held and not confirmed", "%(n)d places are held and not confirmed", places.held
        )
        first = facts.event.registrations.filter(state="held").aggregate(first=Min("held_until"))["first"]
        what = _("The first falls free on %s.") % facts.says(first) if first else ""
        act = Act(_("Confirm or release"), f"{listed}?state=held")
        yield NextStep(Stage.TO_DO, title % {"n": places.held}, what, acts=(act,), at=first)
    if places.waiting and places.most is not None and places.taken < places.most:
        title = ngettext(
            "%(n)d person waits while a place is free", "%(n)d people wait while places are free", places.waiting
        )
        act = Act(_("Give the places"), f"{listed}?state=waiting")
        yield NextStep(Stage.TO_DO, title % {"n": places.waiting}, acts=(act,), at=facts.now)
    if places.offered:
        title = ngettext("%(n)d place is offered", "%(n)d places are offered", places.offered) % {"n": places.offered}
        first = facts.event.registrations.filter(state="offered").aggregate(first=Min("held_until"))["first"]
        waits = _("Begun, waits for the answer")
        yield NextStep(Stage.BEGUN, title, _("Until %s.") % facts.says(first) if first else "", waits, (Act(_("Look"), f"{listed}?state=offered"),), first)  # fmt: skip


def _questions(facts: _Facts) -> Iterator[NextStep]:
    new = facts.event.advance_questions.filter(state=AdvanceQuestion.State.NEW).count()
    if new:
        title = ngettext("Read %(n)d question sent in advance", "Read %(n)d questions sent in advance", new) % {
            "n": new
        }
        address = f"{reverse('admin:events_advancequestion_changelist')}?activity__id__exact={facts.event.pk}"
        what = _("The trainers see it when you let it through.")
        yield NextStep(Stage.TO_DO, title, what, acts=(Act(_("Read"), address),), at=facts.event.starts_at)


def _reminders(facts: _Facts) -> Iterator[NextStep]:
    for kind in reminders.NAMES:
        waiting = facts.mails.get((kind, Mail.State.QUEUED))
        sent = facts.mails.get((kind, Mail.State.SENT))
        label = mail_types.label_of(kind)
        if waiting:
            words = ngettext("%(when)s, to %(n)d person.", "%(when)s, to %(n)d people.", waiting["number"])
            what = words % {"when": facts.says(waiting["first"]), "n": waiting["number"]}
            act = Act(_("Preview or stop"), f"{facts.page('mails')}?kind={kind}")
            yield NextStep(Stage.BY_ITSELF, label, what, acts=(act,), at=waiting["first"])
        elif sent:
            words = ngettext("%(n)d mail.", "%(n)d mails.", sent["number"]) % {"n": sent["number"]}
            yield NextStep(Stage.DONE, label, words, _("Done on %s") % facts.says(sent["last"], Precision.DAY), at=sent["last"])  # fmt: skip


def _afterwards(facts: _Facts) -> Iterator[NextStep]:
    event, ends = facts.event, facts.ends_at
    after = _("After %s") % facts.says(ends, Precision.DAY)
    if not facts.is_over:
        yield NextStep(Stage.LATER, _("Hold the event; take in the list of attendance"), state=after, at=ends)
        yield NextStep(Stage.LATER, _("Put up the recording, slides and summary"), state=after, at=ends)
        yield from _survey(facts)
        return
    if event.status in (Status.DRAFT, Status.ANNOUNCED):
        act = Act(_("Say that it was held"), facts.page("held"))
        yield NextStep(
            Stage.TO_DO, _("Say that it was held"), _("It is over, and still announced."), acts=(act,), at=ends
        )
    yield from _attendance(facts)
    yield from _materials(facts)
    yield from _survey(facts)


def _attendance(facts: _Facts) -> Iterator[NextStep]:
    opened = facts.event.attendance_matches.open().count()
    act = Act(_("Take in the list"), reverse("admin:events_attendance_import", args=[facts.event.pk]))
    if opened:
        title = ngettext("Decide whom %(n)d name means", "Decide whom %(n)d names mean", opened) % {"n": opened}
        yield NextStep(Stage.BEGUN, title, state=_("Begun, waits for you"), acts=(Act(_("Decide"), facts.page(ATTENDANCE)),), at=facts.ends_at)  # fmt: skip
    elif facts.lists:
        yield NextStep(
            Stage.DONE, _("Attendance taken in"), acts=(Act(_("Look"), facts.page(ATTENDANCE)),), at=facts.ends_at
        )
    else:
        what = _("From Zoom, Tencent Meeting, a sheet, or the paper that people signed.")
        yield NextStep(Stage.TO_DO, _("Take in the list of attendance"), what, acts=(act,), at=facts.ends_at)


def _materials(facts: _Facts) -> Iterator[NextStep]:
    event, kinds = facts.event, facts.kinds
    act = Act(_("Put up"), facts.page(MATERIALS))
    has_recording = bool(event.recording_url) or Material.Kind.RECORDING in kinds
    lacks = [] if has_recording else [_("recording")]
    lacks += [] if Material.Kind.SLIDES in kinds else [_("slides")]
    lacks += [] if Material.Kind.SUMMARY in kinds or event.written_summary else [_("summary")]
    if len(lacks) == 3:
        yield NextStep(Stage.TO_DO, _("Put up the recording, slides and summary"), acts=(act,), at=facts.ends_at)
    elif lacks:
        title = _("Put up what is missing: %s") % ", ".join(lacks)
        yield NextStep(Stage.BEGUN, title, state=_("Begun, waits for you"), acts=(act,), at=facts.ends_at)
    else:
        yield NextStep(Stage.DONE, _("Recording, slides and summary are there"), at=facts.ends_at)
    told = facts.mails.get((afterwards.RECORDING.name, Mail.State.SENT))
    waiting = facts.mails.get((afterwards.RECORDING.name, Mail.State.QUEUED))
    if told:
        yield NextStep(Stage.DONE, _("Told that the recording is there"), state=_("Done on %s") % facts.says(told["last"], Precision.DAY), at=told["last"])  # fmt: skip
    elif waiting:
        yield NextStep(Stage.BY_ITSELF, _("The mail that the recording is there"), facts.says(waiting["first"]), at=waiting["first"])  # fmt: skip
    elif has_recording:
        act = Act(_("Look who is told"), facts.page("announce-recording"))
        yield NextStep(Stage.TO_DO, _("Tell people that the recording is there"), acts=(act,), at=facts.ends_at)


def _survey(facts: _Facts) -> Iterator[NextStep]:
    survey = Survey.objects.filter(event=facts.event.pk).first()
    address = facts.page("survey")
    act = Act(_("Open the page"), address)
    if survey is None:
        stage = Stage.TO_DO if facts.is_over else Stage.LATER
        yield NextStep(
            stage, _("Ask in a survey how it was"), _("Not every event needs one."), acts=(act,), at=facts.ends_at
        )
        return
    survey.event = facts.event
    if survey.opened_at is None:
        stage = Stage.BEGUN if facts.is_over else Stage.LATER
        state = _("Begun, waits for you") if facts.is_over else _("After %s") % facts.says(facts.ends_at, Precision.DAY)
        yield NextStep(stage, _("Open the survey"), state=state, acts=(act,), at=facts.ends_at)
    elif is_open(survey):
        answers = survey.answered.count()
        words = ngettext("%(n)d answer so far", "%(n)d answers so far", answers) % {"n": answers}
        yield NextStep(Stage.BY_ITSELF, _("The survey closes"), words, acts=(act,), at=survey.opened_at)
    else:
        yield NextStep(Stage.DONE, _("Survey"), acts=(act,), at=survey.opened_at)
