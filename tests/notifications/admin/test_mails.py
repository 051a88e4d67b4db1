"""The outbox as an officer reads it."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core import mail as outgoing
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from notifications import mail_types, mailings
from notifications.delivery import sending
from notifications.models import Address, Mail
from tests.admin.pages import fields_of
from tests.notifications.conftest import Put
from tests.people import give_second_factor, signed_in

LIST = "/admin/notifications/mail/"
pytestmark = pytest.mark.django_db


def detail(mail: Mail) -> str:
    return f"{LIST}{mail.pk}/change/"


def test_officer_reads_what_the_reader_gets_without_the_secret(officer_client: Client, put: Put) -> None:
    text = officer_client.get(detail(put("test.code", payload={"code": "94510539"}))).content.decode()
    assert "Dear Gantömör &amp; &lt;Co&gt;, code ••••••••" in text
    assert "94510539" not in text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("test.over", "It would not be sent now: The meeting was cancelled."),
        ("test.broken", "It cannot be written: facts are out of reach"),
    ],
)
def test_mail_that_cannot_be_sent_is_shown_with_the_reason(
    officer_client: Client, put: Put, kind: str, words: str
) -> None:
    assert words in officer_client.get(detail(put(kind))).content.decode()


def test_mail_of_a_kind_that_is_gone_is_still_shown(officer_client: Client, put: Put) -> None:
    mail = put()
    Mail.objects.filter(pk=mail.pk).update(kind="test.gone")
    assert officer_client.get(detail(mail)).status_code == 200
    assert "test.gone" in officer_client.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_needs_the_same_queries_for_any_number(
    officer_client: Client, put: Put, count: int, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        put()
    officer_client.get(LIST)
    with django_assert_num_queries(15):
        response = officer_client.get(LIST)
    assert len(response.context["cl"].result_list) == count


def test_list_is_filtered_and_searched(officer_client: Client, put: Put) -> None:
    put(email="one@example.org")
    put("test.code", email="two@example.org", payload={"code": "1"})
    sending.send_due()
    put(email="three@example.org")

    def found(query: str) -> list[str]:
        shown = officer_client.get(f"{LIST}?{query}").context["cl"].result_list
        return sorted(mail.email for mail in shown)

    assert found("state=sent") == ["one@example.org", "two@example.org"]
    assert found("kind=test.code") == ["two@example.org"]
    assert found("q=three@") == ["three@example.org"]


def test_nobody_writes_or_deletes_a_mail(officer_client: Client, put: Put) -> None:
    mail = put()
    assert officer_client.get(f"{LIST}add/").status_code == 403
    assert officer_client.post(f"{LIST}{mail.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Mail.objects.get().state == "queued"


@pytest.mark.parametrize("day", ["late", "today", "week", "later"])
def test_list_of_what_is_to_be_sent_by_when(officer: Person, put: Put, day: str) -> None:
    give_second_factor(officer.user)
    with time_machine.travel("2026-12-01T09:00Z", tick=False):
        give_times = {"late": 30, "today": 31, "week": 1 + 30 + 24 * 60, "later": 8 * 24 * 60}
        for name, minutes in give_times.items():
            put(email=f"{name}@example.org", due=timezone.now() + dt.timedelta(minutes=minutes))
    with time_machine.travel("2026-12-01T09:30Z", tick=False):
        client = signed_in(officer.user)
        client.get("/admin/")
        shown = client.get(f"{LIST}?when={day}").context["cl"].result_list
        emails = [mail.email.partition("@")[0] for mail in shown]
    assert emails == {
        "late": ["late"], "today": ["late", "today"], "week": ["late", "today", "week"], "later": ["later"],
    }[day]  # fmt: skip


def test_list_by_group_of_states_and_by_mailing(officer_client: Client, put: Put) -> None:
    mails = [put() for _number in range(4)]
    for mail, state in zip(mails, ("failed", "unknown", "queued", "dropped"), strict=True):
        Mail.objects.filter(pk=mail.pk).update(state=state, drop_reason="Over." if state == "dropped" else "")
    mailing = mailings.open_mailing(label="Moved", kind="test.news", by_id=None)
    Mail.objects.filter(pk=mails[2].pk).update(mailing=mailing)

    def found(query: str) -> set[str]:
        return {mail.state for mail in officer_client.get(f"{LIST}?{query}").context["cl"].result_list}

    assert found("state=to_send") == {"queued"}
    assert found("state=trouble") == {"failed", "unknown"}
    assert found(f"mailing={mailing.pk}") == {"queued"}
    assert found("mailing=x") == {"queued", "failed", "unknown", "dropped"}


def test_list_says_that_a_waiting_mail_will_not_go(officer_client: Client, put: Put) -> None:
    put(email="declines@example.org")
    Address.objects.create(email="declines@example.org", wishes={"news": "never"})
    text = officer_client.get(LIST).content.decode()
    assert "As things stand it will not go out: The reader does not want mails of this topic." in text


def test_letter_is_shown_in_every_language_and_says_what_one_lacks(officer_client: Client, put: Put) -> None:
    mail = put()
    text = officer_client.get(detail(mail)).content.decode()
    assert all(f'href="?language={code}#letter-title" lang="{code}"' in text for code, _name in settings.LANGUAGES)
    assert "lacks" not in text
    japanese = officer_client.get(f"{detail(mail)}?language=ja").content.decode()
    assert "日本語 lacks" in japanese
    assert "the mail goes out whole in English." in japanese
    assert '<div class="letter" lang="en">' in japanese
    assert "List-Unsubscribe" in japanese
    assert officer_client.get(f"{detail(mail)}?language=xx").context["letter"].code == "en"


def test_calendar_part_is_shown(officer_client: Client, put: Put) -> None:
    facts = mail_types.Facts({"name": "X"}, mail_types.CalendarPart("CANCEL", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR"))
    mail_types._kinds["test.news"] = replace(mail_types.get("test.news"), facts=lambda *args: facts)
    text = officer_client.get(detail(put())).content.decode()
    assert "text/calendar; method=CANCEL" in text
    assert "BEGIN:VCALENDAR" in text


def test_html_of_the_letter_is_framed_by_us_only_and_can_do_nothing(officer_client: Client, put: Put) -> None:
    mail = put("test.code", payload={"code": "94510539"})
    link = f"{LIST}{mail.pk}/letter/"
    assert (
        f'<iframe class="letter-frame" src="{link}?language=en" sandbox'
        in officer_client.get(detail(mail)).content.decode()
    )
    response = officer_client.get(link)
    assert "Dear Gantömör &amp; &lt;Co&gt;" in response.content.decode()
    policy = {part.split()[0]: part.split()[1:] for part in response["Content-Security-Policy"].split(";")}
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert policy["sandbox"] == []
    assert "script-src" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert officer_client.get(f"{LIST}{put('test.over').pk}/letter/").status_code == 404


def form_of(client: Client, mail: Mail) -> dict[str, Any]:
    return fields_of(client.get(detail(mail)).content.decode())


def test_officer_changes_a_waiting_mail(officer_client: Client, officer: Person, put: Put) -> None:
    mail = put(due=dt.datetime(2026, 12, 1, 9, 0, 0, 123456, tzinfo=dt.UTC))
    data = form_of(officer_client, mail)
    assert officer_client.post(detail(mail), data).status_code == 302  # sent as it stands
    assert not mail.traces.exists()
    changes = {"email": "new@example.org", "language": "mn", "own_subject": "S", "own_text": "T", "due_1": "10:00:00"}
    response = officer_client.post(detail(mail), data | changes, follow=True)
    assert response.status_code == 200
    mail.refresh_from_db()
    assert (mail.email, mail.language, mail.own_text) == ("new@example.org", "mn", "T")
    assert mail.due == dt.datetime(2026, 12, 1, 10, 0, tzinfo=dt.UTC)
    trace = mail.traces.get()
    assert (trace.what, trace.by_id) == ("edited", officer.user_id)
    page = officer_client.get(detail(mail)).content.decode()
    assert "address: reader@example.org → new@example.org" in page
    assert "by oyun@example.org" in page
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"own_text": "T"}, "Give a subject and a text, or neither."),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"language": "xx"}, "Select a valid choice."),
        ({"due_0": "2099-01-01"}, "It would go out too late"),
    ],
)
def test_change_that_would_spoil_the_mail_is_not_saved(
    officer_client: Client, put: Put, changes: Any, words: str
) -> None:
    mail = put()
    Mail.objects.filter(pk=mail.pk).update(expires_at=timezone.now() + dt.timedelta(days=1))
    response = officer_client.post(detail(mail), form_of(officer_client, mail) | changes)
    assert words in response.content.decode()
    assert not mail.traces.exists()


def test_words_of_ones_own_are_not_offered_for_a_mail_with_secrets(officer_client: Client, put: Put) -> None:
    assert "own_text" not in form_of(officer_client, put("test.code", payload={"code": "1"}))
    assert "own_text" in form_of(officer_client, put())


@pytest.mark.parametrize("facts", [{"state": "sending"}, {"state": "queued", "claimed_by": "w"}])
def test_mail_in_the_hand_of_a_worker_is_shown_and_left_alone(officer_client: Client, put: Put, facts: Any) -> None:
    mail = put()
    data = form_of(officer_client, mail)
    Mail.objects.filter(pk=mail.pk).update(lease_until=timezone.now() + dt.timedelta(minutes=1), **facts)
    response = officer_client.post(detail(mail), data | {"email": "new@example.org"}, follow=True)
    assert [str(message) for message in response.context["messages"]] in (
        ["Only a mail that is waiting can be changed."],
        ["It is about to be sent: a worker has it in hand. Try again in a minute."],
    )
    mail.refresh_from_db()
    assert mail.email == "reader@example.org"


@pytest.fixture
def sent(put: Put, settings: Any, tmp_path: Path) -> Mail:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "notifications.delivery.backends.EmlFiles", tmp_path
    mail = put()
    sending.send_due()
    return mail


def test_beside_the_embedded_servers_the_file_can_be_opened(officer_client: Client, sent: Mail, settings: Any) -> None:
    settings.LOCAL = True
    link = f"{LIST}{sent.pk}/eml/"
    assert link in officer_client.get(detail(sent)).content.decode()
    response = officer_client.get(link)
    assert response["Content-Type"] == "message/rfc822"
    assert b"Auto-Submitted: auto-generated" in b"".join(response.streaming_content)


def test_elsewhere_nobody_opens_a_file(officer_client: Client, sent: Mail, settings: Any) -> None:
    settings.LOCAL = False
    assert f"{LIST}{sent.pk}/eml/" not in officer_client.get(detail(sent)).content.decode()
    assert officer_client.get(f"{LIST}{sent.pk}/eml/").status_code == 404


@pytest.mark.parametrize("who", ["focal_point", "steward", "stranger"])
def test_others_see_no_mail(who: str, request: pytest.FixtureRequest, sent: Mail, settings: Any) -> None:
    settings.LOCAL = True
    person: Person = request.getfixturevalue(who)
    give_second_factor(person.user)
    client = signed_in(person.user)
    for address in (LIST, detail(sent), f"{LIST}{sent.pk}/eml/", f"{LIST}{sent.pk}/letter/"):
        assert client.get(address, follow=True).status_code == 403


def test_officer_switches_an_address_on_again(officer_client: Client) -> None:
    address = Address.objects.create(email="back@example.org", bounces=6, disabled_at="2026-11-01T00:00Z")
    response = officer_client.post(
        "/admin/notifications/address/", {"action": "switch_on", "_selected_action": [address.pk]}, follow=True
    )
    address.refresh_from_db()
    assert (address.disabled_at, address.bounces) == (None, 0)
    assert "1 address is written to again." in response.content.decode()


def test_officer_sends_a_test_to_the_own_address_alone(officer_client: Client, officer: Person, put: Put) -> None:
    mail = put("test.code", payload={"code": "94510539"})
    assert "Send a test to myself" in officer_client.get(detail(mail)).content.decode()
    answer = officer_client.post(f"{LIST}{mail.pk}/test/", {"language": "en"}, follow=True)
    assert "A test is on its way to oyun@example.org." in answer.content.decode()
    test = Mail.objects.get(kind="notifications.test")
    assert (test.email, test.payload) == ("oyun@example.org", {})
    Mail.objects.exclude(pk=test.pk).update(due=timezone.now() + dt.timedelta(days=1))
    sending.send_due()
    [sent] = outgoing.outbox
    assert sent.to == ["oyun@example.org"]
    assert "94510539" not in sent.body
    assert "code ••••••••" in sent.body
    assert officer_client.get(f"{LIST}{mail.pk}/test/").status_code == 403
