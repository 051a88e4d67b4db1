"""What must be accounted for is written down once, without names, and cannot be changed."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from accounts import roles
from accounts.models import Person, User
from history.models import AuditEntry, PurgeRun
from history.origin import masked
from notifications import mailings
from tests.admin.pages import address
from tests.factories import PASSWORD, MemberStateFactory

pytestmark = pytest.mark.django_db


def entries() -> list[tuple[str, int | None, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("what", "actor_id", "detail"))


@pytest.mark.parametrize(
    ("whole", "kept"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::77", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", ""),
        ("no address", ""),
    ],
)
def test_address_loses_its_last_part(whole: str, kept: str) -> None:
    assert masked(whole) == kept


def test_sign_in_is_accounted_for(stranger: Person) -> None:
    client = Client(REMOTE_ADDR="203.0.113.77")
    client.post("/accounts/login/", {"login": "jin@example.org", "password": "not-this-one"})
    assert entries() == []
    client.post("/accounts/login/", {"login": "jin@example.org", "password": PASSWORD})
    assert entries() == [("signed_in", stranger.user.pk, "")]
    assert AuditEntry.objects.get().origin == "203.0.113.0/24"


def test_failed_second_factor_is_accounted_for(stranger: Person, client: Client) -> None:
    TOTP.activate(stranger.user, generate_totp_secret())
    client.post("/accounts/login/", {"login": "jin@example.org", "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert entries() == [("factor_failed", stranger.user.pk, Authenticator.Type.TOTP)]
    assert client.get("/me/").status_code == 302


def test_roles_and_mass_mails_are_accounted_for(administrator: User, stranger: Person) -> None:
    state = MemberStateFactory(code="MN")
    given = roles.grant(person=stranger, role="focal_point", member_state=state, by=administrator, reason="Named")
    roles.withdraw(grant=given, by=administrator, reason="Left")
    mailings.open_mailing(label="News of Jin", kind="desk.announcement", by_id=administrator.pk)
    assert entries() == [
        ("role_granted", administrator.pk, "focal_point MN"),
        ("role_withdrawn", administrator.pk, "focal_point MN"),
        ("mass_mail", administrator.pk, "desk.announcement"),
    ]


@pytest.mark.parametrize("model", [AuditEntry, PurgeRun])
def test_lists_are_read_by_staff_and_changed_by_nobody(
    model: type, administrator_client: Client, officer_client: Client
) -> None:
    AuditEntry.objects.create(what="signed_in")
    PurgeRun.objects.create(rule="audit", before="2030-01-01T00:00Z")
    key = model._default_manager.get().pk  # type: ignore[attr-defined]
    for client in (administrator_client, officer_client):
        assert client.get(address(model, "changelist")).status_code == 200
        assert client.get(address(model, "change", key)).status_code == 200
        assert client.post(address(model, "change", key), {"rule": "x"}).status_code == 403
        assert client.post(address(model, "delete", key), {"post": "yes"}).status_code == 403
        assert client.get(address(model, "add")).status_code == 403
