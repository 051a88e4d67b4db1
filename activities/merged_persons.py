"""What becomes of presence and names in lists when two records of a person become one: minutes are worked out anew."""

from django.db.models import BigIntegerField, F, Func, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.persons.meeting_rows import Meeting, register_follower, register_meeting

from .attendance.recording import recount
from .models import Activity, Attendance, AttendanceMatch


def _longer(row: Attendance, other: Attendance) -> bool:
    shorter = row if row.minutes <= other.minutes else other
    shorter.delete()
    return shorter is row


register_meeting(
    Attendance,
    Meeting(_("Present twice in one session: the longer time stays, and lists are counted anew together."), _longer),
)


def _names_in_lists(former: int, kept: Person) -> None:
    """Names are asked about with the person as candidate; lists that both stand in are counted as of one."""
    for match in AttendanceMatch.objects.filter(key=f"person:{former}"):
        if not AttendanceMatch.objects.filter(activity=match.activity_id, key=f"person:{kept.pk}").exists():
            AttendanceMatch.objects.filter(pk=match.pk).update(key=f"person:{kept.pk}")
    asked = AttendanceMatch.objects.filter(candidates__contains=[former])
    known = asked.filter(candidates__contains=[kept.pk])
    number = Value(former, BigIntegerField())
    known.update(candidates=Func(F("candidates"), number, function="array_remove"))
    swapped = Func(F("candidates"), number, Value(kept.pk, BigIntegerField()), function="array_replace")
    asked.update(candidates=swapped)
    for activity in Activity.objects.filter(attendance_matches__person=kept).distinct():
        recount(activity=activity)


register_follower(_names_in_lists)
