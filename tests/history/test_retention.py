"""What has been kept long enough is erased, each rule by itself, and a row says so."""

import datetime as dt
import hashlib
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Consent, Person, RoleRequest, User
from accounts.persons import consents
from activities.attendance import recording as attendance
from activities.attendance.rows import Presence, Reading
from activities.models import AdvanceQuestion, Attendance, AttendanceFile, AttendanceMatch, AttendanceSpan
from desk.models import OfferRequest
from events.models import DoorOpening, Event
from history import retention
from history.models import AuditEntry, PurgeRun
from history.tasks import purge
from notifications import outbox
from notifications.models import Address, Bounce, Mail, MailTrace
from notifications.recipients import of_address
from tests.designated_sites.proposals.proposing import site_of_kind
from tests.factories import EventFactory, PersonFactory, ProgrammeFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db


def ago(days: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def touched() -> dict[str, int]:
    """By rule, where anything was."""
    return {run.rule: run.rows for run in retention.purge() if run.rows}


def mail_to(email: str, *, days: float, state: str = "sent") -> Mail:
    outbox.put(
        kind="accounts.no_account", subject=("accounts.nobody", 0), recipient=of_address(email), occurrence=email
    )
    facts: dict[str, Any] = {"state": state, "due": ago(days), "sent_at": ago(days) if state == "sent" else None}
    Mail.objects.filter(email=email).update(**facts, last_error=f"550 {email}")
    return Mail.objects.get(email=email)


def test_every_rule_has_its_days_and_no_days_lack_a_rule() -> None:
    assert {rule.name for rule in retention.all_rules()} == set(settings.RETENTION_DAYS)


@pytest.mark.parametrize("kind", ["reserve", "geopark"])
def test_draft_of_a_proposal_is_erased_and_what_was_sent_stays(kind: str) -> None:
    site = site_of_kind(kind)
    for state, days in (("draft", 366), ("draft", 364), ("open", 366), ("decided", 366), ("withdrawn", 366)):
        made = site.proposals.create(
            proposer=PersonFactory(), base={"website": ""}, changes={"website": "https://a.example/"}, reason="x", state=state
        )  # fmt: skip
        site.proposals.filter(pk=made.pk).update(created_at=ago(days))
    assert touched() == {"proposal-drafts": 1}
    assert sorted(site.proposals.values_list("state", flat=True)) == ["decided", "draft", "open", "withdrawn"]
    assert touched() == {}


def test_address_of_an_old_mail_is_blanked_and_the_row_stays() -> None:
    old, new = mail_to("old@example.org", days=181), mail_to("new@example.org", days=179)
    waiting = mail_to("waiting@example.org", days=181, state="queued")
    MailTrace.objects.create(mail=old, what="attempt", words="550 old@example.org")
    assert touched() == {"mail-addresses": 1}
    assert dict(Mail.objects.values_list("pk", "email")) == {
        old.pk: "", new.pk: "new@example.org", waiting.pk: "waiting@example.org",
    }  # fmt: skip
    old.refresh_from_db()
    assert (old.state, old.last_error, old.kind) == ("sent", "", "accounts.no_account")
    assert MailTrace.objects.get().words == ""
    assert touched() == {}


def test_account_that_was_never_confirmed_goes() -> None:
    for name, days, verified in (("old", 31, False), ("new", 29, False), ("confirmed", 31, True)):
        user = UserFactory(email=f"{name}@example.org", date_joined=ago(days))
        EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    UserFactory(email="staff@example.org", date_joined=ago(31), is_staff=True)
    assert touched() == {"unconfirmed-accounts": 1}
    assert set(User.objects.values_list("email", flat=True)) == {
        "new@example.org", "confirmed@example.org", "staff@example.org",
    }  # fmt: skip


def test_facts_for_reports_go_when_somebody_took_part_in_nothing_since() -> None:
    facts = {"sex": "female", "birth_year": 1990, "nationality": "MN"}
    idle, active = PersonFactory(**facts, user=UserFactory(email="idle@example.org")), PersonFactory(**facts)
    RegistrationFactory(person=active)
    Person.objects.update(created_at=ago(1096))
    assert touched() == {"report-facts": 1}
    idle.refresh_from_db()
    active.refresh_from_db()
    assert (idle.sex, idle.birth_year, idle.nationality) == ("not_stated", None, "")
    assert (active.sex, active.birth_year, active.nationality) == ("female", 1990, "MN")


def test_requests_reports_audit_and_idle_addresses_go() -> None:
    for state in ("closed", "new"):
        OfferRequest.objects.create(
            programme=ProgrammeFactory(kind="offer"), name="Bat", email="bat@example.org", organisation="Hustai", message="Help",
            state=state,
        )  # fmt: skip
    OfferRequest.objects.update(created_at=ago(731))
    RoleRequest.objects.create(person=PersonFactory(), role="trainer", state="granted", decided_at=ago(1096))
    RoleRequest.objects.create(person=PersonFactory(), role="trainer")
    AuditEntry.objects.create(what="signed_in")
    AuditEntry.objects.update(at=ago(731))
    AuditEntry.objects.create(what="signed_in")
    known = Address.objects.create(email="returned@example.org", created_at=ago(401))
    Bounce.objects.create(address=known, kind="hard", at=ago(401), event_id="1")
    Address.objects.create(email="idle@example.org", created_at=ago(401))
    Address.objects.create(email="leave-me@example.org", created_at=ago(401), wishes={"*": "never"})
    assert touched() == {
        "returned-mails": 1, "idle-addresses": 1, "offer-requests": 1, "audit": 1, "role-requests": 1,
    }  # fmt: skip
    assert set(OfferRequest.objects.values_list("state", "name", "message")) == {
        ("closed", "–", ""),
        ("new", "Bat", "Help"),
    }
    assert set(Address.objects.values_list("email", flat=True)) == {"leave-me@example.org", "returned@example.org"}
    assert touched() == {"idle-addresses": 1}  # the night after its report has gone
    assert (RoleRequest.objects.get().state, AuditEntry.objects.count()) == ("asked", 1)


@pytest.fixture
def event_long_over() -> Event:
    """With a list of one name, minutes from it and minutes set by hand, a question and a note at the door."""
    start = ago(500)
    event = EventFactory(starts_at=start)
    session = event.sessions.create(title="One", starts_at=start, ends_at=start + dt.timedelta(hours=1))
    place = RegistrationFactory(event=event, person=PersonFactory(email="ranger@example.org"))
    reading = Reading("sheet", [Presence(1, "Ranger", "ranger@example.org", minutes=40)])
    attendance.take_over(activity=event, reading=reading, name="list.csv", session=session, by=None)
    attendance.correct(session=session, person=PersonFactory(), minutes=20, reason="Telephone", by=None)
    event.advance_questions.create(text="Why?", person=place.person, language="en")
    DoorOpening.objects.create(registration=place, at=start)
    AttendanceFile.objects.update(imported_at=ago(401))
    AdvanceQuestion.objects.update(created_at=ago(366))
    return event


def held() -> list[int]:
    kinds = (AttendanceFile, AttendanceMatch, AttendanceSpan, AdvanceQuestion, DoorOpening)
    return [kind._default_manager.count() for kind in kinds]


def test_what_served_one_event_goes_and_the_minutes_stay(event_long_over: Event) -> None:
    assert held() == [1, 1, 1, 1, 1]
    assert touched() == {"door-notes": 1, "advance-questions": 1, "attendance-lists": 1}
    assert held() == [0, 0, 0, 0, 0]
    assert sorted(Attendance.objects.values_list("minutes", flat=True)) == [20, 40]
    attendance.recount(activity=event_long_over)  # a list that comes later overrules nothing
    assert sorted(Attendance.objects.values_list("minutes", flat=True)) == [20, 40]
    assert touched() == {}


def test_lists_of_an_event_wait_for_its_newest_one(event_long_over: Event) -> None:
    AttendanceFile.objects.create(activity=event_long_over, provider="zoom", name="later.csv", digest="x")
    AdvanceQuestion.objects.update(created_at=ago(364))
    DoorOpening.objects.update(at=ago(89))
    assert touched() == {}
    assert held() == [2, 1, 1, 1, 1]


def test_question_to_an_event_yet_to_come_stays_however_old() -> None:
    event = EventFactory(starts_at=timezone.now() + dt.timedelta(days=9))
    event.advance_questions.create(text="Why?", language="en")
    AdvanceQuestion.objects.update(created_at=ago(366))
    assert touched() == {}


def test_rehearsal_counts_what_served_an_event_and_touches_nothing(event_long_over: Event) -> None:
    said = StringIO()
    call_command("purge", "--dry-run", stdout=said)
    for rule in ("door-notes", "advance-questions", "attendance-lists"):
        assert f"{rule}: 1" in said.getvalue()
    assert held() == [1, 1, 1, 1, 1]
    assert set(Attendance.objects.values_list("source", flat=True)) == {"sheet", "hand"}


def test_command_counts_without_touching_and_then_does_it() -> None:
    mail_to("old@example.org", days=181)
    said = StringIO()
    call_command("purge", "--dry-run", stdout=said)
    assert "mail-addresses: 1" in said.getvalue()
    assert (Mail.objects.get().email, PurgeRun.objects.count()) == ("old@example.org", 0)
    call_command("purge", stdout=said)
    assert Mail.objects.get().email == ""
    runs = {run.rule: run.rows for run in PurgeRun.objects.all()}
    assert runs == dict.fromkeys(settings.RETENTION_DAYS, 0) | {"mail-addresses": 1}


def test_rule_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(before: dt.datetime) -> int:
        Mail.objects.all().delete()
        raise RuntimeError("broken")

    broken = retention.Rule("sessions", "Sessions", "Erased", fail)
    monkeypatch.setitem(retention._rules, "sessions", broken)
    mail_to("old@example.org", days=181)
    with pytest.raises(CommandError, match="1 of the rules failed"):
        call_command("purge", stdout=StringIO())
    assert Mail.objects.get().email == ""
    assert PurgeRun.objects.get(rule="sessions").error == "RuntimeError: broken"


def test_worker_purges() -> None:
    mail_to("old@example.org", days=181)
    purge.delay()
    assert Mail.objects.get().email == ""


def test_page_on_privacy_shows_the_rules_and_the_version(client: Client) -> None:
    text = client.get("/privacy/").content.decode()
    assert f"Version {settings.PRIVACY_NOTICE_VERSION}" in text
    assert "<td>180 days</td>" in text
    assert [rule.name for rule in retention.all_rules() if str(rule.what) not in text] == []


# How the page on privacy reads at each version: whoever changes its words gives it a new version, which consents then name.
READS = {"2026-11-4": "bcfa4d33d0af5ff0"}


def test_changed_words_on_privacy_have_a_version_of_their_own() -> None:
    words = (Path(settings.BASE_DIR) / "templates" / "pages" / "privacy.html").read_bytes()
    assert {settings.PRIVACY_NOTICE_VERSION: hashlib.sha256(words).hexdigest()[:16]} == READS


@pytest.mark.parametrize(
    "words",
    [
        "the changes you propose are kept with your name",
        "your answers and the files handed in are kept as long as the table below says",
        "for your journey for example, is for the officers alone and is erased",
        "A certificate keeps your name",
        "<td>90 days</td>",
    ],
)
def test_page_on_privacy_tells_of_proposals_applications_journeys_and_certificates(client: Client, words: str) -> None:
    assert words in client.get("/privacy/").content.decode()


def test_who_agreed_to_the_former_notice_has_not_agreed_to_this_one() -> None:
    person = PersonFactory()
    Consent.objects.create(person=person, what=Consent.What.NOTICE, version="2026-11", how=Consent.How.FORM)
    assert not consents.holds(person=person, what=Consent.What.NOTICE)
