"""Pages of accounts: in the portal's look and in plain words, telling nobody who has an account, and not to be guessed at."""

import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from accounts.models import Consent, Person, User
from accounts.persons import consents
from accounts.sign_in.claims import claim_person, follow_address
from history.origin import host_of
from tests.factories import PASSWORD, PersonFactory, UserFactory
from tests.people import signed_in
from tests.portal.test_security import in_production

pytestmark = pytest.mark.django_db
OUTSIDE = ("login", "signup", "signup/passkey", "login/code", "password/reset", "inactive")
INSIDE = (
    "email",
    "password/change",
    "logout",
    "reauthenticate",
    "2fa",
    "sessions",
    "2fa/totp/activate",
    "2fa/webauthn/add",
)
# Words of machines that people do not say.
BAD = re.compile(r"reauthenticate|password-free|Two-factor|shortly|Signup|None\b", re.IGNORECASE)


def text_of(response: Any) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<script.*?</script>|<[^>]+>", " ", main, flags=re.DOTALL).split())


@pytest.mark.parametrize("page", OUTSIDE)
def test_page_outside_is_ours(page: str, client: Client) -> None:
    response = client.get(f"/accounts/{page}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert 'class="masthead"' in html
    assert "style=" not in html
    assert BAD.findall(text_of(response)) == []


@pytest.mark.parametrize("page", INSIDE)
def test_page_inside_is_ours_and_leads_to_the_other_own_pages(page: str, stranger: Person) -> None:
    client = signed_in(stranger.user)
    if "/" in page and page.startswith("2fa"):
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    response = client.get(f"/accounts/{page}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert 'class="masthead"' in html
    assert BAD.findall(text_of(response)) == []
    if page != "reauthenticate":
        assert 'href="/me/profile/"' in html


def test_page_of_sign_up_says_what_becomes_of_the_data(client: Client) -> None:
    text = text_of(client.get("/accounts/signup/"))
    assert "you confirm that you have read what is kept about you and why" in text


def test_code_page_says_how_long_the_code_lives(client: Client) -> None:
    page = client.post("/accounts/login/code/", {"email": "nobody@example.org"}, follow=True)
    assert "can be used for 15 minutes" in text_of(page)


@pytest.mark.parametrize(("page", "name"), [("login/code", "email"), ("password/reset", "email")])
def test_page_answers_the_same_for_a_known_and_an_unknown_address(page: str, name: str, stranger: Person) -> None:
    answers = []
    for email in ("jin@example.org", "nob@example.org"):
        response = Client().post(f"/accounts/{page}/", {name: email}, follow=True)
        words = re.sub(r"csrf\S+|value=\S+", "", text_of(response)).replace(email, "")
        answers.append((response.status_code, response.redirect_chain, words))
    assert answers[0] == answers[1]


def test_refused_sign_in_says_the_same_for_a_known_and_an_unknown_address(stranger: Person) -> None:
    said = [
        Client().post("/accounts/login/", {"login": email, "password": "wrong-horse"}).context["form"].errors
        for email in ("jin@example.org", "nobody@example.org")
    ]
    assert said[0] == said[1]


def test_sixth_guess_of_a_password_is_refused_even_if_right(stranger: Person) -> None:
    client = Client()
    for _guess in range(5):
        client.post("/accounts/login/", {"login": "jin@example.org", "password": "wrong-horse"})
    refused = client.post("/accounts/login/", {"login": "jin@example.org", "password": PASSWORD})
    assert refused.status_code == 200
    assert "Too many failed login attempts" in str(refused.context["form"].errors)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("page", "data", "most", "then"),
    [
        ("signup", {"email": "{n}@example.org", "password1": PASSWORD, "password2": PASSWORD}, 20, 429),
        ("login/code", {"email": "jin@example.org"}, 3, 200),
        ("password/reset", {"email": "jin@example.org"}, 1, 429),
    ],
)
def test_page_is_asked_so_often_and_no_more(
    page: str, data: dict[str, str], most: int, then: int, stranger: Person
) -> None:
    def ask(n: int) -> int:
        return (
            Client().post(f"/accounts/{page}/", {name: value.format(n=n) for name, value in data.items()}).status_code
        )

    codes = [ask(n) for n in range(most + 1)]
    assert codes == [302] * most + [then]  # 200 is the form, with the refusal


def test_reset_is_mailed_once_a_minute_and_five_times_an_hour(stranger: Person) -> None:
    codes = []
    with time_machine.travel("2026-11-30T08:00:00Z", tick=False) as traveller:
        for _minute in range(6):
            codes.append(Client().post("/accounts/password/reset/", {"email": "jin@example.org"}).status_code)
            traveller.shift(61)
        traveller.shift(3600)
        codes.append(Client().post("/accounts/password/reset/", {"email": "jin@example.org"}).status_code)
    assert codes == [302] * 5 + [429, 302]


def guess(host: str, password: str = "wrong-horse") -> Any:
    return Client(REMOTE_ADDR=host).post("/accounts/login/", {"login": "jin@example.org", "password": password})


def test_wrong_passwords_from_elsewhere_do_not_lock_the_owner_out(stranger: Person) -> None:
    for _guess in range(8):
        guess("203.0.113.7")
    assert guess("198.51.100.3", PASSWORD).status_code == 302


def test_wrong_passwords_from_everywhere_end_after_a_hundred_in_an_hour(stranger: Person) -> None:
    said = [guess(f"203.0.{n % 4}.{n}") for n in range(101)]
    assert "Too many failed login attempts" not in str(said[99].context["form"].errors)
    assert "Too many failed login attempts" in str(said[100].context["form"].errors)
    assert guess("198.51.100.3", PASSWORD).status_code == 200
    code = Client(REMOTE_ADDR="198.51.100.3").post("/accounts/login/code/", {"email": "jin@example.org"})
    assert code.status_code == 302  # by a code the owner is let in


def test_addresses_of_one_household_are_counted_together(stranger: Person) -> None:
    for n in range(5):
        guess(f"2001:db8:1:2::{n:x}")
    refused = guess("2001:db8:1:2:ffff::1", PASSWORD)
    assert "Too many failed login attempts" in str(refused.context["form"].errors)
    assert guess("2001:db8:1:3::1", PASSWORD).status_code == 302


def test_own_limits_count_the_network_too(rf: Any) -> None:
    hosts = {host_of(rf.get("/", REMOTE_ADDR=f"2001:db8:1:2::{n:x}")) for n in range(5)}
    assert hosts == {"2001:db8:1:2::"}
    assert host_of(rf.get("/", REMOTE_ADDR="192.0.2.7")) == "192.0.2.7"


def test_sign_up_hashes_a_password_for_a_known_address_too(stranger: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is what takes the time: as often for the one as for the other."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    took = []
    for email in ("jin@example.org", "nobody@example.org"):
        hashed.clear()
        given = {"email": email, "password1": "quite-another-9-words", "password2": "quite-another-9-words"}
        assert Client().post("/accounts/signup/", given).status_code == 302
        took.append(len(hashed))
    assert took == [1, 1]


def test_confirmed_sign_up_agrees_to_the_notice_as_it_is(client: Client, settings: Any) -> None:
    person = claim_person(user=UserFactory(email="new@example.org"), email="new@example.org")
    consents.give(person=person, what=Consent.What.NOTICE, how=Consent.How.SIGN_UP)
    consents.give(person=person, what=Consent.What.NOTICE, how=Consent.How.OWN_PAGE)
    assert list(person.consents.values_list("what", "version", "how")) == [
        ("notice", settings.PRIVACY_NOTICE_VERSION, "sign_up")
    ]
    settings.PRIVACY_NOTICE_VERSION = "2031-01"
    assert consents.holds(person=person, what=Consent.What.NOTICE) is False


def test_person_is_written_to_where_the_account_has_its_address(stranger: Person) -> None:
    PersonFactory(email="taken@example.org")
    assert follow_address(user=stranger.user, email="Moved@example.org") is True
    assert follow_address(user=stranger.user, email="taken@example.org") is False
    stranger.refresh_from_db()
    assert stranger.email == "moved@example.org"
    assert User.objects.get().person == stranger


SHOWN = """
import django
django.setup()
from django.conf import settings
print([app for app in settings.INSTALLED_APPS if "socialaccount" in app])
"""


@pytest.mark.stack
def test_no_other_service_signs_anybody_in_unless_a_setting_names_it() -> None:
    done = in_production(SHOWN)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


@pytest.mark.stack
def test_service_that_a_setting_names_signs_people_in() -> None:
    given = '{"orcid": {"client_id": "1", "secret": "2", "host": "https://orcid.org"}}'
    done = in_production(SHOWN, SOCIAL_PROVIDERS=given)
    assert "'allauth.socialaccount.providers.orcid'" in done.stdout, done.stderr
