"""Roles are given and withdrawn by acts, and the way into the admin follows them."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.models import Person, RoleGrant, User
from accounts.roles import granting
from notifications.models import Mail
from tests.admin.pages import address, change_address, errors_of, send
from tests.factories import PASSWORD, MemberStateFactory, PersonFactory, RoleGrantFactory, UserFactory

SECRETARIAT = RoleGrant.Role.SECRETARIAT
ONLY_ADMINISTRATORS = "Only an administrator gives the role of secretariat officer or takes it away."


def is_staff(person: Person) -> bool:
    return bool(User.objects.get(person=person).is_staff)


def test_grant_of_secretariat_opens_the_admin(administrator: User, stranger: Person) -> None:
    given = granting.grant(person=stranger, role=SECRETARIAT, member_state=None, by=administrator, reason="New officer")
    assert (given.person, given.granted_by, given.reason, given.withdrawn_at) == (
        stranger,
        administrator,
        "New officer",
        None,
    )
    assert is_staff(stranger) is True


@pytest.mark.parametrize("role", [RoleGrant.Role.TRAINER, RoleGrant.Role.FOCAL_POINT])
def test_grant_of_other_roles_does_not(administrator: User, stranger: Person, role: str) -> None:
    state = MemberStateFactory() if role == RoleGrant.Role.FOCAL_POINT else None
    granting.grant(person=stranger, role=role, member_state=state, by=administrator, reason="")
    assert is_staff(stranger) is False


def test_grant_twice_is_refused(administrator: User, stranger: Person) -> None:
    granting.grant(person=stranger, role=RoleGrant.Role.TRAINER, member_state=None, by=administrator, reason="")
    with pytest.raises(ValidationError, match="The person holds this role already"):
        granting.grant(person=stranger, role=RoleGrant.Role.TRAINER, member_state=None, by=administrator, reason="")


@pytest.mark.parametrize(("role", "state"), [(RoleGrant.Role.FOCAL_POINT, None), (RoleGrant.Role.TRAINER, "MN")])
def test_grant_wants_a_state_for_focal_points_only(
    administrator: User,
    stranger: Person,
    role: str,
    state: str | None,
) -> None:
    where = MemberStateFactory(code=state) if state else None
    with pytest.raises(ValidationError, match="A focal point belongs to a member state"):
        granting.grant(person=stranger, role=role, member_state=where, by=administrator, reason="")


def test_grant_of_secretariat_wants_an_account(administrator: User) -> None:
    with pytest.raises(ValidationError, match="has no account yet"):
        granting.grant(person=PersonFactory(), role=SECRETARIAT, member_state=None, by=administrator, reason="")
    assert RoleGrant.objects.count() == 0


def test_officer_neither_gives_nor_takes_the_role_of_officer(officer: Person, stranger: Person) -> None:
    with pytest.raises(ValidationError, match=ONLY_ADMINISTRATORS):
        granting.grant(person=stranger, role=SECRETARIAT, member_state=None, by=officer.user, reason="")
    with pytest.raises(ValidationError, match=ONLY_ADMINISTRATORS):
        granting.withdraw(grant=officer.roles.get(), by=officer.user, reason="Tired")
    assert (is_staff(officer), is_staff(stranger)) == (True, False)


def test_withdrawal_of_the_last_role_closes_the_admin(administrator: User, officer: Person) -> None:
    taken = granting.withdraw(grant=officer.roles.get(), by=administrator, reason="Left the office")
    assert taken.withdrawn_at is not None
    assert (taken.reason, is_staff(officer)) == ("withdrawn: Left the office", False)
    with pytest.raises(ValidationError, match="This role was withdrawn already"):
        granting.withdraw(grant=taken, by=administrator, reason="Again")


def test_withdrawal_leaves_an_administrator_in_the_admin(administrator: User) -> None:
    person = PersonFactory(user=administrator)
    given = granting.grant(person=person, role=SECRETARIAT, member_state=None, by=administrator, reason="")
    granting.withdraw(grant=given, by=administrator, reason="Only administrator now")
    assert is_staff(person) is True


def test_role_may_be_given_again_after_withdrawal(administrator: User, officer: Person) -> None:
    granting.withdraw(grant=officer.roles.get(), by=administrator, reason="Leave")
    granting.grant(person=officer, role=SECRETARIAT, member_state=None, by=administrator, reason="Back")
    assert (is_staff(officer), officer.roles.count()) == (True, 2)


def test_admin_gives_a_role_by_the_act(administrator_client: Client, administrator: User, stranger: Person) -> None:
    page = address(RoleGrant, "add")
    data = {"person": stranger.pk, "role": "secretariat", "member_state": "", "reason": "New officer"}
    assert administrator_client.post(page, data).status_code == 302
    given = RoleGrant.objects.get()
    assert (given.person, given.granted_by, is_staff(stranger)) == (stranger, administrator, True)


def test_admin_tells_why_a_role_is_not_given(officer_client: Client, stranger: Person) -> None:
    page = address(RoleGrant, "add")
    refused = officer_client.post(
        page, {"person": stranger.pk, "role": "secretariat", "member_state": "", "reason": ""}
    )
    assert errors_of(refused) == [ONLY_ADMINISTRATORS]
    refused = officer_client.post(
        page, {"person": stranger.pk, "role": "focal_point", "member_state": "", "reason": ""}
    )
    assert errors_of(refused) == ["A focal point belongs to a member state; other roles do not."]
    assert is_staff(stranger) is False


def test_admin_withdraws_by_the_act(officer_client: Client, focal_point: Person) -> None:
    grant = focal_point.roles.get()
    assert errors_of(officer_client.post(change_address(grant), {})) == [
        "Withdraw this role now – Tick the box to withdraw the role.",
        "Reason for withdrawing it – This field is required.",
    ]
    assert send(officer_client, grant, withdraw="on", why="New committee", role="trainer").status_code == 302
    grant.refresh_from_db()
    assert (grant.role, grant.reason) == ("focal_point", "withdrawn: New committee")
    assert grant.withdrawn_at is not None
    assert officer_client.post(change_address(grant), {"withdraw": "on", "why": "Again"}).status_code == 403


def test_admin_never_deletes_a_grant(administrator_client: Client, focal_point: Person) -> None:
    grant = focal_point.roles.get()
    assert administrator_client.post(address(RoleGrant, "delete", grant.pk), {"post": "yes"}).status_code == 403
    assert administrator_client.post(address(Person, "delete", focal_point.pk), {"post": "yes"}).status_code == 403
    assert RoleGrant.objects.filter(pk=grant.pk).exists()


def test_log_of_the_admin_keeps_no_names(officer_client: Client, stranger: Person) -> None:
    send(officer_client, stranger, organisation="Park of Jin")
    entry = LogEntry.objects.get()
    assert (entry.object_repr, entry.get_change_message()) == (f"person {stranger.pk}", "No fields changed.")


def test_administrator_adds_a_user_by_address(administrator_client: Client) -> None:
    data = {"email": "New@Example.org", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    response = administrator_client.post(address(User, "add"), data)
    user = User.objects.get(email="new@example.org")
    assert response["Location"] == change_address(user)
    assert (user.check_password(PASSWORD), user.is_staff, user.is_superuser) == (True, False, False)
    again = administrator_client.post(address(User, "add"), data)
    assert errors_of(again) == ["E-mail address – User with this E-mail address already exists."]


def test_administrator_flag_opens_and_closes_the_admin(administrator_client: Client) -> None:
    user = UserFactory()
    assert send(administrator_client, user, is_superuser="on", is_staff="").status_code == 302
    user.refresh_from_db()
    assert (user.is_superuser, user.is_staff) == (True, True)
    assert send(administrator_client, user, is_superuser="", is_staff="").status_code == 302
    user.refresh_from_db()
    assert (user.is_superuser, user.is_staff) == (False, False)


def test_administrator_sets_a_password(administrator_client: Client) -> None:
    user = UserFactory()
    page = change_address(user).replace("change/", "password/")
    data = {"usable_password": "true", "password1": "another-long-word-9", "password2": "another-long-word-9"}
    assert administrator_client.post(page, data).status_code == 302
    user.refresh_from_db()
    assert user.check_password("another-long-word-9") is True


def test_withdrawn_grant_is_only_read(officer_client: Client) -> None:
    grant = RoleGrantFactory(withdrawn_at=timezone.now())
    html = officer_client.get(change_address(grant)).content.decode()
    assert 'name="withdraw"' not in html


@pytest.mark.django_db
def test_role_that_is_given_or_taken_away_is_told_to_the_person() -> None:
    person = PersonFactory(email="focal@example.org", language="ru", time_zone="Asia/Almaty")
    given = granting.grant(
        person=person, role="focal_point", member_state=MemberStateFactory(code="KZ"), by=None, reason="named"
    )
    granting.withdraw(grant=given, by=None, reason="moved on")
    mails = Mail.objects.filter(subject_label="accounts.rolegrant", subject_id=given.pk).order_by("pk")
    assert list(mails.values_list("kind", "recipient_key", "email", "language", "zone")) == [
        ("accounts.role_granted", f"person:{person.pk}", "focal@example.org", "ru", "Asia/Almaty"),
        ("accounts.role_withdrawn", f"person:{person.pk}", "focal@example.org", "ru", "Asia/Almaty"),
    ]
