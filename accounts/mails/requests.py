"""Mails about requests for roles, to those who decide and to who asked, and about stewardships."""

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notifications.mail_types import Drop, Facts, FactsOf, MailType, register

from ..models import Person, RoleRequest
from ..sites import site_numbered, site_of


def site_occurrence(kind: str, key: int, when: str) -> str:
    """Names a site within the occurrence of a mail about a person."""
    return f"{kind}.{key}.{when}"


def _of_site(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    kind, key, _when = occurrence.split(".", 2)
    site = site_of(kind, int(key))
    if site is None:
        return Drop(_("The site is no longer on record."))
    if not Person.objects.known().filter(pk=subject_id).exists():
        return Drop(_("The person is no longer on record."))
    return Facts({"site": site.name, "site_page_url": settings.SITE_URL + site.url, "me_url": _address("me")})


def _of_request(*, page: str, states: frozenset[str]) -> FactsOf:
    """The facts of a request, as long as it stands as the mail says."""

    def find(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
        request = RoleRequest.objects.with_names().filter(pk=subject_id).first()
        if request is None or request.state not in states:
            return Drop(_("The request was decided or taken back meanwhile."))
        site = site_numbered(request.site_id)
        of_what = site.name if site else request.member_state.name if request.member_state else ""
        return Facts(
            {
                "role": request.get_role_display(),
                "of_what": of_what,
                "name": request.person.name,
                "organisation": request.person.organisation,
                "message": request.message,
                "reason": request.reason,
                "url": _address(page),
            }
        )

    return find


def _address(name: str) -> str:
    return settings.SITE_URL + reverse(name)


def _kind(name: str, label: object, facts: FactsOf) -> MailType:
    return register(MailType(f"accounts.{name}", label, "account", facts, f"accounts/{name}", service=True))  # type: ignore[arg-type]


ASKED: Final = _kind(
    "role_asked", _("Role asked for"), _of_request(page="me-requests", states=frozenset({RoleRequest.State.ASKED}))
)
REFUSED: Final = _kind(
    "role_refused", _("Role refused"), _of_request(page="me-roles", states=frozenset({RoleRequest.State.REFUSED}))
)
STEWARD_NAMED: Final = _kind("steward_named", _("Named steward"), _of_site)
STEWARD_ENDED: Final = _kind("steward_ended", _("No longer steward"), _of_site)
