"""What staff do with mails, and which of them are left alone."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail as outgoing
from django.utils import timezone

from notifications import handling
from notifications.bounces import scoring
from notifications.composing.letters import message_id
from notifications.delivery import mail_states, sending
from notifications.encryption import encrypt
from notifications.handling import RefusedError
from notifications.models import Mail, Mailing, MailTrace

from .conftest import Put, ago

pytestmark = pytest.mark.django_db
OFFICER = 41


def set_to(mail: Mail, state: str, **facts: Any) -> Mail:
    """A mail as delivery would have left it."""
    needed = {
        "sent": {"sent_at": ago(hours=1)},
        "dropped": {"drop_reason": "Over."},
        "sending": {"lease_until": ago(hours=-1)},
    }
    Mail.objects.filter(pk=mail.pk).update(**{"state": state, "sealed": "", **needed.get(state, {}), **facts})
    mail.refresh_from_db()
    return mail


def traces(mail: Mail) -> list[tuple[str, str, int | None]]:
    return list(MailTrace.objects.filter(mail=mail).values_list("what", "words", "by_id"))


def reasons(handled: handling.Handled) -> list[str]:
    return [refusal.reason for refusal in handled.refused]


def test_waiting_mails_are_stopped_with_the_reason_and_without_their_secrets(put: Put) -> None:
    mails = [put(), put("test.code", payload={"code": "94510539"})]
    handled = handling.stop(mails=mails, by_id=OFFICER, reason="Wrong date in it.")
    assert (len(handled.done), handled.refused) == (2, [])
    rows = list(Mail.objects.values_list("state", "drop_reason", "sealed"))
    assert rows == [("dropped", "Wrong date in it.", "")] * 2
    assert traces(mails[0]) == [("stopped", "Wrong date in it.", OFFICER)]
    sending.send_due()
    assert outgoing.outbox == []


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("sending", "It is being sent at this moment."),
        ("sent", "It has gone out already."),
        ("unknown", "It may have gone out already."),
        ("dropped", "It is not going out anyway."),
    ],
)
def test_others_are_not_stopped(put: Put, state: str, reason: str) -> None:
    mail = set_to(put(), state)
    handled = handling.stop(mails=[mail], by_id=OFFICER, reason="No.")
    assert (handled.done, reasons(handled)) == ([], [reason])
    mail.refresh_from_db()
    assert (mail.state, traces(mail)) == (state, [])


def test_failed_mail_can_be_given_up(put: Put) -> None:
    mail = set_to(put(), "failed", last_error="550 no")
    handling.stop(mails=[mail], by_id=OFFICER, reason="Typing error in the address.")
    mail.refresh_from_db()
    assert (mail.state, mail.drop_reason, mail.last_error) == ("dropped", "Typing error in the address.", "550 no")


def test_mail_stopped_in_the_hand_of_a_worker_is_not_sent_by_it(put: Put) -> None:
    mail = put()
    [taken] = mail_states.take()
    handling.stop(mails=[mail], by_id=OFFICER, reason="Wrong.")
    taken.attempts = 1
    assert mail_states.begin(taken) is False


@pytest.mark.parametrize("state", ["failed", "unknown", "dropped"])
def test_mail_that_did_not_arrive_goes_back_into_the_queue_as_the_same_mail(put: Put, state: str) -> None:
    mail = set_to(put(), state, attempts=6, last_error="451 busy", message_id="<old@x>", due=ago(days=3))
    MailTrace.objects.create(mail=mail, what="attempt", words="451 busy")
    before = message_id(mail)
    began = timezone.now()
    handled = handling.send_again(mails=[mail], by_id=OFFICER)
    assert [one.pk for one in handled.done] == [mail.pk]
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.drop_reason, mail.last_error) == ("queued", 0, "", "")
    assert began <= mail.due <= timezone.now()
    assert [(what, by) for what, _words, by in traces(mail)] == [("attempt", None), ("again", OFFICER)]
    sending.send_due()
    assert [sent.extra_headers["Message-ID"] for sent in outgoing.outbox] == [before]


def test_trace_tells_how_the_mail_stood_before(put: Put) -> None:
    mail = set_to(put(), "dropped", drop_reason="The mailing was called back.")
    handling.send_again(mails=[mail], by_id=OFFICER)
    assert traces(mail) == [("again", "Until now: Not sent – The mailing was called back.", OFFICER)]


def test_mail_that_came_back_is_sent_as_the_same_mail_and_only_once(put: Put) -> None:
    mail = set_to(put(), "sent")
    scoring.report(email=mail.email, kind="soft", at=ago(minutes=5), words="452 full", event_id="e1", mail=mail)
    handling.send_again(mails=[mail], by_id=OFFICER)
    sending.send_due()
    mail.refresh_from_db()
    assert (mail.state, Mail.objects.count()) == ("sent", 1)
    handling.send_again(mails=[mail], by_id=OFFICER)  # the return of the first sending says nothing of the second
    assert Mail.objects.count() == 2


def test_mail_that_its_reader_called_spam_has_arrived(put: Put) -> None:
    mail = set_to(put(), "sent")
    scoring.report(email=mail.email, kind="complaint", at=ago(minutes=5), words="abuse", event_id="e1", mail=mail)
    handling.send_again(mails=[mail], by_id=OFFICER)
    assert sorted(Mail.objects.values_list("state", flat=True)) == ["queued", "sent"]


def test_sent_mail_is_repeated_as_a_mail_of_its_own_with_the_same_words(put: Put) -> None:
    mail = put(occurrence="first", payload={"who": "Erdene"})
    Mail.objects.filter(pk=mail.pk).update(own_subject="Own", own_text="Words", created_at=ago(days=2))
    sending.send_due()
    handling.send_again(mails=[mail], by_id=OFFICER)
    again = Mail.objects.get(state="queued")
    assert (again.occurrence, again.payload, again.own_text) == ("first~1", {"who": "Erdene"}, "Words")
    assert traces(mail) == [("again", f"As mail {again.pk}", OFFICER)]
    assert traces(again) == [("again", f"The same as mail {mail.pk}", OFFICER)]
    sending.send_due()
    first, second = outgoing.outbox
    assert (first.subject, first.body) == (second.subject, second.body)
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]
    for number in (2, 3):
        handling.send_again(mails=[Mail.objects.order_by("pk")[number - 2]], by_id=OFFICER)
        sending.send_due()
        assert Mail.objects.latest("pk").occurrence == f"first~{number}"


def test_a_second_press_repeats_nothing(put: Put) -> None:
    mail = set_to(put(), "sent")
    handling.send_again(mails=[mail], by_id=OFFICER)
    handled = handling.send_again(mails=[mail], by_id=OFFICER)
    assert (reasons(handled), Mail.objects.count()) == (["It is being sent again already."], 2)


def test_mail_selected_with_its_repetition_is_repeated_once(put: Put) -> None:
    mail = set_to(put(occurrence="x"), "sent")
    handling.send_again(mails=[mail], by_id=OFFICER)
    later = set_to(Mail.objects.get(occurrence="x~1"), "sent")
    handled = handling.send_again(mails=[mail, later], by_id=OFFICER)
    assert reasons(handled) == ["It was sent again before, and the later copy is selected as well."]
    assert sorted(Mail.objects.values_list("occurrence", flat=True)) == ["x", "x~1", "x~2"]


def test_what_cannot_be_sent_again_is_left_with_the_reason(put: Put) -> None:
    held, waiting = set_to(put(), "sending"), put()
    code = set_to(put("test.code", payload={"code": "1"}), "failed")
    late = set_to(put(), "dropped", expires_at=dt.datetime(2026, 11, 2, 10, 0, tzinfo=dt.UTC))
    gone = set_to(put(), "failed", kind="test.gone")
    handled = handling.send_again(mails=[held, waiting, code, late, gone], by_id=OFFICER)
    assert handled.done == []
    assert dict(zip([refusal.mail.pk for refusal in handled.refused], reasons(handled), strict=True)) == {
        held.pk: "It is being sent at this moment.",
        waiting.pk: "It is waiting and goes out by itself.",
        code.pk: "Its code or personal facts were erased when it was over. The reader has to ask for a new one.",
        late.pk: "It has been worth nothing since Monday 2 November 2026, 10:00 (UTC).",
        gone.pk: "The portal no longer sends mails of this kind.",
    }


def woken(callbacks: Any, act: Any) -> int:
    """How often an act asks to wake a worker once it is committed."""
    with callbacks() as captured:
        act()
    return len(captured)


def test_worker_is_woken_for_mails_that_are_sent_again(put: Put, django_capture_on_commit_callbacks: Any) -> None:
    failed = set_to(put(due=ago(hours=-1)), "failed")
    assert woken(django_capture_on_commit_callbacks, lambda: handling.send_again(mails=[failed], by_id=OFFICER)) == 1


@pytest.mark.parametrize(("minutes", "times"), [(60, 0), (0, 1)])
def test_worker_is_woken_for_a_mail_that_is_brought_forward(
    put: Put, minutes: int, times: int, django_capture_on_commit_callbacks: Any
) -> None:
    mail, due = put(due=ago(hours=-2)), ago(minutes=-minutes)
    assert woken(django_capture_on_commit_callbacks, lambda: edited(mail, due=due)) == times


def edited(mail: Mail, **changes: Any) -> Mail:
    names = ("due", "email", "language", "own_subject", "own_text")
    return handling.edit(mail=mail, by_id=OFFICER, **{name: getattr(mail, name) for name in names} | changes)


def test_waiting_mail_is_changed_and_says_what(put: Put) -> None:
    mail = put(due=dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC))
    mail = edited(
        mail, due=dt.datetime(2026, 12, 2, 9, 30, tzinfo=dt.UTC), email="new@example.org", language="ru", own_subject="S", own_text="T"
    )  # fmt: skip
    assert (mail.email, mail.language, mail.own_subject, mail.own_text) == ("new@example.org", "ru", "S", "T")
    assert traces(mail) == [
        (
            "edited",
            "due: Tuesday 1 December 2026, 09:00 → Wednesday 2 December 2026, 09:30 (UTC); "
            "address: reader@example.org → new@example.org; language: English → Русский; written in own words",
            OFFICER,
        )
    ]
    mail = edited(mail, own_subject="", own_text="")
    assert traces(mail)[1][1] == "own words taken back"


def test_change_of_nothing_leaves_no_trace(put: Put) -> None:
    mail = put()
    edited(mail)
    assert traces(mail) == []


@pytest.mark.parametrize("state", ["sending", "sent", "failed", "unknown", "dropped"])
def test_mail_that_is_not_waiting_is_not_changed(put: Put, state: str) -> None:
    mail = set_to(put(), state)
    with pytest.raises(RefusedError, match="Only a mail that is waiting"):
        edited(mail, email="new@example.org")
    mail.refresh_from_db()
    assert mail.email == "reader@example.org"


def test_mail_in_the_hand_of_a_worker_is_not_changed_and_afterwards_is_no_longer_his(put: Put) -> None:
    mail = put()
    Mail.objects.filter(pk=mail.pk).update(lease_until=ago(minutes=-1), claimed_by="w")
    with pytest.raises(RefusedError, match="a worker has it in hand"):
        edited(mail, email="new@example.org")
    Mail.objects.filter(pk=mail.pk).update(lease_until=ago(minutes=1))
    mail = edited(mail, email="new@example.org")
    assert (mail.email, mail.claimed_by, mail.lease_until) == ("new@example.org", "", None)


@pytest.mark.parametrize(
    ("kind", "changes", "reason"),
    [
        ("test.code", {"own_subject": "S", "own_text": "T"}, "cannot have words of your own"),
        ("test.news", {"own_text": "T"}, "Give a subject and a text, or neither."),
        ("test.code", {"due": dt.datetime(2099, 1, 1, tzinfo=dt.UTC)}, "It would go out too late"),
    ],
)
def test_change_that_would_spoil_the_mail_is_refused(put: Put, kind: str, changes: Any, reason: str) -> None:
    mail = put(kind)
    Mail.objects.filter(pk=mail.pk).update(sealed=encrypt({"code": "1"}) if kind == "test.code" else "")
    with pytest.raises(RefusedError, match=reason):
        edited(mail, **changes)
    assert traces(mail) == []


def test_mail_that_waits_for_a_later_moment_goes_at_once(put: Put) -> None:
    later, due = put(due=ago(hours=-30)), put()
    handled = handling.send_now(mails=[later, due], by_id=OFFICER)
    assert [mail.pk for mail in handled.done] == [later.pk]
    assert reasons(handled) == ["It is due already and goes out by itself."]
    ((what, words, by),) = traces(later)
    assert (what, by) == ("edited", OFFICER)
    assert words.startswith("due: ")
    sending.send_due()
    later.refresh_from_db()
    assert later.state == "sent"
    assert reasons(handling.send_now(mails=[later], by_id=OFFICER)) == ["Only a mail that is waiting can be changed."]


def test_mail_of_a_mailing_that_can_be_called_back_does_not_go_before_it(put: Put) -> None:
    mailing = Mailing.objects.create(label="News", goes_at=ago(hours=-1))
    mail = put(due=ago(hours=-1))
    Mail.objects.filter(pk=mail.pk).update(mailing=mailing)
    handled = handling.send_now(mails=[mail], by_id=OFFICER)
    assert handled.done == []
    assert "can be called back" in reasons(handled)[0]
