"""What admits staff is what this session has shown, not what the account has."""

import time
from typing import Any

import pytest
import time_machine
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Person, User
from network.models import Document
from notifications.delivery import sending
from tests.factories import PASSWORD
from tests.people import BACKEND, give_second_factor, mailed_code, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_for(settings: Any) -> None:
    settings.STAFF_MFA = "required"


def session_one(user: User) -> Client:
    """Signed in before there was a factor."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def letters() -> list[Any]:
    sending.send_due()
    return mail.outbox


def code() -> str:
    letters()
    return mailed_code()


def enrol(client: Client) -> str:
    """Sets an authenticator app up, by the pages. Its secret."""
    client.get("/accounts/2fa/totp/activate/")
    secret = str(client.session["mfa.totp.secret"])
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.context["form"].errors
    return secret


def code_of(secret: str, ahead: int = 0) -> str:
    value = totp.hotp_value(secret, int(time.time()) // 30 + ahead)
    return str(totp.format_hotp_value(value))


def test_session_from_before_the_factor_does_not_enter(officer: Person) -> None:
    one = session_one(officer.user)
    give_second_factor(officer.user)
    assert one.get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"
    assert one.get("/me/people/")["Location"].startswith("/accounts/2fa/reauthenticate/")


@pytest.mark.django_db(transaction=True)
def test_enrolling_ends_the_other_session_and_admits_this_one(officer: Person) -> None:
    one, two = session_one(officer.user), session_one(officer.user)
    assert one.get("/me/").status_code == 200
    two.post("/accounts/reauthenticate/", {"password": PASSWORD})
    with time_machine.travel(time.time(), tick=False):
        enrol(two)
    assert two.get("/admin/").status_code == 200
    assert one.get("/me/").status_code == 302
    assert any("Authenticator app added" in letter.subject for letter in letters())


def test_factor_is_asked_for_again_after_twelve_hours(officer: Person, officer_client: Client) -> None:
    assert officer_client.get("/admin/").status_code == 200
    with time_machine.travel(time.time() + 12 * 3600 + 60):
        assert officer_client.get("/admin/").status_code == 302
        assert officer_client.get("/me/").status_code == 200


def test_factor_that_is_gone_admits_nobody(officer: Person, officer_client: Client) -> None:
    Authenticator.objects.all().delete()
    assert officer_client.get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/2fa/"


def test_shown_factor_admits(officer: Person) -> None:
    one = session_one(officer.user)
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(officer.user, secret)
    answer = one.post("/accounts/2fa/reauthenticate/?next=/admin/", {"code": code_of(secret)})
    assert answer["Location"] == "/admin/"
    assert one.get("/admin/").status_code == 200


def test_used_code_is_not_taken_twice(officer: Person) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(officer.user, secret)
    with time_machine.travel(time.time(), tick=False):
        codes = code_of(secret)
        answers = [session_one(officer.user).post("/accounts/2fa/reauthenticate/", {"code": codes}) for _ in "12"]
    assert [answer.status_code for answer in answers] == [302, 200]


def test_recovery_code_leads_to_a_new_factor_and_no_further(officer: Person) -> None:
    totp.TOTP.activate(officer.user, totp.generate_totp_secret())
    codes = RecoveryCodes.activate(officer.user).get_unused_codes()
    browser = Client()
    browser.post("/accounts/login/", {"login": officer.user.email, "password": PASSWORD})
    browser.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert browser.get("/me/").status_code == 200
    answer = browser.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/2fa/"
    assert "You came in with a recovery code" in answer.content.decode()


@pytest.mark.parametrize("shown", [True, False])
def test_unpublished_document_is_for_a_session_that_has_shown_it(officer: Person, shown: bool) -> None:
    file = SimpleUploadedFile("a.txt", b"words")
    document = Document.objects.create(slug="kept", title="Kept", published=False, file=file)
    give_second_factor(officer.user)
    client = signed_in(officer.user) if shown else session_one(officer.user)
    status = client.get(f"/media/documents/{str(document.file.name).rpartition('/')[2]}").status_code
    assert status == (200 if shown else 404)


def test_rights_of_staff_wait_for_the_factor_wherever_they_are_asked(officer: Person, rf: Any) -> None:
    """A view that forgets to ask gives nothing away: scope and permissions themselves wait."""
    give_second_factor(officer.user)
    seen = session_one(officer.user).get("/me/").context
    assert (seen["scope"].all, bool(seen["scope"].states)) == (False, False)
    assert seen["user"].has_perm("events.change_event") is False
    assert signed_in(officer.user).get("/me/").context["user"].has_perm("events.change_event") is True


def test_deleting_asks_for_the_factor_once_more(administrator_client: Client) -> None:
    document = Document.objects.create(slug="old", title="Old")
    page = f"/admin/network/document/{document.pk}/delete/"
    with time_machine.travel(time.time() + 6 * 60):
        assert administrator_client.get(page)["Location"].startswith("/accounts/2fa/reauthenticate/?next=")
        answer = administrator_client.post(page, {"post": "yes"})
        assert answer["Location"].startswith("/accounts/2fa/reauthenticate/")
        listed = {"action": "delete_selected", "_selected_action": [document.pk], "post": "yes"}
        assert administrator_client.post("/admin/network/document/", listed)["Location"].startswith("/accounts/2fa/")
    assert Document.objects.filter(pk=document.pk).exists()
    assert administrator_client.post(page, {"post": "yes"}).status_code == 302
    assert not Document.objects.filter(pk=document.pk).exists()


def test_taking_a_factor_away_signs_the_owner_out_and_tells_them(
    administrator_client: Client, officer: Person, officer_client: Client
) -> None:
    assert officer_client.get("/admin/").status_code == 200
    factor = Authenticator.objects.get(user=officer.user)
    administrator_client.post(f"/admin/mfa/authenticator/{factor.pk}/delete/", {"post": "yes"})
    assert not Authenticator.objects.filter(pk=factor.pk).exists()
    assert officer_client.get("/me/").status_code == 302
    last = letters()[-1]
    assert (last.to, "taken away" in last.subject) == ([officer.user.email], True)


# Is it you? ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def bare(stranger: Person) -> Client:
    """Signed in by a code, with neither password nor factor."""
    stranger.user.set_unusable_password()
    stranger.user.save()
    return session_one(stranger.user)


SENSITIVE = ("/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/me/delete/")


@pytest.mark.parametrize("page", SENSITIVE)
def test_who_has_neither_password_nor_factor_is_asked_for_a_code(page: str, bare: Client) -> None:
    answer = bare.get(page)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/reauthenticate/code/?next=")
    assert letters() == []
    there = answer["Location"]
    assert bare.get(there).status_code == 200
    bare.post(there, {"action": "send"})
    answer = bare.post(there, {"code": code()})
    assert answer["Location"] == page
    assert bare.get(page).status_code == 200


CHANGES = {
    "/accounts/email/": {"action_add": "", "email": "two@example.org"},
    "/accounts/password/set/": {"password1": "quite-another-9-words", "password2": "quite-another-9-words"},
}


@pytest.mark.parametrize("page", CHANGES)
def test_change_of_the_account_is_done_after_a_code(page: str, bare: Client, stranger: Person) -> None:
    answer = bare.post(page, CHANGES[page])
    assert answer["Location"].startswith("/accounts/reauthenticate/code/")
    stranger.user.refresh_from_db()
    assert not stranger.user.has_usable_password()


def test_third_wrong_code_ends_it(bare: Client) -> None:
    there = "/accounts/reauthenticate/code/?next=/me/delete/"
    bare.post(there, {"action": "send"})
    codes = code()
    for _guess in range(3):
        assert bare.post(there, {"code": "00000000"}).status_code == 200
    assert bare.post(there, {"code": codes}).status_code == 200
    assert bare.get("/me/delete/").status_code == 302


def test_code_of_another_session_is_none(bare: Client, stranger: Person) -> None:
    there = "/accounts/reauthenticate/code/?next=/me/delete/"
    bare.post(there, {"action": "send"})
    other = session_one(stranger.user)
    assert other.post(there, {"code": code()}).status_code == 200
    assert AUTHENTICATION_METHODS_SESSION_KEY not in other.session
