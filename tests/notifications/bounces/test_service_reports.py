"""What mail services post about our mails: who may, what is made of it, and what is said to the unknown and the unreadable."""

import base64
import datetime as dt
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from notifications.composing import letters
from notifications.delivery import sending
from notifications.models import Address, Bounce, Mail, MailTrace
from tests.notifications import payloads
from tests.notifications.conftest import READER, Put
from tests.notifications.payloads import SIGNING_KEY, Post, Told
from tests.waiting import HANGING

pytestmark = [
    pytest.mark.sweep,
    pytest.mark.django_db,
    # anymail reads SendGrid's reports without vouching for them
    pytest.mark.filterwarnings("ignore::anymail.exceptions.AnymailNotSupportedWarning"),
]
SECRET = "reporter:correct horse"
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
HARD = "550 5.1.1 <gone@example.org>: Recipient address rejected: User unknown"
BOUNCES = [payloads.postmark, payloads.mailgun, payloads.sendgrid, payloads.ses]
COMPLAINTS = [
    payloads.postmark_complaint,
    payloads.mailgun_complaint,
    payloads.sendgrid_complaint,
    payloads.ses_complaint,
]
UNSUBSCRIBED = [payloads.postmark_unsubscribed, payloads.mailgun_unsubscribed, payloads.sendgrid_unsubscribed]
Shape = Callable[[Told], Post]


@pytest.fixture(autouse=True)
def secret(settings: Any) -> None:
    settings.EMAIL_WEBHOOK_SECRET = SECRET
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING_KEY}


@pytest.fixture
def noon() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def sent(noon: Any, put: Put) -> Mail:
    """A mail that has gone out."""
    mail = put()
    assert sending.send_due() == sending.Pass(sent=1)
    mail.refresh_from_db()
    return mail


def post(what: Post, *, secret: str = SECRET, scheme: str = "Basic") -> Any:
    return Client(enforce_csrf_checks=True).post(
        f"/mail/reports/{what.service}/tracking/",
        what.body,
        content_type=what.content_type,
        headers={"authorization": f"{scheme} {base64.b64encode(secret.encode()).decode()}", **what.headers},
    )


def about(mail: Mail, **facts: Any) -> Told:
    return Told(email=mail.email, message_id=mail.message_id, **facts)


def scored() -> tuple[float, list[str]]:
    address = Address.objects.get(email=READER.email)
    return float(address.bounces), [bounce.kind for bounce in Bounce.objects.all()]


@pytest.mark.parametrize("shape", BOUNCES)
def test_bounce_is_scored_and_leaves_its_trace(sent: Mail, shape: Shape) -> None:
    response = post(shape(about(sent)))
    assert (response.status_code, response.content) == (200, b"")
    assert scored() == (1, ["hard"])
    bounce = Bounce.objects.get()
    assert (bounce.mail, bounce.address.email) == (sent, READER.email)
    assert bounce.at.replace(microsecond=0) == dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
    [trace] = sent.traces.all()
    assert trace.what == "returned"
    assert "User unknown" in trace.words


@pytest.mark.parametrize("shape", BOUNCES)
@pytest.mark.parametrize(
    ("words", "score"),
    [("552 5.2.2 Mailbox full", (0.5, ["soft"])), ("550 5.7.1 Rejected as spam", (0, ["policy"]))],
)
def test_words_of_the_server_decide_what_a_bounce_counts(
    sent: Mail, shape: Shape, words: str, score: tuple[float, list[str]]
) -> None:
    assert post(shape(about(sent, words=words))).status_code == 200
    assert scored() == score


@pytest.mark.parametrize(
    ("shape", "facts", "score"),
    [
        (payloads.ses_passing, {}, (0.5, ["soft"])),
        (payloads.brevo_passing, {}, (0.5, ["soft"])),
        (payloads.postmark, {"facts": {"Type": "SoftBounce"}}, (0.5, ["soft"])),
        (payloads.postmark, {"facts": {"Type": "BadEmailAddress", "Details": ""}, "words": ""}, (1, ["hard"])),
        (payloads.postmark, {"facts": {"Type": "Blocked", "Details": ""}, "words": ""}, (0, ["policy"])),
        (payloads.postmark, {"facts": {"Type": "SMTPApiError"}}, (0, ["policy"])),
        (payloads.mailgun_suppressed, {}, (1, ["hard"])),
        (payloads.sendgrid_dropped, {}, (1, ["hard"])),
    ],
)
def test_what_the_service_says_decides_where_no_server_spoke(
    sent: Mail, shape: Shape, facts: dict[str, Any], score: tuple[float, list[str]]
) -> None:
    assert post(shape(about(sent, **facts))).status_code == 200
    assert scored() == score


@pytest.mark.parametrize("shape", [*COMPLAINTS, *UNSUBSCRIBED])
def test_readers_word_ends_all_topics(sent: Mail, put: Put, shape: Shape) -> None:
    assert post(shape(about(sent))).status_code == 200
    address = Address.objects.get(email=READER.email)
    assert (address.bounces, address.wishes["news"]) == (0, "never")
    assert Bounce.objects.get().kind == ("complaint" if shape in COMPLAINTS else "declined")
    put("test.news")
    put("test.code", payload={"code": "1"})
    assert sending.send_due() == sending.Pass(sent=1, dropped=1)


def test_reader_who_chose_again_is_not_undone_by_the_same_report(sent: Mail) -> None:
    shape = payloads.postmark_unsubscribed(about(sent))
    post(shape)
    Address.objects.update(wishes={"news": "all"})
    assert post(shape).status_code == 200
    assert Address.objects.get().wishes == {"news": "all"}


@pytest.mark.parametrize("shape", [payloads.mailgun_delayed, payloads.mailgun_delivered])
def test_what_says_nothing_lasting_is_not_kept(sent: Mail, shape: Shape) -> None:
    assert post(shape(about(sent))).status_code == 200
    assert (Bounce.objects.count(), MailTrace.objects.count()) == (0, 0)


@pytest.mark.parametrize("shape", BOUNCES)
def test_report_told_twice_counts_once(sent: Mail, shape: Shape) -> None:
    assert [post(shape(about(sent))).status_code for _time in range(3)] == [200, 200, 200]
    assert (scored(), MailTrace.objects.count()) == ((1, ["hard"]), 1)


def test_mailgun_signs_the_same_report_anew(sent: Mail) -> None:
    """The signature's token differs, the event is the same."""
    first, second = (json.loads(payloads.mailgun(about(sent, facts={"n": n})).body) for n in (1, 2))
    assert first["signature"]["token"] != second["signature"]["token"]
    for body in (first, second):
        assert post(Post("mailgun", json.dumps(body))).status_code == 200
    assert Bounce.objects.count() == 1


@pytest.mark.parametrize("shape", BOUNCES)
def test_reports_of_five_days_switch_the_address_off(sent: Mail, put: Put, shape: Shape) -> None:
    for day in range(20, 25):
        post(shape(about(sent, at=f"2026-11-{day}T10:00:00Z", event_id=str(day))))
    assert Address.objects.get().disabled_at == NOON
    dropped = put("test.news")
    assert sending.send_due() == sending.Pass(dropped=1)
    dropped.refresh_from_db()
    assert dropped.drop_reason == "Too many mails to this address came back."


@pytest.mark.parametrize(
    ("at", "kept", "score"),
    [
        ("2025-11-24T10:00:00Z", "2025-11-24T10:00:00+00:00", 0),  # a year ago: kept, and no longer counted
        ("2027-11-24T10:00:00Z", "2026-11-24T12:00:00+00:00", 1),  # a clock that is wrong: it came today
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00+00:00", 0),
    ],
)
@pytest.mark.parametrize("shape", [payloads.postmark, payloads.sendgrid])
def test_moment_of_a_report_is_taken_as_far_as_it_makes_sense(
    sent: Mail, shape: Shape, at: str, kept: str, score: float
) -> None:
    assert post(shape(about(sent, at=at))).status_code == 200
    assert (Bounce.objects.get().at.isoformat(), scored()[0]) == (kept, score)


@pytest.mark.parametrize("name", ["{0}", "<{0}>", " <{0}> "])
def test_mail_is_found_with_brackets_and_without(sent: Mail, name: str) -> None:
    told = about(sent)
    told.message_id = name.format(sent.message_id.strip("<>"))
    post(payloads.sendgrid(told))
    assert Bounce.objects.get().mail == sent


def test_mail_of_an_older_secret_key_is_found_by_the_name_it_went_out_with(sent: Mail, settings: Any) -> None:
    settings.SECRET_KEY = "another key " * 5
    assert letters.message_id(sent) != sent.message_id
    post(payloads.sendgrid(about(sent)))
    assert Bounce.objects.get().mail == sent


def test_mail_is_not_found_by_a_made_up_name(sent: Mail) -> None:
    for number, name in enumerate([f"<mail-{sent.pk}-000000000000@localhost>", "", f"mail-{10**30}-000000000000@x"]):
        told = Told(READER.email, name, event_id=str(number))
        assert post(payloads.sendgrid(told)).status_code == 200
    assert [bounce.mail for bounce in Bounce.objects.all()] == [None, None, None]
    assert (scored()[0], MailTrace.objects.count()) == (1, 0)


def test_address_is_scored_and_not_the_mail_of_somebody_else(sent: Mail, put: Put) -> None:
    """A recipient beside another reader's mail: the address counts, the mail gets no trace."""
    Address.objects.create(email="other@example.org")
    assert post(payloads.sendgrid(Told("Other@example.org", sent.message_id))).status_code == 200
    assert (Bounce.objects.get().mail, MailTrace.objects.count()) == (None, 0)
    assert Address.objects.get(email="other@example.org").bounces == 1
    assert Address.objects.get(email=READER.email).bounces == 0


@pytest.mark.parametrize("shape", [*BOUNCES, *COMPLAINTS, *UNSUBSCRIBED])
def test_report_about_strangers_is_logged_and_answered(sent: Mail, shape: Shape, caplog: Any) -> None:
    """The same service may carry the mails of others."""
    assert post(shape(Told("stranger@example.net", "<1@elsewhere.example>"))).status_code == 200
    assert (Bounce.objects.count(), Address.objects.filter(email="stranger@example.net").count()) == (0, 0)
    assert "is not ours" in caplog.text
    assert "stranger@" not in caplog.text


def test_reader_of_service_mails_only_is_known_by_the_outbox(noon: Any, put: Put) -> None:
    put("test.code", email="New@example.org", payload={"code": "1"})
    sending.send_due()
    assert Address.objects.count() == 0
    assert post(payloads.postmark(Told("new@example.org", "<1@postmark.example>"))).status_code == 200
    assert Address.objects.get().bounces == 1


@pytest.mark.parametrize("recipient", ["", "no address", "x" * 400 + "@example.org", "a\x00b@example.org"])
def test_recipient_that_is_no_address_is_answered(sent: Mail, recipient: str) -> None:
    assert post(payloads.sendgrid(Told(recipient, sent.message_id))).status_code == 200
    assert Bounce.objects.count() == 0


def test_one_bad_event_among_many_stops_none(sent: Mail) -> None:
    events = [json.loads(payloads.sendgrid(told).body)[0] for told in (Told("x", "<1@y>"), about(sent))]
    assert post(Post("sendgrid", json.dumps(events))).status_code == 200
    assert Bounce.objects.count() == 1


@pytest.mark.parametrize(
    "given", ["", "reporter:wrong", "reporter", f"{SECRET} ", SECRET.upper(), "ключ:секрет", "reporter:"]
)
@pytest.mark.parametrize("service", ["postmark", "mailgun", "sendgrid", "amazon_ses"])
def test_wrong_secret_is_refused_before_anything_is_read(sent: Mail, service: str, given: str) -> None:
    response = post(Post(service, "{"), secret=given)
    assert (response.status_code, response["WWW-Authenticate"][:5]) == (401, "Basic")


def test_no_secret_is_refused_as_well(client: Client) -> None:
    assert client.post("/mail/reports/postmark/tracking/", "{}", content_type="application/json").status_code == 401
    assert post(Post("postmark", "{}"), scheme="Bearer").status_code == 401


def test_secret_is_compared_in_constant_time(sent: Mail, monkeypatch: Any) -> None:
    compared = []

    def compare(one: str, other: str) -> bool:
        compared.append((one, other))
        return False

    monkeypatch.setattr("notifications.bounces.views.constant_time_compare", compare)
    assert post(payloads.postmark(about(sent))).status_code == 401
    assert compared == [(SECRET, SECRET)]
    assert Bounce.objects.count() == 0


def test_without_a_secret_in_the_settings_there_is_no_such_page(sent: Mail, settings: Any) -> None:
    settings.EMAIL_WEBHOOK_SECRET = ""
    for given in ("", ":", SECRET):
        assert post(payloads.postmark(about(sent)), secret=given).status_code == 404
    assert Bounce.objects.count() == 0


@pytest.mark.parametrize("path", ["unheard/tracking", "mandrill/tracking", "postmark/inbound", "postmark"])
def test_other_addresses_do_not_exist(path: str) -> None:
    header = {"authorization": f"Basic {base64.b64encode(SECRET.encode()).decode()}"}
    assert Client().post(f"/mail/reports/{path}/", headers=header).status_code == 404


def test_service_asks_by_head_whether_the_address_is_right_and_nothing_is_shown() -> None:
    header = {"authorization": f"Basic {base64.b64encode(SECRET.encode()).decode()}"}
    address = "/mail/reports/postmark/tracking/"
    assert [Client().head(address, headers=header).status_code, Client().head(address).status_code] == [200, 401]
    assert Client().get(address, headers=header).status_code == 405


@pytest.mark.parametrize("service", ["postmark", "mailgun", "sendgrid", "amazon_ses", "brevo", "sparkpost", "mailjet"])
@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "7", "null", '"x"', '{"a": 1}', "[[1]]", '[{"event": 7}]', "\xff", '{"Type": 1}', "[" * 9999],
)
def test_unreadable_report_is_answered_and_never_an_error_of_ours(service: str, body: str) -> None:
    status = post(Post(service, body)).status_code
    assert status in {200, 400}
    assert Bounce.objects.count() == 0


def test_wrong_signature_is_refused(sent: Mail, settings: Any) -> None:
    settings.ANYMAIL = {**settings.ANYMAIL, "MAILGUN_WEBHOOK_SIGNING_KEY": "another"}
    assert post(payloads.mailgun(about(sent))).status_code == 400
    assert Bounce.objects.count() == 0


def test_service_that_signs_needs_its_key(sent: Mail, settings: Any, caplog: Any) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    assert post(payloads.mailgun(about(sent))).status_code == 400
    assert "MAILGUN_WEBHOOK_SIGNING_KEY" in caplog.text


def test_amazon_is_let_in_by_a_person(caplog: Any) -> None:
    assert post(payloads.ses_confirmation()).status_code == 200
    assert "https://sns.example/?Action=ConfirmSubscription" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_same_report_in_two_posts_at_once_counts_once(put: Put) -> None:
    mail = put()
    sending.send_due()
    mail.refresh_from_db()
    barrier, statuses = threading.Barrier(6), []
    told = about(mail, at="2026-11-24T10:00:00Z")

    def tell() -> None:
        barrier.wait(HANGING)
        try:
            statuses.append(post(payloads.postmark(told)).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=tell) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANGING)
    assert statuses == [200] * 6
    assert (Bounce.objects.count(), MailTrace.objects.count()) == (1, 1)
