"""The first page of the admin: every number is that of the list it leads to, and nobody is shown what is not theirs."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person, RoleGrant
from activities.models import AdvanceQuestion, Attendance, Session
from desk.models import OfferRequest
from desk.work_queue.groups import work_queue
from geoparks.models import Revalidation
from network.models import MemberState, Programme
from notifications.models import Mail
from record_import.models import SheetUpload
from reserves.models import PeriodicReview
from tests.admin import records
from tests.factories import (
    ApplicationFactory,
    BiosphereReserveFactory,
    DocumentFactory,
    EventFactory,
    GeoparkFactory,
    PartnerFactory,
    PersonFactory,
    TrainingFactory,
    UserFactory,
)
from tests.people import give_second_factor, signed_in

DAY = dt.timedelta(days=1)
# What `everything_waits` makes; each line stands beside others of its kind that do not wait.
EXPECTED = {
    "Lake 1: 1 fact proposed": 1,
    "Lake 2: 1 fact proposed": 1,
    "Crater: the facts are confirmed": 1,
    "Applications to select: Strict": 2,
    "Applications to select: Free": 3,
    "Applications no focal point has spoken for, close to the deadline: Strict": 1,
    "Applications no focal point has spoken for, close to the deadline: Closing": 1,
    "Asker asks for a role: Steward of a site": 1,
    "Institute asks for: Exchange": 1,
    "Questions sent in advance, not looked at: Deep water": 2,
    "Mails that failed": 2,
    "Mails of which nobody knows whether they arrived": 1,
    "Periodic reviews overdue": 1,
    "Periodic reviews: report received, not decided": 1,
    "Periodic reviews due within three months": 2,
    "Periodic reviews due within 18 months": 1,
    "Revalidations overdue": 1,
    "Names to match with people, in lists of events": 1,
    "Names to match with people, in lists of trainings": 1,
    "Events over, still announced": 1,
    "Events held, with nothing to read about them": 2,
    "Trainings over, still announced": 1,
    "Trainings held, with nothing to read about them": 1,
    "Trainings with certificates to be given": 1,
    "Events with certificates to be given": 1,
    "Biosphere reserves not confirmed for a year": 8,
    "Geoparks not confirmed for a year": 3,
    "Pairs of biosphere reserves that may be one": 1,
    "Sheet looked at and not imported: mine.csv": 1,
}


def _reviews(now: dt.datetime) -> None:
    today = now.date()
    for days, received in ((-30, None), (-30, today), (30, None), (60, None)):
        PeriodicReview.objects.create(
            site=BiosphereReserveFactory(designation_year=2016, summary="Lakes"), year=2026, received_on=received,
            due_override=today + days * DAY, override_reason="The council said so.",
        )  # fmt: skip
    # Earlier than the rules say: a later day would be a deferral.
    PeriodicReview.objects.create(
        site=BiosphereReserveFactory(designation_year=today.year - 5, summary="Lakes"), year=today.year + 5,
        due_override=today + 300 * DAY, override_reason="The council said so.",
    )  # fmt: skip
    Revalidation.objects.create(
        site=GeoparkFactory(designation_year=2017),
        year=2026,
        due_override=today - 9 * DAY,
        override_reason="As agreed.",
    )


def _applications(now: dt.datetime) -> None:
    past, sent = now - DAY, {"submitted_at": now - 9 * DAY}
    calls = {"deadline_zone": "Europe/Paris"}
    strict = TrainingFactory(title="Strict", nominations_close_at=past, **calls)
    free = TrainingFactory(title="Free", nominations_close_at=past, endorsement_required=False, **calls)
    closing = TrainingFactory(title="Closing", nominations_close_at=now + 3 * DAY, **calls)
    later = TrainingFactory(title="Later", nominations_close_at=now + 30 * DAY, **calls)
    for training in (strict, free, closing, later):
        ApplicationFactory(training=training, state="submitted", **sent)
        ApplicationFactory(training=training, state="endorsed", endorsed=True, **sent)
        ApplicationFactory(training=training)
    ApplicationFactory(training=strict, state="shortlisted", endorsed=True, **sent)
    ApplicationFactory(training=strict, state="not_endorsed", endorsed=False, **sent)
    ApplicationFactory(training=free, state="not_endorsed", endorsed=False, **sent)
    ApplicationFactory(training=free, state="withdrawn", **sent)


def _activities(now: dt.datetime) -> None:
    past = {"starts_at": now - 30 * DAY}
    EventFactory(**past)
    EventFactory(starts_at=now - DAY / 24, ends_at=now + DAY)
    EventFactory(status="held", **past)
    EventFactory(status="held", written_summary_en="It was good.", **past)
    EventFactory(status="held", **past).documents.set([DocumentFactory(), DocumentFactory()])
    TrainingFactory(**past, status="reported")
    training = TrainingFactory(**past, gives_certificates=True)
    ApplicationFactory(training=training, state="attended", submitted_at=now)
    ApplicationFactory(training=training, state="confirmed", submitted_at=now)
    done = TrainingFactory(**past, status="held", gives_certificates=True)
    ApplicationFactory(training=done, state="completed", submitted_at=now)
    certified = EventFactory(status="held", gives_certificates=True, **past)
    session = Session.objects.create(activity=certified, title="One", starts_at=now, ends_at=now + DAY)
    Attendance.objects.create(session=session, person=PersonFactory(), minutes=30)


def _mail(number: int, state: str, now: dt.datetime) -> None:
    Mail.objects.create(
        kind="events.moved", subject_label="events.event", subject_id=number, recipient_key=f"person:{number}", due=now,
        created_at=now, state=state, drop_reason="Stopped." if state == "dropped" else "",
    )  # fmt: skip


@pytest.fixture
def everything_waits(officer: Person, settings: Any) -> None:
    now = timezone.now()
    _reviews(now)
    _applications(now)
    _activities(now)
    for number, state in enumerate(("open", "open", "draft", "decided"), 1):
        made = records.reserve_proposal(1)
        type(made).objects.filter(pk=made.pk).update(state=state, sent_at=now)
        type(made.site).objects.filter(pk=made.site_id).update(name=f"Lake {number}")
    type(made.site).objects.filter(proposals__state__in=["draft", "decided"]).update(confirmed_at=now)
    geopark = records.geopark_proposal(1).site
    type(geopark).objects.filter(pk=geopark.pk).update(name="Crater")
    Person.objects.filter(pk=records.role_request(1).person_id).update(name="Asker")
    offer = records.request_for_offer(1)
    OfferRequest.objects.filter(pk=offer.pk).update(organisation="Institute")
    Programme.objects.filter(pk=offer.programme_id).update(name_en="Exchange")
    event = EventFactory(title="Deep water")
    for state in ("new", "new", "answered"):
        AdvanceQuestion.objects.create(activity=event, text="How deep?", language="en", state=state)
    for number, state in enumerate(("failed", "failed", "unknown", "queued", "dropped")):
        _mail(number, state, now)
    records.attendance_match(1)
    records.training_attendance_match(1)
    one = BiosphereReserveFactory(name="Twin", designation_year=1999, published=False)
    BiosphereReserveFactory(name="Twin", designation_year=1999, published=False)
    GeoparkFactory(name="Twin", designation_year=1999)
    assert one.pk
    assert officer.user_id
    for number, name in ((officer.user_id, "mine.csv"), (0, "of another.csv")):
        SheetUpload.objects.create(officer_id=number, label="geoparks.geopark", name=name, content=b"", shown=SHOWN)


SHOWN = {"new": [], "changed": [], "unchanged": 0, "problems": []}


def queue(client: Client) -> dict[str, Any]:
    groups = client.get("/admin/").context["queue"]
    return {str(line.words): line for group in groups for line in group.lines}


def number_of(response: Any) -> int:
    """How many entries the list says it has."""
    if "cl" in response.context:
        return int(response.context["cl"].result_count)
    return int(response.context["page_obj"].paginator.count)


@pytest.mark.sweep
def test_every_number_is_that_of_the_list_it_leads_to(everything_waits: None, officer_client: Client) -> None:
    found = queue(officer_client)
    assert {words: line.number for words, line in found.items()} == EXPECTED
    for words, line in found.items():
        response = officer_client.get(line.address)
        assert response.status_code == 200, words
        if not any(part in urlsplit(line.address).path for part in ("sheet", "import", "/decide/", "/change/")):
            assert (words, number_of(response)) == (words, line.number)


def test_page_names_each_number_once_with_its_date(everything_waits: None, officer_client: Client) -> None:
    html = officer_client.get("/admin/").content.decode()
    today = timezone.now().date()
    due = today - 30 * DAY
    assert f'<time datetime="{due:%Y-%m-%d}">{due.day} {due:%b %Y}</time>' in html
    assert "Nothing waits." not in html
    assert html.count("Periodic reviews overdue</b>") == 1


@pytest.mark.sweep
def test_missing_translations_are_folded_while_only_english_is_complete(
    everything_waits: None, officer_client: Client, settings: Any
) -> None:
    def groups() -> dict[str, Any]:
        return {group.name: group for group in officer_client.get("/admin/").context["queue"]}

    folded = groups()["languages"].folded
    assert groups()["languages"].lines == ()
    assert {str(line.words): line.number for line in folded}["Biosphere reserves: Монгол"] == 5
    for line in folded:
        assert number_of(officer_client.get(line.address)) == line.number, str(line.words)
    settings.COMPLETE_LANGUAGES = ["en", "mn"]
    pressing = {str(line.words) for line in groups()["languages"].lines}
    assert "Biosphere reserves: Монгол" in pressing
    assert "Biosphere reserves: 日本語" not in pressing


def test_nothing_waits(db: None, officer_client: Client) -> None:
    assert MemberState.objects.count() == 0
    response = officer_client.get("/admin/")
    assert (response.context["queue"], "Nothing waits." in response.content.decode()) == ([], True)


@pytest.mark.usefixtures("everything_waits")
def test_administrator_sees_all_but_the_sheets_of_others(administrator_client: Client) -> None:
    assert {*queue(administrator_client)} == {words for words in EXPECTED if not words.startswith("Sheet")}


@pytest.mark.usefixtures("everything_waits")
def test_staff_without_a_role_sees_nothing(officer: Person) -> None:
    user = UserFactory(is_staff=True)
    give_second_factor(user)
    assert queue(signed_in(user)) == {}
    RoleGrant.objects.filter(person=officer).update(withdrawn_at=timezone.now())
    assert work_queue(type(user).objects.get(pk=user.pk)) == []


def test_page_asks_the_database_as_often_however_much_waits(everything_waits: None, officer_client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert officer_client.get("/admin/").status_code == 200
        return len(captured)

    asked()
    first = asked()
    for _row in range(5):
        BiosphereReserveFactory(summary="More")
        PartnerFactory()
        _mail(100 + _row, "failed", timezone.now())
        ApplicationFactory(state="submitted", submitted_at=timezone.now())
    asked()  # the numbers of clocks and duplicates are worked out anew, and kept
    assert (first, asked()) == (QUERIES, QUERIES)


QUERIES = 51
