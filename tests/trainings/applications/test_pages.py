"""Applying on the pages: written, kept as a draft, resumed, checked, sent; what is refused, and nothing typed is lost."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Person
from accounts.persons import consents
from notifications.models import Mail
from tests.factories import BiosphereReserveFactory, MemberStateFactory
from tests.people import signed_in
from tests.trainings.open_calls import CLOSES, FIELDS, NOW, PDF, ask, call, choices, seats
from trainings.models import Application, Training

pytestmark = pytest.mark.django_db
APPLY, CHECK = "/trainings/course/apply/", "/trainings/course/apply/check/"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def training() -> Training:
    MemberStateFactory(code="MN")
    training = call()
    ask(training, "why", "long", required=True, label="Why do you come?")
    ask(training, "been", "yes_no", required=True, label="Been before?")
    ask(training, "when", "number", required=True, label="In which year?", only_if={"question": "been", "answer": True})
    ask(training, "letter", "file", label="Letter")
    return training


@pytest.fixture
def jin(stranger: Person) -> Client:
    return signed_in(stranger.user)


def send(client: Client, do: str = "save", **facts: Any) -> Any:
    seen = Application.objects.order_by("-pk").values_list("version", flat=True).first()
    versions = {} if seen is None or "seen" in facts else {"seen": seen}
    return client.post(APPLY, {**FIELDS, **versions, "do": do, **facts})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def only() -> Application:
    return Application.objects.get()


def test_signed_out_reader_is_led_to_an_account_and_back(client: Client, training: Training) -> None:
    page = text(client.get(APPLY))
    assert "To apply you need an account" in page
    assert "/accounts/login/?next=/trainings/course/apply/" in page
    assert "/accounts/signup/?next=/trainings/course/apply/" in page
    answer = client.post(APPLY, FIELDS)
    assert answer["Location"] == "/accounts/login/?next=/trainings/course/apply/"
    assert client.get(CHECK)["Location"] == APPLY
    assert not Application.objects.exists()


def test_draft_is_kept_incomplete_and_resumed(jin: Client, training: Training, stranger: Person) -> None:
    assert send(jin, **{"q-been": "yes"})["Location"] == APPLY
    draft = only()
    assert (draft.state, draft.answers, draft.person, draft.nominated_by) == ("draft", {"been": True}, stranger, None)
    assert draft.reference.startswith("T27-")
    form = jin.get(APPLY).context["form"]
    assert form.initial["q-been"] == "yes"
    assert form["name"].value() == "Jin Park"
    assert draft.reference in text(jin.get("/me/applications/"))
    send(jin, **{"q-been": "yes", "q-why": "Birds", "q-when": "2019"})
    assert only().answers == {"been": True, "why": "Birds", "when": 2019}


def test_what_is_missing_is_said_and_what_is_right_is_kept(jin: Client, training: Training) -> None:
    answer = send(jin, "check", **{"q-been": "yes", "q-when": "soon", "q-why": "Birds", "organisation": ""})
    errors = answer.context["form"].errors
    assert set(errors) == {"q-when", "organisation"}
    page = text(answer)
    assert "<title>Error:" in page
    assert 'href="#id_q-when"' in page
    assert 'value="soon"' in page  # what was typed stays
    assert only().answers == {"been": True, "why": "Birds"}


def test_closed_question_is_neither_required_nor_kept(jin: Client, training: Training) -> None:
    answer = send(jin, "check", **{"q-been": "no", "q-when": "soon", "q-why": "Birds"})
    assert answer["Location"] == CHECK
    assert only().answers == {"been": False, "why": "Birds"}
    assert "In which year?" not in text(jin.get(CHECK))


def test_checked_and_sent_with_a_reference(jin: Client, training: Training) -> None:
    seat = seats(training)
    send(jin, "check", **{"q-been": "no", "q-why": "Birds & <lakes>", "wanted_class": seat.pk, "transfer": "on"})
    page = text(jin.get(CHECK))
    for words in ("Birds &amp; &lt;lakes&gt;", "Travel and hotel", "May be passed on", "Hustai", only().reference):
        assert words in page
    answer = jin.post(CHECK, {"seen": only().version}, follow=True)
    assert answer.redirect_chain == [(f"/me/applications/{only().reference}/", 302)]
    assert f"Sent. The reference is {only().reference}." in text(answer)
    assert (only().state, only().submitted_at, only().wanted_class) == ("submitted", NOW, seat)
    assert consents.holds(person=only().person, what="transfer")
    assert "You have applied already." in text(jin.get(APPLY))
    assert send(jin)["Location"] == APPLY
    assert only().state == "submitted"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"call_opens_at": NOW + dt.timedelta(days=1)}, "Not open yet."),
        ({"nominations_close_at": NOW}, "Closed."),
        ({"status": "cancelled"}, "It does not take place."),
        ({"call_opens_at": None, "nominations_close_at": None}, "No call is on record."),
    ],
)
def test_outside_the_call_nothing_is_begun(jin: Client, training: Training, facts: dict[str, Any], words: str) -> None:
    Training.objects.update(**facts)
    page = jin.get(APPLY)
    assert page.context["form"] is None
    assert words in text(page)
    assert send(jin).status_code == 200
    assert not Application.objects.exists()


def test_button_pressed_twice_is_answered_alike_and_sends_once(jin: Client, training: Training) -> None:
    send(jin, "check", **{"q-been": "no", "q-why": "Birds"})
    seen = {"seen": only().version}
    shown = []
    for _press in range(2):
        answer = jin.post(CHECK, seen, follow=True)
        shown.append((answer.redirect_chain, [str(message) for message in answer.context["messages"]]))
    assert shown[0] == shown[1]
    assert shown[0][1] == [f"Sent. The reference is {only().reference}."]
    assert only().steps.filter(to_state="submitted").count() == 1
    assert Mail.objects.filter(kind="trainings.received").count() == 1


def test_old_page_sends_nothing_that_was_written_and_sent_meanwhile(jin: Client, training: Training) -> None:
    send(jin, "check", **{"q-been": "no", "q-why": "Birds"})
    old = {"seen": only().version}
    send(jin, "check", **{"q-been": "no", "q-why": "Lakes"})
    jin.post(CHECK, {"seen": only().version})
    assert "has changed since you looked at it" in text(jin.post(CHECK, old, follow=True))


@pytest.mark.sweep
@pytest.mark.parametrize("zone", ["Asia/Almaty", "Asia/Tokyo", "Asia/Kamchatka"])
@pytest.mark.parametrize(("seconds", "state"), [(-1, "submitted"), (0, "draft"), (1, "draft")])
def test_deadline_counts_in_the_zone_of_the_rule_wherever_the_reader_is(
    jin: Client, training: Training, stranger: Person, clock: Any, zone: str, seconds: int, state: str
) -> None:
    send(jin, time_zone=zone, **{"q-been": "no", "q-why": "Birds"})
    clock.move_to(CLOSES + dt.timedelta(seconds=seconds))
    jin = signed_in(stranger.user)  # a session does not last as long
    page = text(jin.get(APPLY))
    assert "Wednesday 31 March 2027<br>23:59</time>" in page
    assert "Paris, Europe/Paris (UTC+2)" in page
    assert f"{zone} (UTC+" in page
    jin.post(CHECK, {"seen": only().version})
    assert only().state == state
    assert ("The deadline is over. What you wrote is kept as a draft." in text(jin.get(APPLY))) == (state == "draft")


def test_form_sent_too_late_keeps_the_draft_and_says_so(
    jin: Client, training: Training, stranger: Person, clock: Any
) -> None:
    send(jin)
    clock.move_to(CLOSES)
    jin = signed_in(stranger.user)
    answer = jin.post(
        APPLY, {**FIELDS, "seen": only().version, "do": "check", "q-been": "no", "q-why": "Late"}, follow=True
    )
    assert "The deadline is over. What you wrote is kept as a draft." in text(answer)
    assert (only().state, only().answers["why"]) == ("draft", "Late")


def test_seats_that_are_not_for_the_own_state_are_said_so_and_refused(jin: Client, training: Training) -> None:
    seat = seats(training)
    seat.only_states.add(MemberStateFactory(code="KZ"))
    send(jin)
    assert "Not for applicants of Mongolia." in text(jin.get(APPLY))
    answer = send(jin, "check", wanted_class=seat.pk, **{"q-been": "no", "q-why": "Birds"})
    assert "These seats are not for applicants of Mongolia." in text(answer)
    assert only().wanted_class is None


def test_facts_of_the_person_are_filled_in_and_kept_in_the_profile(
    jin: Client, training: Training, stranger: Person
) -> None:
    site = BiosphereReserveFactory(name="Hustai Nuruu")
    stranger.site_links.create(site=site)
    form = jin.get(APPLY).context["form"]
    assert (form["name"].value(), form["site"].value()) == ("Jin", f"reserve:{site.pk}")
    send(jin, site=f"reserve:{site.pk}", sex="female")
    stranger.refresh_from_db()
    assert (stranger.name, stranger.organisation, stranger.sex) == ("Jin Park", "Hustai", "female")
    assert only().site == site


def test_no_draft_without_a_member_state(jin: Client, training: Training) -> None:
    answer = send(jin, member_state="")
    assert set(answer.context["form"].errors) == {"member_state"}
    assert not Application.objects.exists()


def test_file_is_handed_in_replaced_and_taken_back(jin: Client, training: Training) -> None:
    wrong = {"q-when": "soon", "q-been": "yes"}
    send(jin, **{"q-letter": SimpleUploadedFile("My letter.pdf", PDF), **wrong})
    file = only().files.get()
    assert (file.name, file.kind, file.size) == ("My letter.pdf", "pdf", len(PDF))
    assert "My letter.pdf" in text(jin.get(APPLY))
    send(jin, **{"q-letter": SimpleUploadedFile("second.pdf", PDF)})
    assert only().files.get().name == "second.pdf"
    send(jin, detach=file.pk)
    assert not only().files.exists()


def test_what_somebody_else_has_changed_is_not_overwritten_silently(jin: Client, training: Training) -> None:
    send(jin, **{"q-why": "First"})
    old = only().version
    send(jin, **{"q-why": "Second window"})
    answer = send(jin, seen=old, **{"q-why": "Third"})
    page = text(answer)
    assert "has changed since you looked at it" in page
    assert "Second window" in page
    assert ">\nThird</textarea>" in page
    assert only().answers["why"] == "Second window"
    send(jin, seen=only().version, **{"q-why": "Third"})
    assert only().answers["why"] == "Third"


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "²"])
def test_nonsense_for_a_version_is_refused_not_an_error(jin: Client, training: Training, seen: str) -> None:
    send(jin)
    assert send(jin, seen=seen).status_code == 200
    assert jin.post(CHECK, {"seen": seen}).status_code == 302
    assert only().state == "draft"


def test_choices_carry_their_language_where_a_translation_is_missing(jin: Client, training: Training) -> None:
    ask(training, "site", "one", choices=choices("lake", "sea", lake={"ru": "Озеро"}), label="Where?")
    page = text(jin.get(APPLY))
    assert "Озеро" not in page
    assert "<span>Lake</span>" in page


def test_query_count_of_the_form_does_not_grow(jin: Client, training: Training, django_assert_num_queries: Any) -> None:
    send(jin)
    for number in (1, 2):
        for row in range(number):
            ask(training, f"more{number}{row}", "one", choices=choices("a", "b"))
            BiosphereReserveFactory()
        with django_assert_num_queries(20):
            jin.get(APPLY)
