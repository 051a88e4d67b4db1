"""What becomes of applications and certificates when two records of a person become one."""

from django.utils.translation import gettext_lazy as _

from accounts.persons.meeting_rows import Meeting, register_meeting

from .models import Application, Certificate


def _revoked_goes(row: Certificate, other: Certificate) -> bool:
    """Of a valid and a revoked one both numbers are still known; the revoked one is no longer joined with the person."""
    if row.revoked_at is None:
        Certificate.objects.filter(pk=other.pk).update(person=None)
        return False
    Certificate.objects.filter(pk=row.pk).update(person=None)
    return True


def _both_valid(row: Certificate, other: Certificate) -> bool:
    return row.revoked_at is None and other.revoked_at is None


register_meeting(
    Certificate,
    Meeting(
        _(
            "Both have a certificate for this: of two valid ones withdraw one first; a withdrawn one stays known by its number."
        ),
        _revoked_goes,
        _both_valid,
    ),
)
register_meeting(
    Application, Meeting(_("Both have applied to this training: withdraw one of the two applications first."))
)
