"""What activities of one type hold about a human being: presence, names in lists, sessions led; and how it is forgotten."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import BigIntegerField, F, Func, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from records.personal_data import Fate, Held, Owner

from ..models import Attendance, AttendanceCorrection, AttendanceMatch, AttendanceSpan, Session

State = AttendanceMatch.State
COUNTED = _("Reports count who took part, by member state and sex.")


def held_of(activity_type: str) -> Iterator[Held]:
    def attended(owner: Owner) -> QuerySet[Attendance]:
        return Attendance.objects.filter(person=owner.person_id, session__activity__activity_type=activity_type)

    def corrected(owner: Owner) -> QuerySet[AttendanceCorrection]:
        return AttendanceCorrection.objects.filter(
            person=owner.person_id, session__activity__activity_type=activity_type
        )

    def led(owner: Owner) -> QuerySet:
        return Session.trainers.through.objects.filter(
            person=owner.person_id, session__activity__activity_type=activity_type
        )

    yield Held(
        "attendance", _("Presence in sessions"), attended,
        ("session__activity__title", "session__title", "minutes", "source"), by=("person",), fate=Fate.NAMELESS, why=COUNTED,
    )  # fmt: skip
    yield Held(
        "names_in_lists", _("Names in attendance lists"), lambda owner: names_of(owner, activity_type),
        ("activity__title", "name", "email", "minutes", "state"), by=("person", "email"), fate=Fate.NAMELESS,
        why=_("Minutes are worked out from the lists."),
    )  # fmt: skip
    yield Held(
        "rows_in_lists", _("Rows of attendance lists"),
        lambda owner: AttendanceSpan.objects.filter(match__in=names_of(owner, activity_type)),
        ("match__activity__title", "joined_at", "left_at", "minutes"), by=("match",), fate=Fate.NAMELESS,
        why=_("Minutes are worked out from the lists."),
    )  # fmt: skip
    yield Held(
        "corrections_of_attendance", _("Minutes corrected by hand"), corrected,
        ("session__title", "at", "was", "became", "reason"), by=("person",), fate=Fate.NAMELESS, why=COUNTED,
    )  # fmt: skip
    yield Held(
        "led_sessions", _("Sessions led"), led,
        ("session__activity__title", "session__title", "session__starts_at", "session__trainer_names"), by=("person",),
    )  # fmt: skip


def names_of(owner: Owner, activity_type: str) -> QuerySet[AttendanceMatch]:
    """Names in lists that mean a human being; those that mean nobody yet too, by the address, or by the whole name where
    no address stands beside it."""
    typed = Q(pk=None)
    for email in owner.emails:
        typed |= Q(email__iexact=email)
    for name in owner.names:
        typed |= Q(email="", name__iexact=name)
    theirs = Q(person=owner.person_id) | Q(typed, person=None)
    return AttendanceMatch.objects.filter(theirs, activity__activity_type=activity_type).order_by("pk")


@transaction.atomic
def forget_names(
    *, owner: Owner, names: QuerySet[AttendanceMatch], corrections: QuerySet[AttendanceCorrection]
) -> None:
    """What somebody was called in lists goes, and why minutes were corrected; the minutes stay, for the figures.

    A list that names the person again finds nobody, and nobody is asked any more whom an erased name means. `names` and
    `corrections` are the QuerySets of one person.
    """
    for pk, state in list(names.values_list("pk", "state")):
        settled = State.NOBODY if state == State.OPEN else state
        AttendanceMatch.objects.filter(pk=pk).update(
            name="–", email="", key=f"erased:{pk}", candidates=[], state=settled
        )
    if owner.person_id:
        number = Value(owner.person_id, BigIntegerField())
        AttendanceMatch.objects.filter(candidates__contains=[owner.person_id]).update(
            candidates=Func(F("candidates"), number, function="array_remove")
        )
    corrections.update(reason="")


@transaction.atomic
def forget_trainer(*, owner: Owner, activity_type: str) -> None:
    """Who led a session is no longer linked with it, nor named where trainers are told in words."""
    led = Session.objects.filter(activity__activity_type=activity_type, trainers=owner.person_id)
    for session in led:
        session.trainers.remove(owner.person_id)
