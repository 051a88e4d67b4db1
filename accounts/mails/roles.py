"""Mails that a role was given or taken away, to the person who holds it."""

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notifications.mail_types import Drop, Facts, MailType, register

from ..models import RoleGrant

WHAT_IT_ALLOWS: Final = {
    RoleGrant.Role.SECRETARIAT: _("You keep the records of the network, and may enter the admin."),
    RoleGrant.Role.FOCAL_POINT: _("You see and look after the people and the sites of your member state on your page."),
    RoleGrant.Role.TRAINER: _("You see the sessions that you lead on your page."),
}


def _grant(pk: int) -> RoleGrant | None:
    return RoleGrant.objects.select_related("member_state").filter(pk=pk).first()


def _granted(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    grant = _grant(subject_id)
    if grant is None or grant.withdrawn_at is not None:
        return Drop(_("The role was taken away again."))
    return _facts(grant, allows=WHAT_IT_ALLOWS[RoleGrant.Role(grant.role)])


def _withdrawn(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    grant = _grant(subject_id)
    return Drop(_("The role is no longer on record.")) if grant is None else _facts(grant, allows="")


def _facts(grant: RoleGrant, *, allows: object) -> Facts:
    return Facts(
        {
            "role": grant.get_role_display(),
            "state": grant.member_state.name if grant.member_state else "",
            "allows": allows,
            "me_url": settings.SITE_URL + reverse("me"),
        }
    )


GRANTED: Final = register(
    MailType("accounts.role_granted", _("Role given"), "account", _granted, "accounts/role_granted", service=True)
)
WITHDRAWN: Final = register(
    MailType(
        "accounts.role_withdrawn", _("Role taken away"), "account", _withdrawn, "accounts/role_withdrawn", service=True
    )
)
