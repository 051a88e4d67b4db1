"""What is next for a training, from the call to the report; and the certificates of events."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.hub.names import ATTENDANCE, CERTIFICATES, MATERIALS, SESSIONS, page_of
from activities.hub.next_steps import NextStep, Stage, done_by
from activities.models import Activity
from activities.models.windows import window_of
from record_admin.workspace.parts import Act
from records.formats.date_formatting import moment_words
from records.formats.partial_dates import Precision

from ..models import Application, Certificate, DonorReport, Training
from .head import applied_to

AFTER: Final = dt.timedelta(days=2)  # in the order of time: what is done once attendance is known
State = Application.State
Status = Activity.Status


def steps(training: Training) -> Iterator[NextStep]:
    if training.status == Status.CANCELLED:
        yield NextStep(Stage.DONE, _("Cancelled"), training.cancel_reason)
        return
    now = timezone.now()
    yield from _announcing(training)
    if training.starts_at > now:
        yield from _call(training, now)
    yield from _afterwards(training, now)


def _says(training: Activity, moment: dt.datetime, precision: str = Precision.MINUTE) -> str:
    return moment_words(moment, training.timezone, precision)


def _announcing(training: Training) -> Iterator[NextStep]:
    made = training.created_at
    if training.status == Status.DRAFT:
        acts = (Act(_("Announce"), page_of(training, "announce")), Act(_("Preview"), page_of(training, "preview")))
        what = _("Nobody but the secretariat sees it until then.")
        yield NextStep(Stage.TO_DO, _("Open the call"), what, acts=acts, at=made)
        if not training.questions.exists():
            act = Act(_("Write the form"), reverse("admin:trainings_callform_change", args=[training.pk]))
            yield NextStep(Stage.TO_DO, _("Write the form of the call"), acts=(act,), at=made)
        if not training.seat_classes.exists():
            act = Act(_("Details"), page_of(training, "details"))
            yield NextStep(Stage.TO_DO, _("Say how many seats there are"), acts=(act,), at=made)
    else:
        said = done_by(training, "status", training.timezone)
        yield NextStep(Stage.DONE, training.get_status_display(), state=said, at=made)
    if not training.sessions.exists():
        act = Act(_("Add"), page_of(training, SESSIONS))
        what = _("Attendance and certificates count the minutes of sessions.")
        yield NextStep(Stage.TO_DO, _("Add the sessions"), what, acts=(act,), at=training.starts_at)


def _call(training: Training, now: dt.datetime) -> Iterator[NextStep]:
    window, applied = window_of(training), applied_to(training)
    listed = f"{reverse('admin:trainings_application_changelist')}?training__id__exact={training.pk}"
    if window.closes and window.state in ("open", "later"):
        yield NextStep(
            Stage.BY_ITSELF, _("Nominations close"), moment_words(window.closes, window.zone), at=window.closes
        )
    unendorsed = training.applications.unendorsed_near_deadline(now).count()
    if unendorsed:
        title = ngettext("%(n)d application waits for its focal point", "%(n)d applications wait for their focal points", unendorsed)  # fmt: skip
        yield NextStep(Stage.BEGUN, title % {"n": unendorsed}, state=_("Begun, waits for focal points"), acts=(Act(_("Look"), listed),), at=window.closes)  # fmt: skip
    if applied.undecided and window.state == "closed":
        title = ngettext("Decide on %(n)d application", "Decide on %(n)d applications", applied.undecided)
        act = Act(_("Select"), reverse("admin:trainings_training_selection", args=[training.pk]))
        yield NextStep(Stage.TO_DO, title % {"n": applied.undecided}, acts=(act,), at=window.closes)
    elif window.state in ("open", "later"):
        yield NextStep(Stage.LATER, _("Select who comes"), state=_("After the deadline"), at=window.closes)
    if selected := applied.by_state.get(State.SELECTED, 0):
        title = ngettext("%(n)d seat waits to be confirmed", "%(n)d seats wait to be confirmed", selected)
        first = (
            training.applications.filter(state=State.SELECTED)
            .order_by("answer_by")
            .values_list("answer_by", flat=True)
            .first()
        )
        what = _("The first until %s; then it goes to the reserve list.") % _says(training, first) if first else ""
        yield NextStep(
            Stage.BEGUN, title % {"n": selected}, what, _("Begun, waits for answers"), (Act(_("Look"), listed),), first
        )


def _afterwards(training: Training, now: dt.datetime) -> Iterator[NextStep]:
    ends = training.ends_at or training.starts_at
    if ends > now:
        after = _("After %s") % _says(training, ends, Precision.DAY)
        yield NextStep(Stage.LATER, _("Hold the training; take in the attendance"), state=after, at=ends)
        return
    if training.status in (Status.DRAFT, Status.ANNOUNCED):
        act = Act(_("Say that it was held"), page_of(training, "held"))
        yield NextStep(
            Stage.TO_DO, _("Say that it was held"), _("It is over, and still announced."), acts=(act,), at=ends
        )
    opened = training.attendance_matches.open().count()
    attendance = Act(_("Look"), page_of(training, ATTENDANCE))
    if opened:
        title = ngettext("Decide whom %(n)d name means", "Decide whom %(n)d names mean", opened) % {"n": opened}
        yield NextStep(Stage.BEGUN, title, state=_("Begun, waits for you"), acts=(attendance,), at=ends)
    elif training.attendance_files.exists() or training.sessions.filter(attendance__isnull=False).exists():
        yield NextStep(Stage.DONE, _("Attendance taken in"), acts=(attendance,), at=ends)
    else:
        yield NextStep(
            Stage.TO_DO, _("Take in the attendance"), acts=(Act(_("Take in"), page_of(training, ATTENDANCE)),), at=ends
        )
    judged = applied_to(training).by_state.get(State.CONFIRMED, 0)
    if judged:
        title = ngettext(
            "Say of %(n)d person whether they attended", "Say of %(n)d people whether they attended", judged
        )
        yield NextStep(
            Stage.TO_DO, title % {"n": judged}, acts=(Act(_("Apply the rule"), page_of(training, "rule")),), at=ends
        )
    if not (training.materials.exists() or training.recording_url or training.documents.exists()):
        yield NextStep(Stage.TO_DO, _("Put up what there is to read or watch"), acts=(Act(_("Put up"), page_of(training, MATERIALS)),), at=ends)  # fmt: skip


def certificate_steps(activity: Activity) -> Iterator[NextStep]:
    """Certificates, where the event or training gives some, and the report to a donor, where it names a fund."""
    if activity.status == Status.CANCELLED:
        return
    ends = activity.ends_at or activity.starts_at
    is_over, then = ends <= timezone.now(), ends + AFTER
    act = Act(_("Open the page"), page_of(activity, CERTIFICATES))
    if activity.gives_certificates:
        issued = Certificate.objects.of(activity).valid().count()
        if issued:
            title = ngettext("%(n)d certificate issued", "%(n)d certificates issued", issued) % {"n": issued}
            yield NextStep(Stage.DONE, title, acts=(act,), at=then)
        elif is_over:
            yield NextStep(Stage.TO_DO, _("Issue the certificates"), acts=(act,), at=then)
        else:
            what = _("From %(share)d %% of the minutes; the rule can be changed until the first is issued.")
            yield NextStep(Stage.LATER, _("Issue the certificates"), what % {"share": activity.attendance_share}, _("After attendance"), at=then)  # fmt: skip
    if activity.fund_code or activity.status in (Status.HELD, Status.REPORTED):
        report = DonorReport.objects.filter(activity=activity.pk).defer("figures").order_by("-frozen_at").first()
        if report:
            done = _("Done on %s") % _says(activity, report.frozen_at, Precision.DAY)
            yield NextStep(Stage.DONE, _("Report frozen"), report.title, done, at=report.frozen_at)
        elif activity.fund_code:
            stage = Stage.TO_DO if is_over else Stage.LATER
            new = Act(_("Count the figures"), f"{reverse('admin:trainings_donorreport_add')}?activity={activity.pk}")
            yield NextStep(
                stage, _("Write the report"), _("Figures are counted from attendance."), acts=(new,), at=then
            )
