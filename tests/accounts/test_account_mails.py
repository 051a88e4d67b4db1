"""allauth's mails through the outbox: sign-up to confirmed address, codes, notices, and nothing that tells who has an account."""

import re
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.account.models import EmailAddress
from django.core import mail as django_mail
from django.test import Client

from accounts.mails import ACCOUNT_MAILS
from accounts.models import Person, User
from notifications.delivery import sending
from notifications.models import Mail
from tests.factories import PASSWORD, PersonFactory
from tests.people import mailed_code, signed_in

pytestmark = pytest.mark.django_db
NEW = {"email": "New.Ranger@example.org", "password1": PASSWORD, "password2": PASSWORD}


def post(client: Client, page: str, **facts: str) -> Any:
    return client.post(f"/accounts/{page}/", facts, follow=True)


def test_sign_up_writes_the_code_sealed_and_sends_it(client: Client) -> None:
    response = post(client, "signup", **NEW)
    assert response.redirect_chain == [("/accounts/confirm-email/", 302)]
    row = Mail.objects.get()
    user = User.objects.get()
    assert (row.kind, row.email) == ("accounts.confirm_signup", "new.ranger@example.org")
    assert (row.subject_label, row.subject_id, row.recipient_key) == ("accounts.user", user.pk, f"user:{user.pk}")
    assert sending.send_due() == sending.Pass(sent=1)
    code = mailed_code()
    assert code not in row.sealed
    assert django_mail.outbox[0].to == ["new.ranger@example.org"]
    row.refresh_from_db()
    assert (row.state, row.sealed) == ("sent", "")


def test_code_confirms_the_address_and_makes_a_person(client: Client) -> None:
    post(client, "signup", **NEW)
    sending.send_due()
    response = post(client, "confirm-email", code=mailed_code())
    assert response.redirect_chain[-1] == ("/me/", 302)
    assert EmailAddress.objects.get().verified
    person = Person.objects.get()
    assert (person.user, person.email) == (User.objects.get(), "new.ranger@example.org")


def test_confirmed_address_claims_the_person_whom_records_know(client: Client) -> None:
    known = PersonFactory(name="Дорж", email="new.ranger@example.org")
    post(client, "signup", **NEW)
    known.refresh_from_db()
    assert known.user is None
    sending.send_due()
    post(client, "confirm-email", code=mailed_code())
    known.refresh_from_db()
    assert known.user == User.objects.get()
    assert Person.objects.count() == 1


def test_wrong_code_confirms_nothing_and_says_so(client: Client) -> None:
    post(client, "signup", **NEW)
    sending.send_due()
    wrong = "00000000" if mailed_code() != "00000000" else "11111111"
    response = post(client, "confirm-email", code=wrong)
    assert response.status_code == 200
    assert response.context["form"].errors == {"code": ["Incorrect code."]}
    assert not EmailAddress.objects.get().verified


def test_sign_up_with_a_known_address_looks_the_same_to_everyone(client: Client, stranger: Person) -> None:
    known = post(client, "signup", **NEW | {"email": stranger.user.email})
    unknown = post(Client(), "signup", **NEW)
    assert known.redirect_chain == unknown.redirect_chain
    assert sending.send_due() == sending.Pass(sent=2)
    assert [sent.subject for sent in django_mail.outbox] == [
        "You already have an account",
        "Your code to confirm this address",
    ]
    assert User.objects.filter(email=stranger.user.email).count() == 1


def test_code_by_mail_signs_in(client: Client, stranger: Person) -> None:
    post(client, "login/code", email=stranger.user.email)
    sending.send_due()
    response = post(client, "login/code/confirm", code=mailed_code())
    assert response.redirect_chain[-1] == ("/me/", 302)
    assert response.context["user"] == stranger.user


def test_code_for_an_unknown_address_tells_only_its_owner(client: Client, stranger: Person) -> None:
    known = post(client, "login/code", email=stranger.user.email)
    unknown = post(Client(), "login/code", email="nobody@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    sending.send_due()
    assert [(sent.to, sent.subject) for sent in django_mail.outbox] == [
        ([stranger.user.email], "Your code to sign in"),
        (["nobody@example.org"], "There is no account with this address"),
    ]
    assert Mail.objects.get(kind="accounts.no_account").recipient_key.startswith("address:")


def test_new_password_by_code(client: Client, stranger: Person) -> None:
    post(client, "password/reset", email=stranger.user.email)
    sending.send_due()
    response = post(client, "password/reset/confirm", code=mailed_code())
    response = client.post(response.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert response.status_code == 200
    stranger.user.refresh_from_db()
    assert stranger.user.check_password(PASSWORD)
    sending.send_due()
    notice = django_mail.outbox[-1]
    assert notice.subject == "Your password was set anew"
    assert "From: 127.0.0.1" in notice.body


def test_notice_keeps_no_trace_of_the_machine(stranger: Person) -> None:
    user = stranger.user
    user.set_password(PASSWORD)
    user.save()
    client = signed_in(user)
    post(client, "reauthenticate", password=PASSWORD)
    new = "another-horse-battery"
    post(client, "password/change", oldpassword=PASSWORD, password1=new, password2=new)
    row = Mail.objects.get()
    assert (row.kind, row.payload) == ("accounts.password_changed", {})
    assert sending.send_due() == sending.Pass(sent=1)
    row.refresh_from_db()
    assert row.sealed == ""
    assert f"{stranger.user.email}" == django_mail.outbox[0].to[0]
    assert "The password of your account was changed." in django_mail.outbox[0].body


def test_mail_of_an_account_that_is_gone_is_dropped(client: Client) -> None:
    post(client, "signup", **NEW)
    User.objects.all().delete()
    assert sending.send_due() == sending.Pass(dropped=1)
    row = Mail.objects.get()
    assert (row.drop_reason, row.sealed) == ("The account is no longer there.", "")


def test_honeypot_sends_nothing(client: Client) -> None:
    response = post(client, "signup", **NEW, website="https://spam.example")
    assert response.status_code == 200
    assert (User.objects.count(), Mail.objects.count()) == (0, 0)


def test_every_mail_that_allauth_can_ask_for_is_ours() -> None:
    """A new release may bring a new mail: it must not fail in front of a person."""
    installed = Path(allauth.__file__).parent
    asked = {
        found
        for file in [*installed.glob("account/**/*.py"), *installed.glob("mfa/**/*.py")]
        if "tests" not in file.parts
        for found in re.findall(r'"((?:account|mfa)/email/[a-z_]+)"', file.read_text())
    }
    # Links instead of codes: switched off in the settings
    assert asked - ACCOUNT_MAILS.keys() == {"account/email/password_reset_key"}
    assert len(asked) > 10


def test_known_and_unknown_addresses_are_answered_alike_by_the_passkey_way(client: Client, stranger: Person) -> None:
    assert stranger.user
    answers = []
    for email in (stranger.user.email, "nobody@example.org"):
        page = post(Client(), "signup/passkey", email=email)
        words = re.sub(r'csrf\S+|value="\S+"|nonce="\S+"', "", page.content.decode()).replace(email, "")
        answers.append((page.status_code, page.redirect_chain, words))
    assert answers[0] == answers[1]
    assert answers[0][1] == [("/accounts/confirm-email/", 302)]
