"""A focal point's pages about applications: who sees them, what is hidden, what is counted, the order of the endorsed."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import Person
from tests.factories import MemberStateFactory, PersonFactory, UserFactory
from tests.me.conftest import WHO
from tests.people import signed_in
from tests.portal.test_queries import queries
from tests.trainings.open_calls import NOW, START, ask, call
from tests.trainings.standing import in_state, page_of, ranger, text
from trainings.models import Application, Training

pytestmark = pytest.mark.django_db

QUERIES = {"calls": 8, "call": 11, "one": 15, "order": 9}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def training() -> Training:
    return call()


# officer, focal point of Mongolia, of Russia, steward, trainer, stranger, anonymous
SCREENS = {
    "/me/people/applications/": (200, 200, 200, 404, 404, 404, 302),
    "/me/applications/course/": (200, 200, 200, 404, 404, 404, 302),
    "/me/applications/course/order/": (404, 200, 200, 404, 404, 404, 302),
    "/me/applications/course/T27-AAAAA/": (200, 200, 404, 404, 404, 404, 302),
    "/me/applications/course/T27-DRAFT/": (404, 404, 404, 404, 404, 404, 302),
    "/me/applications/other/T27-AAAAA/": (404, 404, 404, 404, 404, 404, 302),
    "/me/applications/course/T27-NONE0/": (404, 404, 404, 404, 404, 404, 302),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_screen_shows_itself_to_those_it_is_for(screen: str, clients: dict[str, Client], training: Training) -> None:
    call(slug="other")
    in_state(training, "submitted", reference="T27-AAAAA")
    in_state(training, "draft", reference="T27-DRAFT")
    got = {who: clients[who].get(screen).status_code for who in WHO}
    assert got == dict(zip(WHO, SCREENS[screen], strict=True))


def test_page_hides_scores_reasons_of_the_office_and_the_follow_up(training: Training, focal_point: Person) -> None:
    ask(training, "why")
    ask(training, "passport", follow_up=True)
    one = in_state(
        training, "confirmed", answers={"why": "For the birds"}, follow_up={"passport": "Secret name"}, person=PersonFactory(sex="female")
    )  # fmt: skip
    one.scores.create(officer=UserFactory(is_staff=True), points=5, note="Brilliant")
    for was, to, reason, whose in (
        ("submitted", "endorsed", "Knows the lake", "state"),
        ("endorsed", "not_endorsed", "Told to the person", "person"),
        ("endorsed", "shortlisted", "Strong on paper", "office"),
        ("shortlisted", "shortlisted", "Passed over", "office"),
    ):
        one.steps.create(from_state=was, to_state=to, reason=reason, reason_for=whose)
    page = text(signed_in(focal_point.user).get(page_of(one)))
    for shown in ("For the birds", "Knows the lake", "Told to the person", "Shortlisted"):
        assert shown in page
    for hidden in ("Brilliant", "Strong on paper", "Passed over", "Secret name", "Female"):
        assert hidden not in page


def test_drafts_of_others_are_nowhere(training: Training, focal_point: Person) -> None:
    bat = signed_in(focal_point.user)
    jin = PersonFactory(name="Jin", member_state=MemberStateFactory(code="MN"))
    in_state(training, "draft", person=jin, reference="T27-JIN00")
    begun = in_state(training, "draft", person=ranger(focal_point), nominated_by=focal_point, reference="T27-DORJ0")
    assert list(bat.get("/me/people/applications/").context["page_obj"].object_list) == []
    page = text(bat.get("/me/applications/course/"))
    assert "T27-JIN00" not in page
    assert f"/me/people/{begun.person_id}/apply/course/" in page
    assert "T27-JIN00" not in text(bat.get(f"/me/people/{jin.pk}/"))
    assert "T27-DORJ0" in text(bat.get(f"/me/people/{begun.person_id}/"))
    assert bat.get("/me/applications/course/?state=draft").context["form"].errors.keys() == {"state"}


def test_calls_are_counted_for_the_own_state_and_those_that_wait_stand_first(focal_point: Person) -> None:
    late, early = call(slug="late", title="Late", starts_at=START.replace(year=2028)), call(title="Early")
    for state in ("endorsed", "confirmed", "not_endorsed"):
        in_state(late, state)
    for state in ("submitted", "submitted", "draft"):
        in_state(early, state)
    in_state(early, "submitted", code="RU")
    bat = signed_in(focal_point.user)
    calls = bat.get("/me/people/applications/").context["page_obj"].object_list
    found = [(one.title, one.sent, one.waiting, one.endorsed, one.with_seat) for one in calls]
    assert found == [("Early", 2, 2, 0, 0), ("Late", 3, 0, 1, 1)]
    overview = text(bat.get("/me/"))
    assert "Say whom you endorse: Early" in overview
    assert "2 applications" in overview
    assert 'href="/me/applications/course/?state=submitted"' in overview


def test_own_application_does_not_wait_for_oneself(training: Training, focal_point: Person) -> None:
    in_state(training, "submitted", person=focal_point)
    assert "Say whom you endorse" not in text(signed_in(focal_point.user).get("/me/"))
    in_state(training, "submitted")
    assert "1 application<" in text(signed_in(focal_point.user).get("/me/"))


@pytest.mark.parametrize("facts", [{"status": "cancelled"}, {"published": False}, {"starts_at": NOW}])
def test_nothing_waits_once_a_call_is_over(facts: dict[str, Any], focal_point: Person) -> None:
    in_state(call(nominations_close_at=None, call_opens_at=None, **facts), "submitted")
    assert "Say whom you endorse" not in text(signed_in(focal_point.user).get("/me/"))


def test_endorsed_people_are_put_into_an_order(training: Training, focal_point: Person) -> None:
    one, other, third = (in_state(training, "endorsed", person=PersonFactory(name=name)) for name in ("A", "B", "C"))
    in_state(training, "submitted", person=PersonFactory(name="Waits"))
    in_state(training, "endorsed", code="RU", person=PersonFactory(name="Russian"))
    bat, address = signed_in(focal_point.user), "/me/applications/course/order/"
    page = text(bat.get(address))
    assert "Waits" not in page
    assert "Russian" not in page
    seen = [f"{each.pk}:" for each in (one, other, third)]
    ranks = {f"MN-rank-{one.pk}": "2", f"MN-rank-{other.pk}": "1", f"MN-rank-{third.pk}": ""}
    assert bat.post(address, {"member_state": "MN", "seen": seen, **ranks})["Location"] == address
    found = {
        each.person.name: each.endorsement_rank for each in Application.objects.filter(member_state="MN", endorsed=True)
    }
    assert found == {"A": 2, "B": 1, "C": None}
    stale: Any = bat.post(address, {"member_state": "MN", "seen": seen, **ranks, f"MN-rank-{third.pk}": "7"})
    assert "have changed since you looked" in stale.context["form"].non_field_errors()[0]
    assert 'value="7"' in text(stale)
    assert f'value="{one.pk}:2"' in text(stale)
    wrong: Any = bat.post(address, {"member_state": "MN", "seen": seen, f"MN-rank-{one.pk}": "first"})
    assert wrong.context["form"].errors.keys() == {f"rank-{one.pk}"}


def test_order_of_another_state_is_not_found(
    training: Training, clients: dict[str, Client], focal_point: Person
) -> None:
    one = in_state(training, "endorsed")
    data = {"member_state": "MN", "seen": f"{one.pk}:", f"MN-rank-{one.pk}": "1"}
    for who in WHO:
        if who != "focal_point":
            expected = 302 if who == "anonymous" else 404
            assert clients[who].post("/me/applications/course/order/", data).status_code == expected
    assert Application.objects.get(pk=one.pk).endorsement_rank is None


def test_no_order_once_the_training_has_begun(focal_point: Person) -> None:
    one = in_state(call(starts_at=NOW, nominations_close_at=None, call_opens_at=None), "endorsed")
    data = {"member_state": "MN", "seen": f"{one.pk}:", f"MN-rank-{one.pk}": "1"}
    response: Any = signed_in(focal_point.user).post("/me/applications/course/order/", data)
    assert "has begun" in response.context["form"].non_field_errors()[0]


def test_pages_ask_the_same_for_one_row_and_for_three(focal_point: Person) -> None:
    training, bat = call(), signed_in(focal_point.user)
    ask(training, "why")
    bat.get("/me/")  # the first request of a session writes it down
    for number in range(1, 4):
        one = in_state(training, "endorsed", endorsement_rank=number, answers={"why": "x"})
        in_state(call(slug=f"course-{number}"), "submitted")
        for _n in range(number):
            one.steps.create(to_state="submitted", by=UserFactory())
        if number == 2:
            continue
        asked = {"calls": "/me/people/applications/", "call": "/me/applications/course/", "one": page_of(one)}
        asked["order"] = f"{asked['call']}order/"
        assert {name: queries(bat, address) for name, address in asked.items()} == QUERIES
