"""What trainings hold about a human being: applications with their steps, presence, certificates."""

from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.attendance import personal_data as attendance
from activities.models import Attendance
from records.personal_data import Fate, Held, Holding, Owner, register
from records.personal_data.mentions import register_frozen

from .models import (
    Application,
    ApplicationFile,
    ApplicationScore,
    ApplicationStep,
    Certificate,
    DonorReport,
    SelectionDecision,
    Training,
    TrainingAttendanceCorrection,
)
from .models.certificates import ERASED
from .workflow import application_files, progress

COUNTED = _("Reports count who applied and took part, by member state and sex.")
# An application that is on its way; what was decided or attended stays as it was, for the figures.
ON_ITS_WAY: Final = (
    "submitted", "endorsed", "not_endorsed", "shortlisted", "selected", "reserve_list", "confirmed",
)  # fmt: skip


def _own(owner: Owner) -> QuerySet[Application]:
    return Application.objects.filter(person=owner.person_id)


def _nominated(owner: Owner) -> QuerySet[Application]:
    return Application.objects.filter(nominated_by=owner.person_id)


def _files(owner: Owner) -> QuerySet[ApplicationFile]:
    return ApplicationFile.objects.filter(application__person=owner.person_id)


def _scores(owner: Owner) -> QuerySet[ApplicationScore]:
    return ApplicationScore.objects.filter(application__person=owner.person_id)


def _certificates(owner: Owner) -> QuerySet[Certificate]:
    return Certificate.objects.filter(person=owner.person_id)


def _attended(owner: Owner) -> QuerySet[Attendance]:
    return Attendance.objects.filter(person=owner.person_id, session__activity__activity_type=Training.TYPE)


def _figures(owner: Owner) -> bool:
    held = (_own(owner).exclude(state="draft"), _certificates(owner), _attended(owner))
    return any(rows.exists() for rows in held)


def _forget(owner: Owner) -> None:
    """Answers and files go; an application on its way is withdrawn, so that its seat is offered on; a certificate keeps its
    number and loses its name."""
    own = _own(owner)
    application_files.remove(_files(owner))
    own.filter(state="draft").delete()
    for application in own.filter(state__in=ON_ITS_WAY, training__starts_at__gt=timezone.now()):
        progress.withdraw(application=application, by=None)
    own.update(answers={}, follow_up={}, may_be_listed=None)
    _nominated(owner).update(nominated_by=None)
    ApplicationStep.objects.filter(application__in=own).update(reason="")
    SelectionDecision.objects.filter(application__in=own).update(reason="")
    _scores(owner).update(note="")
    attendance.forget_names(
        owner=owner,
        names=attendance.names_of(owner, Training.TYPE),
        corrections=TrainingAttendanceCorrection.objects.filter(person=owner.person_id),
    )
    attendance.forget_trainer(owner=owner, activity_type=Training.TYPE)
    _certificates(owner).filter(~Q(revoke_reason="")).update(revoke_reason=ERASED)
    _certificates(owner).update(name=ERASED, native_name="", native_language="")


register(
    Holding(
        name="trainings",
        held=(
            Held(
                "applications", _("Applications for trainings"), _own,
                (
                    "training__title", "training__slug", "reference", "state", "member_state", "site__name", "answers",
                    "submitted_at", "created_at", "follow_up", "follow_up_at", "may_be_listed", "nominated_by__name",
                    "endorsed", "endorsement_rank", "reserve_rank",
                ),
                by=("person",), fate=Fate.NAMELESS, why=COUNTED,
            ),
            Held(
                "files", _("Files handed in"), _files,
                ("application__reference", "purpose", "code", "name", "size", "at"), by=("application",), file="file",
            ),
            Held(
                "steps", _("Decisions about applications"),
                lambda owner: ApplicationStep.objects.filter(application__person=owner.person_id),
                ("application__reference", "from_state", "to_state", "at", "reason"), by=("application",),
                fate=Fate.NAMELESS, why=COUNTED,
            ),
            Held(  # what is held is told with its mail, not by this file
                "decisions", _("Decisions of the selection that you were told"),
                lambda owner: SelectionDecision.objects.filter(
                    application__person=owner.person_id, let_go_at__isnull=False
                ),
                ("application__reference", "to_state", "reason", "at", "let_go_at", "ended_at", "ended_why"),
                by=("application",), fate=Fate.NAMELESS, why=COUNTED,
            ),
            Held(
                "scores", _("Points given to applications"), _scores,
                ("application__reference", "points", "note", "at"), by=("application",), fate=Fate.NAMELESS, why=COUNTED,
            ),
            Held(
                "scores_given", _("Points you gave as an officer"),
                lambda owner: ApplicationScore.objects.filter(officer=owner.user_id),
                ("application__reference", "points", "note", "at"), by=("officer",),
            ),
            Held(
                "nominated", _("People you nominated"), _nominated,
                ("training__title", "reference", "state"), by=("nominated_by",), fate=Fate.NAMELESS,
                why=_("The application is of somebody else."),
            ),
            Held(
                "certificates", _("Certificates"), _certificates,
                (
                    "number", "name", "native_name", "title", "dates", "hours", "language", "issued_at", "reissued_at",
                    "revoked_at", "revoke_reason",
                ),
                by=("person",), fate=Fate.NAMELESS, why=_("A number that was given out stays known, without the name."),
            ),
            *attendance.held_of(Training.TYPE),
        ),
        forget=_forget,
        figures=_figures,
        goes=(
            _(
                "Your answers in applications and the files you handed in. Applications for trainings still to come are withdrawn."
            ),
            _("Your name on certificates: whoever looks up their number no longer finds it."),
        ),
        stays=(
            _("That somebody of your member state and sex applied for a training and was there: without your name."),
        ),
    )
)  # fmt: skip
register_frozen(DonorReport._meta.db_table)  # a report that was handed over does not change
