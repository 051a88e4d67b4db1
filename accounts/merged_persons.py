"""What becomes of consents, roles, requests and mails when two records of a person become one."""

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from notifications.models import Mail

from .models import Consent, Person, RoleGrant, RoleRequest
from .persons.meeting_rows import Meeting, register_follower, register_meeting
from .persons.recipients import key_of, recipient_of
from .roles import granting


def _older_consent(row: Consent, other: Consent) -> bool:
    """Agreed twice to the same: since when is told by the older."""
    later = row if row.at >= other.at else other
    later.delete()
    return later is row


def _role_held_twice(row: RoleGrant, other: RoleGrant) -> bool:
    """Who held what, and when, stays known: the later grant ends, none is deleted."""
    later = row if row.granted_at >= other.granted_at else other
    reason = "; ".join(filter(None, [later.reason, _now("held already: two records were made one")]))[:300]
    RoleGrant.objects.filter(pk=later.pk).update(withdrawn_at=timezone.now(), reason=reason)
    return False


def _asked_twice(row: RoleRequest, other: RoleRequest) -> bool:
    later = row if row.asked_at >= other.asked_at else other
    RoleRequest.objects.filter(pk=later.pk).update(state=RoleRequest.State.TAKEN_BACK, decided_at=timezone.now())
    return False


register_meeting(Consent, Meeting(_("Agreed to twice: the older consent stays."), _older_consent))
register_meeting(RoleGrant, Meeting(_("One role held twice: the later grant ends, the older stays."), _role_held_twice))
register_meeting(RoleRequest, Meeting(_("One role asked for twice: the later request is taken back."), _asked_twice))


def _mails(former: int, kept: Person) -> None:
    """All mails of the record that went are the person's from now on: what tells them once tells them once. Of two that wait and
    say the same one goes; of what was sent twice each stays where it was."""
    old, new, reader = key_of(former), key_of(kept.pk), recipient_of(kept)
    known = set(Mail.objects.filter(recipient_key=new).values_list("kind", "subject_label", "subject_id", "occurrence"))
    for mail in Mail.objects.filter(recipient_key=old).order_by("pk"):
        waits = mail.state == Mail.State.QUEUED
        changed: dict[str, object] = {}
        if (mail.kind, mail.subject_label, mail.subject_id, mail.occurrence) not in known:
            changed["recipient_key"] = new
        elif waits:
            why = _now("The same mail goes to the person already.")
            changed |= {
                "state": Mail.State.DROPPED,
                "drop_reason": why,
                "sealed": "",
                "lease_until": None,
                "claimed_by": "",
            }
        if waits and changed.get("state") is None and reader.email:
            changed["email"] = reader.email
        if changed:
            Mail.objects.filter(pk=mail.pk).update(**changed)


def _way_in(former: int, kept: Person) -> None:
    """Roles came along: who may enter the admin follows from them."""
    granting.set_staff(user=kept.user)


register_follower(_mails)
register_follower(_way_in)
