"""One page for each application: all that weighs, files opened in place, the acts with their reasons, the ways through the list."""

import datetime as dt
import io
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from PIL import Image

from accounts.models import Person
from notifications import mailings
from notifications.models import Mail, Mailing
from tests.factories import BiosphereReserveFactory, PersonFactory, UserFactory
from tests.people import signed_in
from tests.trainings.open_calls import CLOSES, NOW, ask, call, choices, seats
from tests.trainings.standing import in_state, state_of
from trainings.models import Application, SelectionDecision, Training
from trainings.selection import scoring
from trainings.workflow import application_files, progress

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_the_deadline")]


@pytest.fixture
def after_the_deadline() -> Any:
    with time_machine.travel(CLOSES + dt.timedelta(days=1), tick=False):
        yield


def page_of(one: Application, rest: str = "change/") -> str:
    return f"/admin/trainings/application/{one.pk}/{rest}"


def text_of(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, address
    return page.content.decode()


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 40), "white").save(out, kind)
    return out.getvalue()


def two_pages() -> bytes:
    out = io.BytesIO()
    pages = [Image.new("RGB", (300, 400), "white") for _n in range(2)]
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
    return out.getvalue()


def handed_in(one: Application, purpose: str, code: str, name: str, content: bytes) -> Any:
    return application_files.put(one, purpose=purpose, code=code, upload=SimpleUploadedFile(name, content))


def whole_application() -> Application:
    """Somebody with answers of both forms, files, an endorsement, points and an earlier training."""
    training = call(asks_presentation=True, endorsement_required=False)
    seat = seats(training, seats=2)
    ask(training, "aim", "long", label="What will you do with it?")
    ask(training, "fields", "many", choices=choices("birds", "fish"))
    ask(training, "letter", "file", label="Letter of support")
    ask(training, "diet", follow_up=True, label="What do you not eat?")
    ask(training, "passport", "file", follow_up=True, label="Passport")
    person = PersonFactory(
        name="Bold", native_name="Болд", position="Ecologist", organisation="Hustai", birth_year=1990
    )
    site = BiosphereReserveFactory(slug="lake", name="Great Lake")
    one = in_state(
        training, "confirmed", person=person, site=site, wanted_class=seat, endorsed=True, endorsement_rank=1,
        answers={"aim": "Count birds", "fields": ["fish"], "gone": "An old answer"}, follow_up={"diet": "No nuts"},
        may_be_listed=False,
    )  # fmt: skip
    one.steps.create(from_state="submitted", to_state="endorsed", reason="Knows the lake", reason_for="state")
    scoring.score(application=one, officer=UserFactory(), points=4, note="A concrete plan")
    in_state(call(slug="earlier", title="Earlier course"), "attended", person=person)
    return one


def test_page_shows_everything_that_was_answered_and_handed_in(officer_client: Client) -> None:
    """C2: no answers, position, files; follow-up answers readable nowhere; presentations not linked."""
    one = whole_application()
    letter = handed_in(one, "answer", "letter", "support.jpg", picture("JPEG"))
    photo = handed_in(one, "follow_up", "passport", "passport.png", picture("PNG"))
    handed_in(one, "presentation", "", "slides.txt", b"First slide")
    text = text_of(officer_client, page_of(one))
    for words in (
        "What will you do with it?", "Count birds", "Fish", "An old answer", "What do you not eat?", "No nuts", "Letter of support",
        "Ecologist", "Hustai", "Great Lake", "Болд", "Knows the lake", "A concrete plan", "Earlier course", "Presentation",
        "First slide", "Does not want to stand on the list", "Read by the secretariat alone", "1990",
    ):  # fmt: skip
        assert words in text, words
    for file in (letter, photo):
        assert f"/trainings/application-files/{file.pk}/pages/1.jpg" in text


@pytest.mark.stack
def test_pages_of_a_pdf_and_pictures_are_shown_as_pictures_of_our_own(officer_client: Client) -> None:
    one = whole_application()
    letter = handed_in(one, "answer", "letter", "support.pdf", two_pages())
    photo = handed_in(one, "follow_up", "passport", "passport.png", picture("PNG"))
    slides = handed_in(one, "presentation", "", "slides.pdf", b"%PDF-1.7 broken")
    text = text_of(officer_client, page_of(one))
    for address in (f"{letter.pk}/pages/1.jpg", f"{letter.pk}/pages/2.jpg", f"{photo.pk}/pages/1.jpg"):
        assert f"/trainings/application-files/{address}" in text
        drawn = officer_client.get(f"/trainings/application-files/{address}")
        assert Image.open(io.BytesIO(drawn.content)).format == "JPEG"
        assert (drawn["Cache-Control"], drawn["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    assert f"{slides.pk}/pages/" not in text
    assert "This file cannot be shown here" in text
    for address in (f"{letter.pk}/pages/3.jpg", f"{slides.pk}/pages/1.jpg", f"{letter.pk}/pages/99.jpg"):
        assert officer_client.get(f"/trainings/application-files/{address}").status_code == 404


@pytest.mark.stack
def test_pages_of_files_are_seen_by_whoever_may_have_the_file(focal_point: Person, stranger: Person) -> None:
    one = whole_application()
    photo = handed_in(one, "follow_up", "passport", "passport.png", picture("PNG"))
    letter = handed_in(one, "answer", "letter", "support.pdf", two_pages())
    pages = [f"/trainings/application-files/{file.pk}/pages/1.jpg" for file in (letter, photo)]
    assert [signed_in(focal_point.user).get(page).status_code for page in pages] == [200, 404]
    for client in (Client(), signed_in(stranger.user)):
        assert [client.get(page).status_code for page in pages] == [404, 404]


def listed(training: Training, count: int) -> list[Application]:
    return [
        in_state(training, "submitted", person=PersonFactory(name=f"P{number}"), wanted_class=training.seat_classes.get(),
                 submitted_at=NOW + dt.timedelta(minutes=number))
        for number in range(count)
    ]  # fmt: skip


def test_ten_are_read_and_decided_by_the_button_that_opens_the_next(officer_client: Client) -> None:
    """List, ten pages, list: twelve loads, a POST and its redirect counted as one."""
    training = call(endorsement_required=False)
    seats(training, seats=10)
    people = listed(training, 10)
    desk = f"/admin/trainings/training/{training.pk}/selection/?decided=open&sort=sent"
    loads = 1
    officer_client.get(desk)
    address = f"{page_of(people[0])}?decided=open&sort=sent"
    page = officer_client.get(address)
    loads += 1
    for number, one in enumerate(people):
        assert f"P{number}" in page.content.decode()
        form = page.context["decision"]
        data = {"seen": form["seen"].value(), "choice": f"select:{training.seat_classes.get().pk}", "then": "next"}
        page = officer_client.post(address, data, follow=True)
        address = page.redirect_chain[-1][0]
        loads += 1
        assert one.decisions.get().is_held  # type: ignore[attr-defined]
    assert loads == 12
    assert address == desk
    assert SelectionDecision.objects.held().count() == 10


def test_next_and_previous_follow_filter_and_order(officer_client: Client) -> None:
    training = call(endorsement_required=False)
    seats(training)
    first, second, third = listed(training, 3)
    for one, points in ((first, 1), (second, 5), (third, 3)):
        scoring.score(application=one, officer=UserFactory(), points=points)
    page = officer_client.get(f"{page_of(third)}?sort=score").context
    assert page["before_address"] == f"{page_of(second)}?sort=score"
    assert page["after_address"] == f"{page_of(first)}?sort=score"
    assert (page["place"].place, page["place"].of) == (2, 3)
    assert officer_client.get(f"{page_of(third)}?state=nonsense").status_code == 200
    stay = {"seen": page["decision"]["seen"].value(), "choice": "against", "then": "stay", "reason": "Weak"}
    done = officer_client.post(f"{page_of(third)}?sort=score", stay)
    assert done["Location"] == f"{page_of(third)}?sort=score"
    text = text_of(officer_client, page_of(third))
    assert "Decided and held: Not selected" in text
    assert text.index('value="stay"') < text.index('value="next"')  # the last choice is offered first
    stale = officer_client.post(page_of(third), {**stay, "choice": f"select:{training.seat_classes.get().pk}"})
    assert "has changed since you looked" in stale.content.decode()


def act(client: Client, one: Application, name: str, **facts: Any) -> Any:
    """Looks at the page of the act, sends it, and confirms where it shows first who is told."""
    page = client.get(page_of(one, f"act/{name}/"))
    assert page.status_code == 200, name
    data = {"version": Application.objects.get(pk=one.pk).version, "reason": "Visa refused", **facts}
    done = client.post(page_of(one, f"act/{name}/"), data)
    if done.status_code == 200 and "found" in done.context:
        assert state_of(one) == page.context["application"].state  # nothing is done by looking
        done = client.post(
            page_of(one, f"act/{name}/"), {**data, "confirm": "1", "seen": done.context["found"].fingerprint}
        )
    return done


@pytest.mark.parametrize(
    ("name", "becomes"), [("give-up", "withdrawn"), ("to-reserve", "reserve_list"), ("take-back", "not_selected")]
)
def test_confirmed_seat_is_taken_back_with_a_reason_and_goes_to_the_reserve_list_and_all_is_called_back_at_once(
    officer_client: Client, name: str, becomes: str
) -> None:
    """C19: no way for the officer to take a confirmed seat back."""
    training = call(endorsement_required=False)
    seat = seats(training, seats=1)
    one, waiting = in_state(training, "confirmed"), in_state(training, "reserve_list")
    assert act(officer_client, one, name, reason="", seat_class=seat.pk).status_code == 200
    assert state_of(one) == "confirmed"
    assert act(officer_client, one, name, seat_class=seat.pk).status_code == 302
    assert (state_of(one), state_of(waiting)) == (becomes, "selected")
    step = one.steps.get(to_state=becomes)
    assert (step.reason, step.reason_for, step.by is not None) == ("Visa refused", "office", True)
    mailing = Mailing.objects.get()
    told = "trainings.given_up" if name == "give-up" else "trainings.seat_taken_back"
    assert sorted(mailing.mails.values_list("kind", flat=True)) == sorted([told, "trainings.seat_offered"])
    mailings.call_back(mailing=mailing, by_id=None)
    assert (state_of(one), state_of(waiting)) == ("confirmed", "reserve_list")
    assert Application.objects.get(pk=waiting.pk).reserve_rank == 1
    assert not Mail.objects.filter(state="queued").exists()
    assert not SelectionDecision.objects.held().exists()


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_declined_and_withdrawn_are_reopened_by_an_act_that_is_logged(officer_client: Client, state: str) -> None:
    training = call(endorsement_required=False)
    seats(training, seats=1)
    one = in_state(training, state, endorsed=True)
    assert act(officer_client, one, "reopen", reason="She telephoned").status_code == 302
    now = Application.objects.get(pk=one.pk)
    assert (now.state, now.seat_class) == ("endorsed", None)
    assert one.steps.get().reason == "She telephoned"
    progress.withdraw(application=one, by=None)
    in_state(training, "submitted", person=one.person)
    refused = act(officer_client, one, "reopen")
    assert "The person has applied anew meanwhile" in refused.content.decode()


def test_no_state_is_a_dead_end_for_the_officer(officer_client: Client) -> None:
    """The kind of C19: from every state that is sent at least one act or decision leads on, before and after the start."""
    training = call(endorsement_required=False, title="Before")
    seats(training, seats=9)
    offered: dict[str, set[str]] = {}
    for state in Application.State.values:
        if state != "draft":
            one = in_state(training, state, **({"reserve_rank": 7} if state == "reserve_list" else {}))
            page = officer_client.get(page_of(one)).context
            offered[state] = {name for name, _act in page["acts"]} | ({"decide"} if page["decision"].offers else set())
    over = {"attended", "no_show", "completed"}  # the rule of attendance and the certificate lead on
    assert all(offered[state] for state in offered if state not in over), offered
    assert {"give-up", "to-reserve", "take-back"} <= offered["confirmed"] & offered["selected"]
    assert "unsay" in offered["endorsed"] & offered["not_endorsed"]
    for state in ("declined", "submitted", "reserve_list"):
        one = in_state(
            training, state, person=PersonFactory(), **({"reserve_rank": 8} if state == "reserve_list" else {})
        )
        training.starts_at = timezone.now() - dt.timedelta(hours=1)
        training.save()
        assert act(officer_client, one, "admit", seat_class=training.seat_classes.get().pk).status_code == 302
        assert state_of(one) == "confirmed"


def test_answer_is_corrected_for_the_applicant_and_the_log_says_so(officer_client: Client) -> None:
    one = whole_application()
    form = officer_client.get(page_of(one, "correct/")).context["form"]
    assert form["q-aim"].value() == "Count birds"
    data = {
        "version": one.version,
        "q-aim": "Count fish",
        "q-fields": ["birds", "fish"],
        "site": one.site_id,
        "wanted_class": one.wanted_class_id,
    }
    assert "Reason" in officer_client.post(page_of(one, "correct/"), data).content.decode()
    assert officer_client.post(page_of(one, "correct/"), {**data, "reason": "By telephone"}).status_code == 302
    one.refresh_from_db()
    assert one.answers == {"aim": "Count fish", "fields": ["birds", "fish"], "gone": "An old answer"}
    assert (
        one.steps.last().reason
        == "Corrected for the applicant: What will you do with it?, Question fields. By telephone"
    )  # type: ignore[union-attr]
    assert one.state == "confirmed"


def test_committee_gets_coded_rows_without_names_and_a_sheet_for_each(officer_client: Client) -> None:
    one = whole_application()
    one.person.email = "bold@example.org"
    one.person.save()
    base = f"/admin/trainings/training/{one.training_id}/selection/committee"
    book = load_workbook(io.BytesIO(b"".join(officer_client.get(f"{base}.xlsx").streaming_content)))
    heads, row = list(book["Applications"].values)
    found = dict(zip(heads, row, strict=True))
    assert found["reference"] == one.reference
    assert (found["q_fields"], found["q_aim"], found["age"], found["class_applied_for"]) == (
        "fish",
        "Count birds",
        "over_35",
        "full_onsite",
    )
    assert ("q_fields", "Question fields", "fish", "Fish") in list(book["Codes"].values)
    everything = " ".join(str(cell) for sheet in book for line in sheet.values for cell in line)
    for personal in ("Bold", "Болд", "bold@example.org", "1990", "No nuts", "Hustai"):
        assert personal not in everything
    sheet = officer_client.get(f"{base}.pdf")
    assert sheet.content.startswith(b"%PDF")
    empty = officer_client.get(f"{base}.pdf?member_state=MN&state=withdrawn")
    assert empty.status_code == 302


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"status": "draft", "nominations_close_at": CLOSES + dt.timedelta(days=9)}, "A draft: nobody can apply yet. Nominations are to close:"),
        ({"nominations_close_at": CLOSES + dt.timedelta(days=9)}, "Nominations close:"),
        ({}, "Nominations closed:"),
        ({"status": "cancelled"}, "The training was cancelled."),
    ],
)  # fmt: skip
def test_selection_says_what_is_true_of_the_deadline(officer_client: Client, facts: dict[str, Any], words: str) -> None:
    """C14: “Nominations closed” for a date to come."""
    training = call(**facts)
    assert words in text_of(officer_client, f"/admin/trainings/training/{training.pk}/selection/")


def test_page_of_an_application_asks_the_database_as_often_for_much_as_for_little(officer_client: Client) -> None:
    def queries(one: Application) -> int:
        with CaptureQueriesContext(connection) as caught:
            text_of(officer_client, page_of(one))
        return len(caught)

    training = call(endorsement_required=False)
    seats(training, seats=2)
    ask(training, "letter", "file")
    small, much = listed(training, 2)
    in_state(call(slug="first"), "attended", person=small.person)
    queries(small)  # the first fills the caches of content types
    few = queries(small)
    for number in range(6):
        much.steps.create(from_state="submitted", to_state="submitted", by=UserFactory(), reason=f"Note {number}")
        scoring.score(application=much, officer=UserFactory(), points=3)
        in_state(call(slug=f"earlier-{number}"), "attended", person=much.person)
    handed_in(much, "answer", "letter", "photo.png", picture("PNG"))
    listed(training, 20)
    assert queries(much) == few
    assert few <= 40


def test_draft_is_its_writers_own_also_on_the_officers_page(officer_client: Client) -> None:
    training = call()
    ask(training, "aim", "long")
    one = in_state(training, "draft", answers={"aim": "Not finished yet"})
    text = text_of(officer_client, page_of(one))
    assert "Not finished yet" not in text
    assert "its writer’s own" in text
    assert "Keep my points" not in text


def test_ways_above_pages_lead_to_the_hub(officer_client: Client) -> None:
    """Of an application, of letting go, of Django's own deletion and history: the training leads to its first part."""
    training = call()
    one = in_state(training, "endorsed")
    SelectionDecision.objects.create(application=one, to_state="not_selected", reason="Full")
    hub = f"/admin/trainings/training/{training.pk}/"
    for address in (
        f"/admin/trainings/application/{one.pk}/change/", f"{hub}selection/let-go/", f"{hub}selection/take-back/", f"{hub}reserve-list/",
        f"{hub}delete/",
    ):  # fmt: skip
        page = officer_client.get(address).content.decode()
        way = page.partition("admin-crumbs")[2].partition("</nav>")[0]
        assert f'href="{hub}"' in way, address
        assert "/change/" not in way, address
