"""The selection desk: who is shown and why, seats and balance as they stand, decisions about many with a look before."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person
from notifications.models import Mail, Mailing
from tests.factories import (
    ApplicationFactory,
    BiosphereReserveFactory,
    MemberStateFactory,
    PersonFactory,
    SeatClassFactory,
    TrainingFactory,
    UserFactory,
)
from tests.people import signed_in
from trainings.models import Application, SeatClass, SelectionDecision, Training
from trainings.selection import scoring, selecting
from trainings.selection.balance import balance_of
from trainings.selection.selecting import Choice
from trainings.workflow.seats import seat_counts

pytestmark = pytest.mark.django_db
NAMES = {"MN": "Mongolia", "RU": "Russian Federation", "JP": "Japan"}


@pytest.fixture
def training() -> Training:
    now = timezone.now()
    return TrainingFactory(
        starts_at=now + dt.timedelta(days=90), call_opens_at=now - dt.timedelta(days=30), deadline_zone="Europe/Paris",
        nominations_close_at=now - dt.timedelta(days=1), endorsement_required=False,
    )  # fmt: skip


@pytest.fixture
def seats(training: Training) -> SeatClass:
    return SeatClassFactory(training=training, seats=2)


def applicant(training: Training, name: str, code: str = "MN", **facts: Any) -> Application:
    person = PersonFactory(name=name, email=f"{name.lower()}@example.org", **facts.pop("person", {}))
    state = MemberStateFactory(code=code)
    sent = {"state": "submitted", "submitted_at": timezone.now(), "member_state": state}
    return ApplicationFactory(training=training, person=person, **{**sent, **facts})


def desk(training: Training) -> str:
    return f"/admin/trainings/training/{training.pk}/selection/"


def names_on(page: Any) -> list[str]:
    return [one.person.name for one in page.context["page_obj"]]


def decide(client: Client, training: Training, decision: str, *chosen: Application, **facts: Any) -> Any:
    data = {"decision": decision, "chosen": [f"{one.as_seen}:0" for one in chosen], **facts}
    return client.post(desk(training), data)


def test_desk_shows_what_weighs(officer_client: Client, training: Training, seats: SeatClass) -> None:
    site = BiosphereReserveFactory(slug="lake", name="Great Lake")
    one = applicant(
        training, "Bold", site=site, endorsed=True, endorsement_rank=2, wanted_class=seats,
        person={"birth_year": 1995, "sex": "male", "organisation": "Lake Administration"},
    )  # fmt: skip
    applicant(training, "Never", state="draft", submitted_at=None)
    earlier = TrainingFactory(status="held")
    ApplicationFactory(training=earlier, person=one.person, state="attended", submitted_at=timezone.now())
    for points in (3, 4):
        scoring.score(application=one, officer=UserFactory(), points=points)
    page = officer_client.get(desk(training))
    text = page.content.decode()
    assert names_on(page) == ["Bold"]
    for words in ("Lake Administration", "Great Lake", "1995", "Rank 2", "3.5", "of 2 officers", "0 of 2 given"):
        assert words in text
    assert page.context["page_obj"][0].earlier == 1


def test_applicants_are_narrowed_and_ordered(officer_client: Client, training: Training, seats: SeatClass) -> None:
    year = training.starts_at.year
    young = applicant(training, "Young", endorsed=True, person={"birth_year": year - 20, "sex": "female"})
    applicant(training, "Older", code="RU", endorsed=False, person={"birth_year": year - 50, "sex": "male"})
    applicant(training, "Unsaid", code="JP", state="shortlisted", wanted_class=seats)
    scoring.score(application=young, officer=UserFactory(), points=1)
    ApplicationFactory(training=TrainingFactory(), person=young.person, state="completed", submitted_at=timezone.now())
    for query, names in {
        "age=youth": ["Young"], "age=none": ["Unsaid"], "endorsed=open": ["Unsaid"], "endorsed=yes&endorsed=no": ["Young", "Older"],
        "member_state=RU&member_state=JP": ["Older", "Unsaid"], "state=shortlisted": ["Unsaid"], "sex=male": ["Older"],
        "before=yes": ["Young"], "before=no": ["Older", "Unsaid"], f"wanted={seats.pk}": ["Unsaid"], "q=old": ["Older"],
        f"q={young.reference}": ["Young"], "sort=name": ["Older", "Unsaid", "Young"], "sort=score": ["Young", "Older", "Unsaid"],
    }.items():  # fmt: skip
        assert names_on(officer_client.get(f"{desk(training)}?{query}")) == names, query


def test_balance_counts_as_decisions_are_made(training: Training, seats: SeatClass, officer: Person) -> None:
    training.caps.create(member_state=MemberStateFactory(code="MN"), most=1)
    one = applicant(training, "Bold", wanted_class=seats, endorsed=True, person={"sex": "male"})
    applicant(training, "Anna", code="RU", wanted_class=seats, person={"sex": "female"})
    applicant(training, "Gone", state="withdrawn")

    def lines() -> dict[str, list[int]]:
        return {line.label: line.counts for part in balance_of(training, seat_counts(training)) for line in part.lines}

    assert lines()["Mongolia"] == [1, 1, 0, 0, 0]
    selecting.decide(
        training=training, decision="select", chosen=[Choice(one.pk, 0)], by=officer.user, seat_class=seats
    )  # fmt: skip
    found = lines()
    assert (found["Mongolia"], found["Male"], found["Female"]) == ([1, 1, 0, 1, 0], [1, 1, 0, 1, 0], [1, 0, 0, 0, 0])
    assert found["Fully funded, On site"] == [2, 1, 0, 1, 0]
    caps = {line.label: line.cap for part in balance_of(training, seat_counts(training)) for line in part.lines}
    assert caps["Mongolia"].taken == caps["Mongolia"].most == 1  # type: ignore[union-attr]


def test_decision_is_held_and_told_only_after_a_look_at_who_gets_which_mail_in_which_language(
    officer_client: Client, training: Training, seats: SeatClass
) -> None:
    one = applicant(training, "Bold", wanted_class=seats, person={"language": "zh-hans"})
    other = applicant(training, "Anna", code="RU", wanted_class=seats)
    against = applicant(training, "Ken", code="JP")
    assert decide(officer_client, training, "select", one, other).status_code == 302
    assert decide(officer_client, training, "against", against).status_code == 302
    assert "3 decisions are held back" in officer_client.get(desk(training)).content.decode()
    assert set(training.applications.values_list("state", flat=True)) == {"submitted"}
    page = officer_client.get(f"{desk(training)}let-go/")
    text = page.content.decode()
    for words in (
        "<b>2 people</b> are told: Selected",
        "bold@example.org",
        "简体中文",
        "Let 2 mails go",
        "Not selected: 1",
    ):
        assert words in text
    assert "ken@example.org" not in text  # those not selected are told when the officer says so
    assert not Mail.objects.exists()
    seen = page.context["found"].fingerprint
    facts = {"chosen": "1", "only": ["selected", "reserve_list"], "focal": "1"}
    changed = officer_client.post(f"{desk(training)}let-go/", {**facts, "seen": "forged", "confirm": "1"})
    assert "Nothing was done" in changed.content.decode()
    assert officer_client.post(f"{desk(training)}let-go/", {**facts, "seen": seen, "confirm": "1"}).status_code == 302
    assert sorted(training.applications.values_list("state", flat=True)) == ["selected", "selected", "submitted"]
    mailing = Mailing.objects.get()
    assert sorted(mailing.mails.values_list("email", "kind")) == [
        ("anna@example.org", "trainings.selected"), ("bold@example.org", "trainings.selected"),
    ]  # fmt: skip
    assert officer_client.post(f"{desk(training)}take-back/", {"seen": "5"}).status_code == 302
    assert SelectionDecision.objects.held().count() == 1
    officer_client.post(f"{desk(training)}take-back/", {"seen": "1"})
    assert not SelectionDecision.objects.held().exists()


def test_decision_about_all_that_match_is_shown_first_and_done_only_about_as_many_as_were_seen(
    officer_client: Client, training: Training, seats: SeatClass
) -> None:
    for name in ("Bold", "Tuya"):
        applicant(training, name, wanted_class=seats)
    applicant(training, "Anna", code="RU", wanted_class=seats)
    page = f"{desk(training)}?member_state=MN"
    everybody = {"decision": "reserve", "everybody": "1", "matched": "2"}
    looked = officer_client.post(page, everybody)
    text = looked.content.decode()
    assert "Decided about: Bold (MN), Tuya (MN)." in text
    assert "Nobody gets a mail." in text
    assert not SelectionDecision.objects.exists()
    wrong = officer_client.post(page, {**everybody, "matched": "7"})
    assert "The filter finds 2 applications now, not 7" in wrong.content.decode()
    done = officer_client.post(page, {**everybody, "confirm": "1", "seen": looked.context["found"].fingerprint})
    assert done.status_code == 302
    assert done["Location"].endswith("?member_state=MN")
    assert sorted(one.application.person.name for one in SelectionDecision.objects.held()) == ["Bold", "Tuya"]


def test_one_hindrance_stops_the_whole_decision_and_every_one_is_named(
    officer_client: Client, training: Training, seats: SeatClass
) -> None:
    people = [applicant(training, name, wanted_class=seats) for name in ("Bold", "Tuya", "Saran")]
    page = decide(officer_client, training, "select", *people)
    assert page.status_code == 200
    assert f"{people[2].reference}: All 2 seats" in page.content.decode()
    assert page.content.decode().count("checked") >= 3  # what was ticked stays ticked
    assert not SelectionDecision.objects.exists()


def test_decision_on_what_another_officer_has_changed_is_refused(
    officer_client: Client, training: Training, seats: SeatClass
) -> None:
    one = applicant(training, "Bold", wanted_class=seats)
    Application.objects.update(version=5, state="shortlisted")
    page = decide(officer_client, training, "against", one)
    assert "has changed since you looked at it" in page.content.decode()
    assert not SelectionDecision.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"decision": "select"}, "Choose at least one application."),
        ({"chosen": "1:0"}, "Choose what you decide."),
        ({"decision": "nonsense", "chosen": "1:0"}, "Select a valid choice"),
        ({"decision": "select", "chosen": "x"}, "The page has become too old"),
        ({"decision": "shortlist", "chosen": "999999:0"}, "no longer here"),
        ({"decision": "endorse", "chosen": "ONE"}, "Say by whom and when"),
        ({"decision": "select", "chosen": "ONE"}, "choose the class"),
        ({"decision": "reserve", "chosen": "ONE", "seat_class": "999"}, "Select a valid choice"),
        ({"decision": "unlist", "chosen": "ONE"}, "not on the short list"),
    ],
)
def test_bad_decisions_say_what_to_do(
    officer_client: Client, training: Training, seats: SeatClass, data: dict[str, str], words: str
) -> None:
    one = applicant(training, "Bold")
    page = officer_client.post(
        desk(training), {name: value.replace("ONE", one.as_seen) for name, value in data.items()}
    )
    assert page.status_code == 200
    assert words in page.content.decode()
    assert training.applications.get().state == "submitted"


def test_only_officers_come_to_the_desk(
    training: Training, seats: SeatClass, focal_point: Person, trainer: Person, steward: Person, stranger: Person
) -> None:
    one = applicant(training, "Bold", wanted_class=seats)
    pages = [desk(training), f"/admin/trainings/training/{training.pk}/reserve-list/",
             f"/admin/trainings/application/{one.pk}/change/"]  # fmt: skip
    pages += [f"{desk(training)}{page}" for page in ("let-go/", "take-back/", "committee.xlsx", "committee.pdf")]
    pages += [f"/admin/trainings/application/{one.pk}/{page}/" for page in ("correct", "act/withdraw")]
    for client in (Client(), *(signed_in(person.user) for person in (focal_point, trainer, steward, stranger))):
        for page in pages:
            assert client.get(page).status_code == 302, page
        assert decide(client, training, "shortlist", one).status_code == 302
        assert client.post(pages[2], {"score": "1", "points": 5}).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.scores.count()) == ("submitted", 0)


def test_officers_give_points_of_their_own(officer_client: Client, officer: Person, training: Training) -> None:
    one = applicant(training, "Bold")
    scoring.score(application=one, officer=UserFactory(), points=2)
    page = f"/admin/trainings/application/{one.pk}/change/"
    officer_client.post(page, {"score": "1", "points": "5", "note": "Strong"})
    assert sorted(one.scores.values_list("points", flat=True)) == [2, 5]
    officer_client.post(page, {"score": "1", "points": "9"})
    assert one.scores.get(officer=officer.user).points == 5
    officer_client.post(page, {"score": "1", "points": ""})
    assert list(one.scores.values_list("points", flat=True)) == [2]
    own = ApplicationFactory(training=training, person=officer, state="submitted", submitted_at=timezone.now())
    with pytest.raises(ValidationError, match="your own"):
        scoring.score(application=own, officer=officer.user, points=5)


def test_page_of_an_application_shows_log_and_reasons(
    officer_client: Client, training: Training, focal_point: Person
) -> None:
    one = applicant(training, "Bold")
    from_state = {"from_state": "submitted", "to_state": "endorsed", "by": focal_point.user}
    one.steps.create(**from_state, reason="Knows the lake", reason_for="state")
    text = officer_client.get(f"/admin/trainings/application/{one.pk}/change/").content.decode()
    assert "Knows the lake" in text
    assert "Focal point and secretariat" in text


def test_reserve_list_is_put_into_another_order(officer_client: Client, training: Training, seats: SeatClass) -> None:
    people = [applicant(training, name, state="reserve_list", seat_class=seats, reserve_rank=rank)
              for rank, name in enumerate(("Bold", "Tuya", "Saran"), start=1)]  # fmt: skip
    page = f"/admin/trainings/training/{training.pk}/reserve-list/"
    assert officer_client.get(page).status_code == 200
    seen = [one.pk for one in people]
    ranks = {f"{seats.pk}-rank-{pk}": rank for pk, rank in zip(seen, (3, 1, 2), strict=True)}
    officer_client.post(page, {"seat_class": seats.pk, "seen": seen, **ranks})
    assert [one.person.name for one in training.applications.reserve_list(seats)] == ["Tuya", "Saran", "Bold"]
    stale = officer_client.post(page, {"seat_class": seats.pk, "seen": seen, **ranks}, follow=True)
    assert "has changed since you looked at it" in stale.content.decode()
    wrong = officer_client.post(
        page, {"seat_class": seats.pk, "seen": seen, **ranks, f"{seats.pk}-rank-{seen[0]}": "x"}
    )
    assert "Enter a whole number" in wrong.content.decode()


def test_desk_asks_as_often_for_many_as_for_few(officer_client: Client, training: Training, seats: SeatClass) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert officer_client.get(desk(training)).status_code == 200
        return len(caught)

    for number in range(4):
        applicant(training, f"P{number}", code=("MN", "RU")[number % 2], wanted_class=seats)
    queries()  # the first fills the caches of content types
    few = queries()
    people = PersonFactory.build_batch(300)
    for number, person in enumerate(people):
        person.email, person.name = f"many{number}@example.org", f"Many {number}"
    Person.objects.bulk_create(people)
    Application.objects.bulk_create(
        Application(training=training, person=person, reference=f"M{number}", state="submitted", submitted_at=timezone.now(),
                    member_state_id=("MN", "RU")[number % 2], wanted_class=seats)
        for number, person in enumerate(people)
    )  # fmt: skip
    assert queries() == few


# What may be decided about an application in each state, as the domain has it; everything else is refused.
ALLOWED: dict[str, set[str]] = {
    "draft": set(),
    "submitted": {"shortlist", "select", "reserve", "against", "endorse", "not_endorse"},
    "endorsed": {"shortlist", "select", "reserve", "against", "not_endorse", "unsay"},
    "not_endorsed": {"shortlist", "select", "reserve", "against", "endorse", "unsay"},
    "shortlisted": {"unlist", "select", "reserve", "against"},
    "selected": set(), "confirmed": set(),  # told: taken back on the page of the application, with a reason
    "not_selected": {"shortlist", "select", "reserve"},
    "reserve_list": {"select", "against"},
    "declined": {"reopen"}, "withdrawn": {"reopen"},
    "attended": set(), "no_show": set(), "completed": set(),
}  # fmt: skip
TOLD_FIRST = {"endorse", "not_endorse"}
SAYS = re.compile(r"T26-\d+|no longer here")


@pytest.mark.sweep
@pytest.mark.parametrize("state", ALLOWED)
def test_each_decision_in_each_state_by_screen_and_by_direct_post(
    officer_client: Client, training: Training, seats: SeatClass, state: str
) -> None:
    sent = {"submitted_at": None} if state == "draft" else {}
    one = applicant(training, "Bold", state=state, wanted_class=seats, seat_class=seats, **sent,
                    reserve_rank=1 if state == "reserve_list" else None,
                    answer_by=timezone.now() + dt.timedelta(days=9) if state == "selected" else None)  # fmt: skip
    assert set(ALLOWED) == set(Application.State.values)
    facts = {"seat_class": seats.pk, "reason": "Because"}
    for decision in selecting.Decision.values:
        with transaction.atomic():
            page = decide(officer_client, training, decision, one, **facts)
            done = page.status_code == 302
            looked = not done and "admin/notifications/who_gets_what.html" in {part.name for part in page.templates}
            assert (done or looked) == (decision in ALLOWED[state]), decision
            assert looked == (decision in ALLOWED[state] & TOLD_FIRST), decision
            if not done:
                sent_at_once = decide(officer_client, training, decision, one, **facts, confirm="1", seen="forged")
                one.refresh_from_db()
                assert (one.state, one.steps.count()) == (state, 0), decision
            if not (done or looked):
                for refused in (page, sent_at_once):
                    assert any(SAYS.search(error) for error in refused.context["decision"].non_field_errors()), decision
            assert not Mail.objects.exists()
            transaction.set_rollback(True)


def test_balance_tells_the_sites_people_work_for(training: Training, seats: SeatClass) -> None:
    lake, capped = (
        BiosphereReserveFactory(slug=slug, name=name) for slug, name in (("lake", "Lake"), ("cap", "Capped"))
    )
    training.caps.create(site=capped, most=1)
    applicant(training, "Bold", site=lake, endorsed=True)
    applicant(training, "Anna", code="RU", site=lake)
    applicant(training, "Nowhere")
    part = next(part for part in balance_of(training, seat_counts(training)) if part.title == "Site")
    assert [(line.label, line.counts, line.cap and line.cap.most) for line in part.lines] == [
        ("Capped", [0, 0, 0, 0, 0], 1), ("Lake", [2, 1, 0, 0, 0], None),
    ]  # fmt: skip
