"""Pages of accounts: in the portal's look and in plain words, telling nobody who has an account, and not to be guessed at."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import Consent, Person, User
from accounts.persons import consents
from accounts.sign_in.claims import claim_person, follow_address
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
        ("password/reset", {"email": "jin@example.org"}, 5, 429),
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


def test_no_other_service_signs_anybody_in_unless_a_setting_names_it() -> None:
    done = in_production(SHOWN)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_service_that_a_setting_names_signs_people_in() -> None:
    given = '{"orcid": {"client_id": "1", "secret": "2", "host": "https://orcid.org"}}'
    done = in_production(SHOWN, SOCIAL_PROVIDERS=given)
    assert "'allauth.socialaccount.providers.orcid'" in done.stdout, done.stderr
