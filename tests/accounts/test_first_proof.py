"""Who proves an address first owns the account: whatever a stranger set for it before is worth nothing from then on.

Each way is walked by real requests: code, reset, the stranger's own sign-up finished by the owner, another service, an officer.
The five kinds of taking an account over before it is made are those of Sudhodanan and Paverd.
"""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import caches
from django.test import Client

from accounts.models import Consent, Person, RoleGrant, User
from notifications.delivery import sending
from tests.admin.pages import send
from tests.factories import PASSWORD, PersonFactory, RoleGrantFactory, UserFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db
VICTIM = "victim@example.org"
THEIRS = "a-stranger-chose-9-words"


def letters() -> list[Any]:
    sending.send_due()
    return mail.outbox


def code_for(address: str = VICTIM) -> str:
    for letter in reversed(letters()):
        found = re.search(r"^ {4}(\d{8})$", str(letter.body), re.MULTILINE)
        if address in letter.to and found:
            return found[1]
    raise AssertionError(f"no code was mailed to {address}")


def some_time_passes() -> None:
    """Codes are mailed ten seconds apart."""
    caches["limits"].clear()


def sign_up(email: str = VICTIM, password: str = THEIRS) -> Client:
    browser = Client()
    answer = browser.post("/accounts/signup/", {"email": email, "password1": password, "password2": password})
    assert answer.status_code == 302
    return browser


def by_code(email: str = VICTIM) -> Client:
    browser = Client()
    browser.post("/accounts/login/code/", {"email": email})
    browser.post("/accounts/login/code/confirm/", {"code": code_for(email)})
    return browser


def by_reset(email: str = VICTIM, password: str = "the-owner-chose-these-4") -> Client:
    browser = Client()
    browser.post("/accounts/password/reset/", {"email": email})
    browser.post("/accounts/password/reset/confirm/", {"code": code_for(email)})
    browser.post("/accounts/password/reset/complete/", {"password1": password, "password2": password})
    return browser


def by_password(password: str, email: str = VICTIM) -> Client:
    browser = Client()
    browser.post("/accounts/login/", {"login": email, "password": password})
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/me/").status_code == 200


@pytest.mark.parametrize("prove", [by_code, by_reset])
def test_strangers_password_ends_with_the_owners_proof(prove: Any) -> None:
    sign_up()
    owner = prove()
    if not is_in(owner):  # a reset ends on the page of sign-in
        owner = by_password("the-owner-chose-these-4")
    assert is_in(owner)
    assert not is_in(by_password(THEIRS))
    assert any("what was set before has been ended" in letter.subject for letter in letters())


def test_own_password_stays_when_the_same_session_proves_the_address() -> None:
    browser = sign_up(password=PASSWORD)
    browser.post("/accounts/confirm-email/", {"code": code_for()})
    assert is_in(browser)
    assert is_in(by_password(PASSWORD))
    assert not any("ended" in letter.subject for letter in letters())


def test_own_password_stays_when_another_session_types_it_and_proves_the_address() -> None:
    sign_up(password=PASSWORD)
    some_time_passes()
    other = by_password(PASSWORD)
    other.post("/accounts/confirm-email/", {"code": code_for()})
    assert is_in(other)
    assert is_in(by_password(PASSWORD))


def test_pending_sign_up_of_the_stranger_comes_to_nothing() -> None:
    """Unexpired session: the stranger waits on the page that asks for the code."""
    stranger = sign_up()
    codes = code_for()
    by_code()
    stranger.post("/accounts/confirm-email/", {"code": codes})
    assert not is_in(stranger)


def test_session_factor_passkey_and_address_from_before_end() -> None:
    """An account that was somebody else's, whose address an administrator has set to the owner's."""
    user = UserFactory(email=VICTIM, password=THEIRS)
    EmailAddress.objects.create(user=user, email=VICTIM, primary=True, verified=False)
    EmailAddress.objects.create(user=user, email="trojan@example.org", verified=False)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}})
    there = signed_in(user)
    assert is_in(there)
    owner = by_code()
    assert is_in(owner)
    assert not is_in(there)
    assert not Authenticator.objects.filter(user=user).exists()
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified")) == [(VICTIM, True)]


def test_second_address_of_a_proven_account_ends_nothing(stranger: Person) -> None:
    browser = signed_in(stranger.user)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.post("/accounts/email/", {"action_add": "", "email": "jin.two@example.org"})
    browser.post("/accounts/confirm-email/", {"code": code_for("jin.two@example.org")})
    assert EmailAddress.objects.filter(user=stranger.user, email="jin.two@example.org", verified=True).exists()
    assert is_in(browser)
    assert is_in(by_password(PASSWORD, "jin@example.org"))


def test_address_that_a_stranger_added_to_an_own_account_is_not_theirs(stranger: Person) -> None:
    """Trojan identifier, and an unexpired change of address: without its code the address belongs to nobody."""
    browser = signed_in(stranger.user)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.post("/accounts/email/", {"action_add": "", "email": VICTIM})
    codes = code_for()
    some_time_passes()
    owner = sign_up(password="the-owner-chose-these-4")
    owner.post("/accounts/confirm-email/", {"code": code_for()})
    assert is_in(owner)
    browser.post("/accounts/confirm-email/", {"code": codes})
    assert EmailAddress.objects.get(email=VICTIM).user.email == VICTIM


def test_person_comes_with_the_proof_at_once() -> None:
    known = PersonFactory(email=VICTIM, name="Known")
    sign_up()
    by_code()
    known.refresh_from_db()
    assert known.user is not None
    assert known.user.email == VICTIM


def test_notice_counts_as_read_by_who_saw_the_page_of_sign_up() -> None:
    sign_up()
    by_code()
    assert not Consent.objects.exists()
    own = sign_up("own@example.org", PASSWORD)
    own.post("/accounts/confirm-email/", {"code": code_for("own@example.org")})
    assert Consent.objects.get().person.email == "own@example.org"


@pytest.mark.parametrize("prove", [by_code, by_reset])
def test_account_made_by_an_officer_is_entered_by_its_address_alone(prove: Any, administrator_client: Client) -> None:
    made = administrator_client.post("/admin/accounts/user/add/", {"email": VICTIM, "usable_password": "false"})
    assert made.status_code == 302
    assert letters()[-1].to == [VICTIM]
    assert "/accounts/login/code/" in str(mail.outbox[-1].body)
    owner = prove()
    if not is_in(owner):
        owner = by_password("the-owner-chose-these-4")
    assert is_in(owner)
    assert Person.objects.get(email=VICTIM).user is not None


def test_officers_password_for_an_account_ends_with_the_owners_proof(administrator_client: Client) -> None:
    given = {"email": VICTIM, "usable_password": "true", "password1": THEIRS, "password2": THEIRS}
    assert administrator_client.post("/admin/accounts/user/add/", given).status_code == 302
    by_code()
    assert not is_in(by_password(THEIRS))


def test_other_address_by_an_administrator_is_proven_anew(administrator_client: Client, stranger: Person) -> None:
    there = signed_in(stranger.user)
    assert send(administrator_client, stranger.user, email=VICTIM).status_code == 302
    assert not is_in(there)
    assert is_in(by_code())
    assert not is_in(by_password(PASSWORD))


def test_role_comes_along_when_it_was_given_to_this_address() -> None:
    grant = RoleGrantFactory(person=PersonFactory(email=VICTIM), role=RoleGrant.Role.TRAINER)
    sign_up()
    by_code()
    grant.refresh_from_db()
    assert grant.withdrawn_at is None


def test_role_given_to_a_former_address_ends_with_the_claim() -> None:
    person = PersonFactory(email="before@example.org")
    grant = RoleGrantFactory(person=person, role=RoleGrant.Role.TRAINER)
    Person.objects.filter(pk=person.pk).update(email=VICTIM)
    sign_up()
    by_code()
    grant.refresh_from_db()
    assert grant.withdrawn_at is not None
    assert User.objects.get(email=VICTIM).person == person
