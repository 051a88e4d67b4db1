"""What trainings hold about a human being: applications with their steps, presence, certificates."""

from typing import Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.attendance import recording as attendance
from activities.models import Attendance
from records.personal_data import Holding, Owner, register, rows

from .models import (
    Application,
    ApplicationFile,
    ApplicationStep,
    Certificate,
    Training,
    TrainingAttendanceCorrection,
    TrainingAttendanceMatch,
)
from .workflow import application_files, progress

ERASED: Final = "–"
# An application that is on its way; what was decided or attended stays as it was, for the figures.
ON_ITS_WAY: Final = (
    "submitted", "endorsed", "not_endorsed", "shortlisted", "selected", "reserve_list", "confirmed",
)  # fmt: skip


def _attended(owner: Owner) -> QuerySet[Attendance]:
    return Attendance.objects.filter(person=owner.person_id, session__activity__activity_type=Training.TYPE)


def _gather(owner: Owner) -> dict[str, object]:
    return {
        "applications": rows(
            Application.objects.filter(person=owner.person_id),
            "training__title", "training__slug", "reference", "state", "member_state", "site__name", "answers",
            "submitted_at", "created_at", "follow_up", "follow_up_at", "may_be_listed",
        ),
        "files": rows(
            ApplicationFile.objects.filter(application__person=owner.person_id),
            "application__reference", "purpose", "code", "name", "size", "at",
        ),
        "steps": rows(
            ApplicationStep.objects.filter(application__person=owner.person_id),
            "application__reference", "from_state", "to_state", "at", "reason",
        ),
        "attendance": rows(_attended(owner), "session__title", "minutes"),
        "names_in_lists": rows(
            TrainingAttendanceMatch.objects.filter(person=owner.person_id), "activity__title", "name", "email", "minutes",
        ),
        "corrections_of_attendance": rows(
            TrainingAttendanceCorrection.objects.filter(person=owner.person_id), "session__title", "at", "was", "became", "reason",
        ),
        "certificates": rows(
            Certificate.objects.filter(person=owner.person_id),
            "number", "name", "native_name", "title", "dates", "hours", "language", "issued_at", "reissued_at", "revoked_at",
        ),
    }  # fmt: skip


def _figures(owner: Owner) -> bool:
    held = (Application.objects.exclude(state="draft"), Certificate.objects)
    return any(rows.filter(person=owner.person_id).exists() for rows in held) or _attended(owner).exists()


def _forget(owner: Owner) -> None:
    """Answers and files go; an application on its way is withdrawn, so that its seat is offered on; a certificate keeps its
    number and loses its name."""
    own = Application.objects.filter(person=owner.person_id)
    application_files.remove(ApplicationFile.objects.filter(application__in=own))
    own.filter(state="draft").delete()
    for application in own.filter(state__in=ON_ITS_WAY, training__starts_at__gt=timezone.now()):
        progress.withdraw(application=application, by=None)
    own.update(answers={}, follow_up={}, may_be_listed=None)
    ApplicationStep.objects.filter(application__in=own).update(reason="")
    attendance.forget_names(
        names=TrainingAttendanceMatch.objects.filter(person=owner.person_id),
        corrections=TrainingAttendanceCorrection.objects.filter(person=owner.person_id),
    )
    Certificate.objects.filter(person=owner.person_id).update(name=ERASED, native_name="", native_language="")


register(
    Holding(
        name="trainings",
        gather=_gather,
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
)
