"""What a focal point says of an application, and answers for people without an address: each act in each state."""

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
from tests.trainings.open_calls import NOW, call
from tests.trainings.standing import STATES, in_state, page_of, ranger, state_of, text
from trainings.models import Training

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]

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


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def training() -> Training:
    return call()


def data_of(act: str, seen: int = 0, **facts: str) -> dict[str, Any]:
    if act in ("endorse", "refuse"):
        return {"do": "endorsement", "decision": act, "reason": "Left the reserve", "seen": seen, **facts}
    return {"do": "behalf", "act": act, "reason": "Fell ill", "sure": "on", "seen": seen, **facts}


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
