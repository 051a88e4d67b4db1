"""A focal point's pages about applications: who sees them, what each act does in each state, what is hidden."""

from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.test import Client

from accounts.models import Person
from notifications.models import Mail
from tests.factories import MemberStateFactory, PersonFactory, RoleGrantFactory, UserFactory
from tests.me.conftest import WHO
from tests.people import signed_in
from tests.portal.test_queries import queries
from tests.trainings.calls import NOW, START, ask, call
from tests.trainings.standing import STATES, in_state, state_of
from trainings.models import Application, Training

pytestmark = pytest.mark.django_db

# endorse, do not endorse, confirm, decline, withdraw; `-`: done already, without complaint
ACTS = ("endorse", "refuse", "confirm", "decline", "withdraw")
OUTCOME: dict[str, tuple[str, ...]] = {
    "draft": ("404", "404", "404", "404", "404"),
    "submitted": ("endorsed", "not_endorsed", "refused", "refused", "withdrawn"),
    "endorsed": ("refused", "not_endorsed", "refused", "refused", "withdrawn"),
    "not_endorsed": ("endorsed", "refused", "refused", "refused", "withdrawn"),
    "shortlisted": ("refused", "refused", "refused", "refused", "withdrawn"),
    "selected": ("refused", "refused", "confirmed", "declined", "declined"),
    "not_selected": ("refused", "refused", "refused", "refused", "withdrawn"),
    "reserve_list": ("refused", "refused", "refused", "refused", "withdrawn"),
    "confirmed": ("refused", "refused", "-", "refused", "withdrawn"),
    "declined": ("refused", "refused", "refused", "-", "-"),
    "withdrawn": ("refused", "refused", "refused", "refused", "-"),
    "attended": ("refused", "refused", "refused", "refused", "refused"),
    "no_show": ("refused", "refused", "refused", "refused", "refused"),
    "completed": ("refused", "refused", "refused", "refused", "refused"),
}

QUERIES = {"calls": 14, "call": 16, "one": 21, "order": 14}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def training() -> Training:
    return call()


def ranger(care_of: Person, **facts: Any) -> Person:
    mongolia = MemberStateFactory(code="MN")
    person: Person = PersonFactory(
        **{"name": "Dorj", "email": "", "care_of": care_of, "member_state": mongolia, **facts}
    )
    return person


def page_of(one: Application) -> str:
    return f"/me/applications/{one.training.slug}/{one.reference}/"


def data_of(act: str, seen: int = 0, **facts: str) -> dict[str, Any]:
    if act in ("endorse", "refuse"):
        return {"do": "endorsement", "decision": act, "reason": "Left the reserve", "seen": seen, **facts}
    return {"do": "behalf", "act": act, "reason": "Fell ill", "sure": "on", "seen": seen, **facts}


def text(response: Any) -> str:
    return str(response.content.decode())


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


@pytest.mark.parametrize("act", ACTS)
def test_post_of_others_is_refused(
    act: str, clients: dict[str, Client], training: Training, focal_point: Person
) -> None:
    state = "submitted" if act in ("endorse", "refuse") else "selected"
    one = in_state(training, state, person=ranger(focal_point))
    for who in WHO:
        if who == "focal_point":
            continue
        response: Any = clients[who].post(page_of(one), data_of(act))
        assert response.status_code == (302 if who == "anonymous" else 404)
        assert (state_of(one), one.steps.count()) == (state, 0)
    done: Any = clients["focal_point"].post(page_of(one), data_of(act))
    assert done["Location"] == page_of(one)
    assert state_of(one) == OUTCOME[state][ACTS.index(act)]
    assert one.steps.get().by == focal_point.user


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_act_by_direct_post(state: str, act: str, training: Training, focal_point: Person) -> None:
    one = in_state(training, state, person=ranger(focal_point))
    outcome = OUTCOME[state][ACTS.index(act)]
    response: Any = signed_in(focal_point.user).post(page_of(one), data_of(act))
    if outcome == "404":
        assert response.status_code == 404
        outcome = state
    elif outcome == "refused":
        words = response.context["form"].non_field_errors()
        assert len(words) == 1
        assert "cannot become" in words[0] or "the focal point speaks before the secretariat decides" in words[0]
        assert "<title>Error:" in text(response)
        assert response.context["form"].data["reason"] in text(response)  # what was typed stays
        outcome = state
    else:
        assert response["Location"] == page_of(one)
        outcome = state if outcome == "-" else outcome
    assert state_of(one) == outcome
    assert one.steps.count() == (0 if outcome == state else 1)


@pytest.mark.parametrize("state", STATES[1:])
def test_page_offers_what_can_be_done(state: str, training: Training, focal_point: Person) -> None:
    one = in_state(training, state, person=ranger(focal_point))
    response: Any = signed_in(focal_point.user).get(page_of(one))
    assert bool(response.context["endorsement"]) is (state in ("submitted", "endorsed", "not_endorsed"))
    behalf = response.context["behalf"]
    offered = [act for act, _words in behalf.fields["act"].widget.choices] if behalf else []
    withdrawable = ("submitted", "endorsed", "not_endorsed", "shortlisted", "reserve_list", "confirmed")
    assert offered == (["confirm", "decline"] if state == "selected" else ["withdraw"] if state in withdrawable else [])


@pytest.mark.parametrize("act", ACTS[2:])
def test_nobody_answers_for_a_person_with_an_address(act: str, training: Training, focal_point: Person) -> None:
    one = in_state(training, "selected", person=PersonFactory(name="Jin"))
    bat = signed_in(focal_point.user)
    assert bat.get(page_of(one)).context["behalf"] is None
    response: Any = bat.post(page_of(one), data_of(act))
    assert response.context["form"].non_field_errors() == ["Jin has an address of their own and answers themselves."]
    assert state_of(one) == "selected"


def test_answer_for_a_ranger_is_told_to_the_committee(training: Training, focal_point: Person) -> None:
    one = in_state(training, "selected", person=ranger(focal_point))
    bat = signed_in(focal_point.user)
    unsure: Any = bat.post(page_of(one), {**data_of("confirm"), "sure": ""})
    assert unsure.context["form"].errors == {"sure": ["Ask the person first, then tick this."]}
    bat.post(page_of(one), data_of("confirm"))
    step = one.steps.get()
    assert (state_of(one), step.by) == ("confirmed", focal_point.user)
    assert Mail.objects.get(kind="trainings.confirmed").email == "bat@example.org"
    assert "by you" in text(bat.get(page_of(one)))
    assert django_mail.outbox == []


def test_too_late_to_confirm_is_said(training: Training, focal_point: Person) -> None:
    one = in_state(training, "selected", person=ranger(focal_point), answer_by=NOW)
    response: Any = signed_in(focal_point.user).post(page_of(one), data_of("confirm"))
    assert response.context["form"].non_field_errors()[0].startswith("The time to confirm is over")
    assert state_of(one) == "selected"


@pytest.mark.parametrize(
    ("facts", "words"), [({"status": "cancelled"}, "was cancelled"), ({"starts_at": NOW}, "has begun")]
)
@pytest.mark.parametrize("act", ["endorse", "refuse"])
def test_nothing_is_said_once_it_is_over(act: str, facts: Any, words: str, focal_point: Person) -> None:
    one = in_state(call(nominations_close_at=None, call_opens_at=None, **facts), "submitted")
    bat = signed_in(focal_point.user)
    assert bat.get(page_of(one)).context["endorsement"] is None
    response: Any = bat.post(page_of(one), data_of(act))
    assert words in response.context["form"].non_field_errors()[0]
    assert state_of(one) == "submitted"


def test_own_application_is_endorsed_by_somebody_else(training: Training, focal_point: Person) -> None:
    one = in_state(training, "submitted", person=focal_point)
    bat = signed_in(focal_point.user)
    assert "nobody endorses the own one" in text(bat.get(page_of(one)))
    response: Any = bat.post(page_of(one), data_of("endorse"))
    assert response.context["form"].non_field_errors() == [
        "You cannot endorse your own application. Ask the secretariat."
    ]
    assert state_of(one) == "submitted"
    colleague = PersonFactory(user=UserFactory(), name="Saruul")
    RoleGrantFactory(person=colleague, role="focal_point", member_state=MemberStateFactory(code="MN"))
    signed_in(colleague.user).post(page_of(one), data_of("endorse"))
    assert state_of(one) == "endorsed"


def test_refusal_without_a_reason_is_said_at_the_field(training: Training, focal_point: Person) -> None:
    one = in_state(training, "submitted")
    response: Any = signed_in(focal_point.user).post(page_of(one), {**data_of("refuse"), "reason": "  "})
    assert response.context["form"].errors == {"reason": ["Say why the application is not endorsed."]}
    page = text(response)
    assert 'href="#id_reason"' in page
    assert 'value="refuse" aria-describedby' in page or 'value="refuse"' in page
    assert state_of(one) == "submitted"


@pytest.mark.parametrize("seen", ["", "x", "-1"])
def test_form_without_a_version_is_too_old(seen: str, training: Training, focal_point: Person) -> None:
    one = in_state(training, "submitted")
    response: Any = signed_in(focal_point.user).post(page_of(one), {**data_of("endorse"), "seen": seen})
    assert "seen" in response.context["form"].errors
    assert state_of(one) == "submitted"


def test_what_changed_meanwhile_is_said_and_what_was_typed_is_kept(training: Training, focal_point: Person) -> None:
    one = in_state(training, "submitted", version=3)
    bat = signed_in(focal_point.user)
    response: Any = bat.post(page_of(one), data_of("refuse", seen=2))
    form = response.context["form"]
    assert "has changed since you looked at it" in form.non_field_errors()[0]
    assert "Left the reserve" in text(response)
    assert state_of(one) == "submitted"
    assert form.data["seen"] == "3"
    bat.post(page_of(one), form.data.dict())
    assert state_of(one) == "not_endorsed"


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
    assert "2 applications wait for your endorsement." in overview
    assert 'href="/me/applications/course/?state=submitted"' in overview


def test_own_application_does_not_wait_for_oneself(training: Training, focal_point: Person) -> None:
    in_state(training, "submitted", person=focal_point)
    assert "your endorsement" not in text(signed_in(focal_point.user).get("/me/"))
    in_state(training, "submitted")
    assert "1 application waits for your endorsement." in text(signed_in(focal_point.user).get("/me/"))


@pytest.mark.parametrize("facts", [{"status": "cancelled"}, {"published": False}, {"starts_at": NOW}])
def test_nothing_waits_once_a_call_is_over(facts: dict[str, Any], focal_point: Person) -> None:
    in_state(call(nominations_close_at=None, call_opens_at=None, **facts), "submitted")
    assert "your endorsement" not in text(signed_in(focal_point.user).get("/me/"))


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
