"""The page behind the signed address of an application: what it says, and what each act does in each state."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from tests.factories import MemberStateFactory, PersonFactory, UserFactory
from tests.trainings.open_calls import NOW, START, ask, call
from tests.trainings.standing import STATES, in_state, state_of, text
from trainings.mails import signed_links
from trainings.models import Application, Certificate

pytestmark = pytest.mark.django_db

# What becomes of each state by each act; `refused` with these words, `-`: as it was, without complaint.
OUTCOME: dict[str, tuple[str, str, str]] = {
    # confirm, decline, withdraw
    "draft": ("refused", "refused", "withdrawn"),
    "submitted": ("refused", "refused", "withdrawn"),
    "endorsed": ("refused", "refused", "withdrawn"),
    "not_endorsed": ("refused", "refused", "withdrawn"),
    "shortlisted": ("refused", "refused", "withdrawn"),
    "selected": ("confirmed", "declined", "declined"),
    "not_selected": ("refused", "refused", "withdrawn"),
    "reserve_list": ("refused", "refused", "withdrawn"),
    "confirmed": ("-", "refused", "withdrawn"),
    "declined": ("refused", "-", "-"),
    "withdrawn": ("refused", "refused", "-"),
    "attended": ("refused", "refused", "refused"),
    "no_show": ("refused", "refused", "refused"),
    "completed": ("refused", "refused", "refused"),
}
ACTS = ("confirm", "decline", "withdraw")
OPEN = ("draft", "submitted", "endorsed", "not_endorsed", "shortlisted", "reserve_list", "confirmed")
OFFERED = {"selected": {"confirm", "decline"}, **{state: {"withdraw"} for state in OPEN}}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def address_of(one: Application) -> str:
    return signed_links.application_url(one).removeprefix(settings.SITE_URL)


@pytest.mark.sweep
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_act_by_direct_post(client: Client, state: str, act: str) -> None:
    one = in_state(call(), state)
    outcome = OUTCOME[state][ACTS.index(act)]
    response: Any = client.post(address_of(one), {"act": act, "sure": "on", "reason": "Fell ill"})
    if outcome == "refused":
        assert response.status_code == 200
        words = response.context["form"].non_field_errors()
        assert "cannot become" in words[0]
        assert "write to the secretariat" in words[1]
        assert "<title>Error:" in text(response)
        assert (state_of(one), one.steps.count()) == (state, 0)
    else:
        assert response["Location"] == address_of(one)
        expected = (state, 0) if outcome == "-" else (outcome, 1)
        assert (state_of(one), one.steps.count()) == expected


@pytest.mark.parametrize("state", STATES)
def test_page_offers_what_can_be_done_and_nothing_else(client: Client, state: str) -> None:
    one = in_state(call(), state)
    response: Any = client.get(address_of(one))
    assert set(response.context["acts"]) == OFFERED.get(state, set())
    page = text(response)
    assert {act for act in (*ACTS, "take-back") if f'value="{act}"' in page} == OFFERED.get(state, set())
    assert str(response.context["standing"].means) in page
    assert (state_of(one), one.steps.count()) == (state, 0)


@pytest.mark.parametrize(("state", "act"), [("selected", "decline"), ("confirmed", "withdraw"), ("draft", "withdraw")])
def test_giving_up_is_asked_twice(client: Client, state: str, act: str) -> None:
    one = in_state(call(), state)
    asked: Any = client.post(address_of(one), {"act": act})
    assert asked["Location"] == f"{address_of(one)}?ask={act}"
    assert state_of(one) == state
    page = text(client.get(asked["Location"]))
    assert "Yes, " in page
    assert "No, leave it as it is" in page
    assert state_of(one) == state


def test_wish_that_is_not_offered_is_not_asked_about(client: Client) -> None:
    one = in_state(call(), "selected")
    for wish in ("withdraw", "confirm", "nonsense"):
        assert "Yes, " not in text(client.get(f"{address_of(one)}?ask={wish}"))


def test_reason_that_is_too_long_is_said_at_the_field_and_kept(client: Client) -> None:
    one = in_state(call(), "confirmed")
    response: Any = client.post(address_of(one), {"act": "withdraw", "sure": "on", "reason": "x" * 1001})
    assert response.context["form"].errors.keys() == {"reason"}
    page = text(response)
    assert "x" * 1001 in page
    assert 'href="#id_reason"' in page
    assert state_of(one) == "confirmed"


@pytest.mark.parametrize("data", [{}, {"act": ""}, {"act": "select"}])
def test_what_is_no_act_is_refused_in_words(client: Client, data: dict[str, str]) -> None:
    one = in_state(call(), "selected")
    response: Any = client.post(address_of(one), data)
    assert "Choose one of the things that can be done on this page." in text(response)
    assert state_of(one) == "selected"


def test_taking_back_to_change_is_for_the_own_pages(client: Client) -> None:
    one = in_state(call(), "submitted")
    response: Any = client.post(address_of(one), {"act": "take-back"})
    assert response.context["form"].non_field_errors() == [
        "Sign in and open “My applications” to change what you have written."
    ]
    assert state_of(one) == "submitted"


@pytest.mark.parametrize(
    ("facts", "training", "words"),
    [
        ({"answer_by": NOW}, {}, "The time to confirm is over"),
        ({}, {"status": "cancelled"}, "The training was cancelled"),
        ({}, {"starts_at": NOW, "call_opens_at": None, "nominations_close_at": None}, "The training has begun"),
    ],
)
def test_too_late_is_said_with_what_to_do(
    client: Client, facts: dict[str, Any], training: dict[str, Any], words: str
) -> None:
    one = in_state(call(**training), "selected", **facts)
    assert "confirm" not in client.get(address_of(one)).context["acts"]
    response: Any = client.post(address_of(one), {"act": "confirm"})
    assert response.context["form"].non_field_errors()[0].startswith(words)
    assert "rite to the secretariat" in response.context["form"].non_field_errors()[1]
    assert state_of(one) == "selected"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", ["", "letter.pdf", "certificate.pdf"])
def test_forged_address_is_not_found(client: Client, method: str, page: str) -> None:
    one, other = in_state(call(), "selected"), call(slug="other")
    token = signed_links.token_of(one)
    for slug, forged in (
        ("course", f"{one.pk}:x"),
        ("course", str(one.pk)),
        ("course", token[:-1]),
        (other.slug, token),
    ):
        address = f"/trainings/{slug}/applications/{forged}/{page}"
        assert getattr(client, method)(address, {"act": "confirm"}).status_code in {404, 405}
    assert state_of(one) == "selected"


def test_offer_tells_seat_costs_and_both_clocks(client: Client) -> None:
    person = PersonFactory(name="Jin", time_zone="Asia/Tokyo", member_state=MemberStateFactory(code="JP"))
    training = call(costs="Travel and meals.\nNot the visa.")
    one = in_state(training, "selected", person=person)
    page = text(client.get(address_of(one)))
    for words in (
        "Jin", one.reference, "Fully funded, On site", "Travel and hotel", "Not the visa.",
        "Monday 8 March 2027, 13:00", "Paris, Europe/Paris (UTC+1)", "Monday 8 March 2027, 21:00", "Tokyo, Asia/Tokyo (UTC+9)",
    ):  # fmt: skip
        assert words in page


def test_log_tells_what_concerns_the_person(client: Client) -> None:
    one = in_state(call(), "endorsed")
    for was, to, reason, whose in (
        ("draft", "submitted", "", "person"),
        ("submitted", "not_endorsed", "Told to the person", "person"),
        ("not_endorsed", "endorsed", "Between committee and office", "state"),
        ("endorsed", "endorsed", "Passed over", "office"),
    ):
        one.steps.create(from_state=was, to_state=to, reason=reason, reason_for=whose)
    one.scores.create(officer=UserFactory(is_staff=True), points=5, note="Brilliant")
    page = text(client.get(address_of(one)))
    assert "Told to the person" in page
    for hidden in ("Between committee and office", "Passed over", "Brilliant"):
        assert hidden not in page


def test_links_lead_to_what_there_is(client: Client, clock: Any) -> None:
    training = call(letter_office="EABRN", letter_signatory="Oyun", starts_at=START)
    ask(training, "diet", follow_up=True)
    one = in_state(training, "confirmed")
    page = text(client.get(address_of(one)))
    assert f"{address_of(one)}follow-up/" in page
    letter: Any = client.get(f"{address_of(one)}letter.pdf")
    assert (letter.status_code, letter["Content-Type"]) == (200, "application/pdf")
    assert client.get(f"{address_of(one)}certificate.pdf").status_code == 404
    clock.move_to(START + dt.timedelta(days=3))
    Application.objects.update(state="completed")
    Certificate.objects.create(
        number="EABRN-26-ABCDE",
        activity=training,
        person=one.person,
        name=one.person.name,
        title="Course",
        dates="1 June",
    )
    page = text(client.get(address_of(one)))
    assert "/certificates/EABRN-26-ABCDE/" in page
    assert client.get(f"{address_of(one)}certificate.pdf")["Content-Type"] == "application/pdf"
    assert client.get(f"{address_of(one)}letter.pdf").status_code == 404
    Certificate.objects.update(revoked_at=NOW, revoke_reason="Wrong person")
    assert "certificate.pdf" not in text(client.get(address_of(one)))
    assert client.get(f"{address_of(one)}certificate.pdf").status_code == 404


def test_page_asks_the_same_for_one_step_and_for_three(client: Client, django_assert_num_queries: Any) -> None:
    one = in_state(call(), "selected")
    for _n in range(3):
        one.steps.create(to_state="submitted")
        with django_assert_num_queries(3):
            client.get(address_of(one))
        one.steps.create(to_state="submitted")
