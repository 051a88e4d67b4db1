"""How long what people told for a training is kept: attendance lists, the journey, drafts, answers and files."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from activities.attendance import settling as attendance_settling
from activities.models import AttendanceFile, AttendanceMatch, AttendanceSpan
from history.retention import PUBLIC, Rule, keep, register_rule

from .models import (
    Application,
    ApplicationFile,
    ApplicationQuerySet,
    ApplicationScore,
    ApplicationStep,
    Certificate,
    DeadlineExtension,
    DonorReport,
    Question,
    SeatCap,
    SeatClass,
    SelectionDecision,
    Training,
)
from .workflow import application_files
from .workflow.follow_up import erase

State = Application.State
TOOK_PART = (State.ATTENDED, State.COMPLETED)


def _lists(before: dt.datetime) -> int:
    return attendance_settling.settle_all(Training, before)


def _over(before: dt.datetime) -> ApplicationQuerySet:
    """Applications for trainings that were over by then."""
    end = Coalesce("training__ends_at", "training__starts_at")
    return Application.objects.annotate(over=end).filter(over__lt=before)


@transaction.atomic
def _drafts(before: dt.datetime) -> int:
    drafts = Application.objects.filter(pk__in=_over(before).filter(state=State.DRAFT).values("pk"))
    application_files.remove(ApplicationFile.objects.filter(application__in=drafts))
    return drafts.delete()[1].get(Application._meta.label, 0)


def _refused(before: dt.datetime) -> int:
    return _erase_answers(_over(before).exclude(state__in=(State.DRAFT, *TOOK_PART)))


def _answers(before: dt.datetime) -> int:
    return _erase_answers(_over(before).filter(state__in=TOOK_PART))


@transaction.atomic
def _erase_answers(applications: ApplicationQuerySet) -> int:
    """Answers, files and words about people go; that somebody applied, and what became of it, stays. How many people's."""
    of = {"application": OuterRef("pk")}
    files = ApplicationFile.objects.filter(**of)
    reasons = ApplicationStep.objects.filter(**of).exclude(reason="")
    notes = ApplicationScore.objects.filter(**of).exclude(note="")
    decided = SelectionDecision.objects.filter(**of).exclude(reason="")
    words = Exists(reasons) | Exists(notes) | Exists(decided)
    held = applications.filter(~Q(answers={}) | ~Q(follow_up={}) | Exists(files) | words)
    keys = list(held.values_list("pk", flat=True))
    application_files.remove(ApplicationFile.objects.filter(application__in=keys))
    ApplicationStep.objects.filter(application__in=keys).update(reason="")
    ApplicationScore.objects.filter(application__in=keys).update(note="")
    SelectionDecision.objects.filter(application__in=keys).update(reason="")
    Application.objects.filter(pk__in=keys).update(answers={}, follow_up={})
    return len(keys)


register_rule(
    Rule(
        "training-attendance-lists",
        _("Attendance lists of trainings, with the names in them"),
        _("Erased; how many minutes somebody took part stays"),
        _lists,
        covers=(AttendanceFile, AttendanceMatch, AttendanceSpan),
    )
)
register_rule(
    Rule("follow-up", _("What selected people told for their journey, and its files, once the training is over"), _("Erased"), erase, covers=(Application, ApplicationFile))
)  # fmt: skip
register_rule(
    Rule(
        "application-drafts", _("Applications that were never sent, once the training is over"), _("Erased, with their files"), _drafts,
        covers=(Application, ApplicationFile),
    )
)  # fmt: skip
register_rule(
    Rule(
        "refused-applications", _("Answers and files of people who did not take part, and what was noted about them, once the training is over"),
        _("Erased; that somebody applied stays counted"), _refused,
        covers=(Application, ApplicationFile, ApplicationStep, ApplicationScore, SelectionDecision),
    )
)  # fmt: skip
register_rule(
    Rule(
        "applications", _("Answers and files of people who took part, and what was noted about them, once the training is over"),
        _("Erased; that somebody took part stays counted"), _answers,
        covers=(Application, ApplicationFile, ApplicationStep, ApplicationScore, SelectionDecision),
    )
)  # fmt: skip
keep(
    Certificate,
    because=_("A certificate with its name: kept so that anybody can check its number, until the person is erased."),
)
keep(DonorReport, because=_("Reports that were handed over: they hold figures and do not change."), people=False)
keep(
    Training,
    Training.events.through,
    DeadlineExtension,
    SeatClass,
    SeatClass.only_states.through,
    SeatCap,
    Question,
    because=PUBLIC,
    people=False,
)
