"""What readers choose: the acts, and the pages by token and by sign-in."""

from typing import Any

import pytest
from django.core.signing import Signer
from django.test import Client

from accounts.models import Person
from notifications import mail_types, topics
from notifications.composing import signed_links as links
from notifications.delivery import sending
from notifications.mail_types import Facts, MailType
from notifications.models import Address, Mail
from notifications.preferences import mail_preferences
from notifications.topics import Frequency, Topic, UnknownTopicError
from tests.look.pages import Page
from tests.notifications.bounces.test_scoring import at_once
from tests.notifications.conftest import READER, Put
from tests.people import signed_in

pytestmark = pytest.mark.django_db
DONE = "Your choice is kept. It holds from the next mail on."


@pytest.fixture(autouse=True)
def reminders(only_made_up: None) -> None:
    """A second topic, which comes in more than two ways; and one that nobody has asked for unless they say so."""
    topics.register_topic(
        Topic("reminders", "Reminders", "Of what you are registered for.",
              (Frequency.ALL, Frequency.DAY, Frequency.NEVER), default=Frequency.ALL)
    )  # fmt: skip
    topics.register_topic(
        Topic("digest", "Digest", "Once a week.", (Frequency.WEEKLY, Frequency.NEVER), default=Frequency.NEVER)
    )
    for name, topic in (("test.reminder", "reminders"), ("test.digest", "digest")):
        mail_types.register(MailType(name, name, topic, lambda *_which: Facts({"name": "N"}), "test"))


@pytest.fixture
def address() -> Address:
    return Address.objects.create(email=READER.email)


@pytest.fixture
def page_of(address: Address) -> str:
    return f"/me/mail/{links.token_of(address)}/"


def chosen() -> dict[str, str]:
    return Address.objects.get(email=READER.email).wishes


# The acts ------------------------------------------------------------------------------------------------------------
def test_choice_leaves_other_topics_as_they_are(address: Address) -> None:
    mail_preferences.choose(address=address, wishes={"news": "never"})
    mail_preferences.choose(address=address, wishes={"reminders": Frequency.DAY})
    assert chosen() == {"news": "never", "reminders": "day"}


def test_wish_that_a_topic_does_not_offer_is_refused_whole(address: Address) -> None:
    with pytest.raises(ValueError, match="news does not come weekly"):
        mail_preferences.choose(address=address, wishes={"reminders": "day", "news": "weekly"})
    with pytest.raises(UnknownTopicError):
        mail_preferences.choose(address=address, wishes={"gossip": "all"})
    assert chosen() == {}


def test_nothing_at_all_holds_for_topics_to_come(address: Address, put: Put) -> None:
    mail_preferences.stop_all(address=address)
    topics.register_topic(Topic("later", "L", "L", (Frequency.ALL, Frequency.NEVER), default=Frequency.ALL))
    mail_types.register(MailType("test.later", "L", "later", lambda *_which: Facts({"name": "N"}), "test"))
    put("test.later")
    put("test.code", payload={"code": "1"})
    assert sending.send_due() == sending.Pass(sent=1, dropped=1)
    mail_preferences.choose(address=address, wishes={"later": "all"})
    put("test.later")
    assert sending.send_due() == sending.Pass(sent=1)


def test_topic_that_cannot_be_declined_is_a_mistake_of_its_app() -> None:
    for ways, default in (((Frequency.ALL,), Frequency.ALL), ((Frequency.NEVER,), Frequency.ALL)):
        with pytest.raises(ValueError, match="lacks the wish"):
            topics.register_topic(Topic("odd", "O", "O", ways, default=default))


@pytest.mark.django_db(transaction=True)
def test_choices_at_once_do_not_lose_one_another(address: Address) -> None:
    names = ["news", "reminders", "digest"] * 2
    answers = at_once([lambda name=name: mail_preferences.stop(address=address, topic=name) for name in names])
    assert (len(answers), chosen()) == (6, {"news": "never", "reminders": "never", "digest": "never"})


# By the token in a mail ----------------------------------------------------------------------------------------------
def test_page_asks_one_question_for_each_topic(client: Client, page_of: str) -> None:
    Address.objects.update(wishes={"reminders": "day"})
    response = client.get(page_of)
    page = Page(response.content.decode())
    radios = [one for one in page.attributes("input") if one.get("type") == "radio"]
    assert [(one["name"], one["value"]) for one in radios if "checked" in one] == [
        ("news", "all"),
        ("reminders", "day"),
        ("digest", "never"),
    ]
    assert [one["value"] for one in radios if one["name"] == "reminders"] == ["all", "day", "never"]
    assert [one["id"] for one in page.attributes("fieldset")] == ["id_news", "id_reminders", "id_digest"]
    assert page.repeated_ids() == []
    assert "Codes to sign in" in page.text


def test_address_is_masked_for_whoever_holds_the_mail(client: Client, page_of: str) -> None:
    for path in (page_of, f"{page_of}news/"):
        text = client.get(path).content.decode()
        assert "r•••@example.org" in text
        assert READER.email not in text


def test_choice_is_kept_and_said(client: Client, page_of: str) -> None:
    response = client.post(page_of, {"news": "never", "reminders": "day", "digest": "weekly"}, follow=True)
    assert response.redirect_chain == [(page_of, 302)]
    assert DONE in response.content.decode()
    assert chosen() == {"news": "never", "reminders": "day", "digest": "weekly"}


@pytest.mark.parametrize("wrong", [{"news": "weekly"}, {"news": ""}, {"news": "all\x00"}, {}])
def test_wrong_choice_is_said_and_changes_nothing(client: Client, page_of: str, wrong: dict[str, str]) -> None:
    response = client.post(page_of, {"reminders": "day", "digest": "weekly", **wrong})
    page = Page(response.content.decode())
    assert (response.status_code, chosen()) == (200, {})
    assert "<title>Error:" in response.content.decode()
    assert [url for url, label in page.links() if label.startswith("News: ")] == ["#id_news"]
    checked = [one["value"] for one in page.attributes("input") if one.get("name") == "reminders" and "checked" in one]
    assert checked == ["day"]


def test_button_ends_everything(client: Client, page_of: str, put: Put) -> None:
    response = client.post(page_of, {"nothing": "1"}, follow=True)
    assert "No mails of any topic go to this address" in response.content.decode()
    assert chosen() == {"*": "never", "news": "never", "reminders": "never", "digest": "never"}
    for kind in ("test.news", "test.reminder", "test.digest"):
        put(kind)
    put("test.code", payload={"code": "1"})
    assert sending.send_due() == sending.Pass(sent=1, dropped=3)


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("tail", ["", "news/"])
def test_looking_changes_nothing(client: Client, page_of: str, method: str, tail: str) -> None:
    Address.objects.update(wishes={"news": "all"})
    data = {} if method == "options" else {"List-Unsubscribe": "One-Click", "nothing": "1", "news": "never"}
    assert getattr(client, method)(page_of + tail, data).status_code == (204 if method == "options" else 200)
    assert chosen() == {"news": "all"}


@pytest.mark.parametrize("tail", ["", "news/"])
def test_pages_are_for_nobody_else(client: Client, page_of: str, tail: str, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    response = client.get(page_of + tail)
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert response["Referrer-Policy"] == "no-referrer"
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert response.cookies == {}
    first = response.content.decode()
    Address.objects.update(wishes={"news": "never"})
    assert client.get(page_of + tail).content.decode() != first


def test_cookies_are_not_needed(page_of: str) -> None:
    """Some mail programs open pages in a window that keeps none."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies.clear()
    assert strict.post(page_of, {"news": "never", "reminders": "day", "digest": "never"}).status_code == 302
    assert chosen()["news"] == "never"


@pytest.mark.parametrize("prefix", ["", "/ja", "/mn", "/zh-hans"])
def test_pages_stand_in_every_language(page_of: str, prefix: str) -> None:
    client = Client()
    assert client.get(prefix + page_of).status_code == 200
    response = client.post(f"{prefix}{page_of}news/", {"List-Unsubscribe": "One-Click"})
    assert (response.status_code, chosen()) == (200, {"news": "never"})


@pytest.mark.parametrize("tail", ["", "news/"])
def test_token_dies_with_its_address(client: Client, page_of: str, tail: str) -> None:
    assert client.get(page_of + tail).status_code == 200
    Address.objects.all().delete()
    Address.objects.create(email=READER.email)
    assert client.get(page_of + tail).status_code == 404
    assert client.post(page_of + tail, {"nothing": "1"}).status_code == 404


def test_token_outlives_a_change_of_the_secret_key(client: Client, page_of: str, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one " * 6
    assert client.get(page_of).status_code == 200


def test_forged_token_is_unknown(client: Client, address: Address, page_of: str) -> None:
    other_salt = Signer(salt="something.else").sign(str(address.pk))
    cut = links.token_of(address)[:-1]
    for token in (other_salt, cut, str(address.pk), f"{address.pk}:", "x", "sample2"):
        assert client.get(f"/me/mail/{token}/").status_code == 404
        assert client.post(f"/me/mail/{token}/news/").status_code == 404


@pytest.mark.parametrize("tail", ["", "news/"])
def test_guessing_is_limited_and_no_right_token_is_ever_refused(client: Client, page_of: str, tail: str) -> None:
    statuses = [client.post(f"/me/mail/1:guess{number}/{tail}").status_code for number in range(40)]
    assert statuses == [404] * 30 + [429] * 10
    assert client.post(f"{page_of}news/").status_code == 200
    assert client.get("/me/mail/1:guess/news/", REMOTE_ADDR="192.0.2.9").status_code == 404


def test_sample_of_a_preview_changes_nothing(client: Client) -> None:
    for path in ("/me/mail/sample/", "/me/mail/sample/news/"):
        response = client.get(path)
        assert (response.status_code, "changes nothing" in response.content.decode()) == (200, True)
    client.post("/me/mail/sample/", {"news": "never", "reminders": "day", "digest": "never"})
    client.post("/me/mail/sample/", {"nothing": "1"})
    assert client.post("/me/mail/sample/news/").status_code == 200
    assert Address.objects.count() == 0


def test_address_that_was_switched_off_is_told_so(client: Client, page_of: str) -> None:
    told = "Mails to this address came back too often"
    assert told not in client.get(page_of).content.decode()
    Address.objects.update(disabled_at="2026-11-24T12:00:00Z")
    assert told in client.get(page_of).content.decode()


def test_page_without_topics_says_so(client: Client, page_of: str) -> None:
    topics._topics.clear()
    response = client.get(page_of)
    assert "No topic can be chosen yet" in response.content.decode()
    assert client.post(page_of, {"nothing": "1"}).status_code == 302


# The end of one topic ------------------------------------------------------------------------------------------------
def stop_page(page_of: str, topic: str = "news") -> str:
    return f"{page_of}{topic}/"


def test_button_stops_and_starts_again(client: Client, page_of: str) -> None:
    Address.objects.update(wishes={"reminders": "day"})
    page = Page(client.get(stop_page(page_of, "reminders")).content.decode())
    assert ("List-Unsubscribe", "One-Click") in [(b.get("name"), b.get("value")) for b in page.attributes("button")]
    response = client.post(stop_page(page_of, "reminders"), {"List-Unsubscribe": "One-Click"})
    assert "No further mail of this topic goes to this address." in response.content.decode()
    assert chosen() == {"reminders": "never"}
    [start] = [b for b in Page(response.content.decode()).attributes("button") if b.get("name") == "start"]
    assert start["value"] == "day"  # as it was before
    response = client.post(stop_page(page_of, "reminders"), {"start": "day"})
    assert "These mails come again" in response.content.decode()
    assert (response.status_code, chosen()) == (200, {"reminders": "day"})


@pytest.mark.parametrize(("topic", "again"), [("news", "all"), ("digest", "weekly")])
def test_way_back_stands_also_on_a_later_visit(client: Client, page_of: str, topic: str, again: str) -> None:
    Address.objects.update(wishes={topic: "never"})
    page = Page(client.get(stop_page(page_of, topic)).content.decode())
    assert [b["value"] for b in page.attributes("button") if b.get("name") == "start"] == [again]


@pytest.mark.parametrize("start", ["", "weekly", "x" * 999, "a\x00"])
def test_way_back_that_does_not_exist_is_refused(client: Client, page_of: str, start: str) -> None:
    assert client.post(stop_page(page_of), {"start": start}).status_code == 400
    assert chosen() == {}


def test_unknown_topic_is_unknown(client: Client, page_of: str) -> None:
    assert client.get(stop_page(page_of, "gossip")).status_code == 404
    assert client.post(stop_page(page_of, "gossip")).status_code == 404


# Signed in -----------------------------------------------------------------------------------------------------------
def test_own_page_asks_to_sign_in(client: Client) -> None:
    assert client.get("/me/mail/").url == "/accounts/login/?next=/me/mail/"


def test_own_page_is_linked_and_names_the_address(stranger: Person) -> None:
    client = signed_in(stranger.user)
    assert ("/me/mail/", "Mails I get") in Page(client.get("/me/").content.decode()).links()
    page = Page(client.get("/me/mail/").content.decode())
    assert "jin@example.org" in page.text
    assert Address.objects.count() == 0  # looking writes nothing


def test_own_choice_is_kept_for_the_address_of_the_account(stranger: Person) -> None:
    client = signed_in(stranger.user)
    answer = {"news": "never", "reminders": "day", "digest": "never"}
    assert DONE in client.post("/me/mail/", answer, follow=True).content.decode()
    assert Address.objects.get(email="jin@example.org").wishes == answer
    client.post("/me/mail/", {"nothing": "1"})
    assert Address.objects.get(email="jin@example.org").wishes["*"] == "never"


def test_own_page_asks_for_the_token_of_its_form(stranger: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(stranger.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert strict.post("/me/mail/", {"nothing": "1"}).status_code == 403
    assert Address.objects.count() == 0


def test_own_page_is_never_kept(stranger: Person) -> None:
    response = signed_in(stranger.user).get("/me/mail/")
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_choice_holds_for_mails_that_already_wait(client: Client, page_of: str, put: Put) -> None:
    mail = put("test.reminder")
    client.post(stop_page(page_of, "reminders"))
    assert sending.send_due() == sending.Pass(dropped=1)
    assert Mail.objects.get(pk=mail.pk).drop_reason == "The reader does not want mails of this topic."
