"""The survey: who is asked and reminded, answers that nobody can be told from, results that tell on nobody."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils.translation import override

from accounts.models import Person
from activities.models import Attendance
from events.models import Registration, Survey, SurveyAnswer, SurveyAnswered, SurveyQuestion
from events.participation import survey_results, surveys
from events.participation.forms import SurveyForm
from notifications.delivery import sending
from notifications.models import Mail
from tests.factories import EventFactory, PersonFactory, RegistrationFactory
from tests.people import show_factor

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 10, 6, tzinfo=dt.UTC)
TODAY = START + dt.timedelta(days=2)
LATER = dt.datetime(2026, 11, 25, 16, tzinfo=dt.UTC)  # an hour after it is closed


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(TODAY, tick=False) as clock:
        yield clock


@pytest.fixture
def survey() -> Survey:
    """Four questions, not yet opened, until the 25th."""
    event = EventFactory(starts_at=START, slug="lakes", title="Lakes", status="held", timezone="Asia/Tokyo")
    event.sessions.create(title="Birds", starts_at=START, ends_at=START + dt.timedelta(minutes=30))
    survey = Survey.objects.create(event=event, last_day=dt.date(2026, 11, 25))
    make = survey.questions.create
    make(label="How was it?", kind="scale", required=True, order=1)
    make(label="Which parts?", kind="many", choices="Birds\nFish\nWater", order=2)
    make(label="Would you come again?", kind="yes_no", order=3)
    make(label="What else?", kind="text", order=4)
    return survey


def coming(survey: Survey, number: int = 1) -> list[Registration]:
    return [RegistrationFactory(event=survey.event) for _number in range(number)]


def fields(survey: Survey) -> list[str]:
    return [f"q{question.pk}" for question in survey.questions.all()]


def send(client: Client, survey: Survey, registration: Registration, scale: str = "4", text: str = "Fine") -> Any:
    how, which, again, else_ = fields(survey)
    data = {how: scale, which: ["1", "3"], again: "1", else_: text}
    return client.post(f"/join/{registration.join_token}/survey/", data, follow=True)


def kinds() -> list[tuple[str, str, str]]:
    return [(mail.kind, mail.recipient_key, mail.state) for mail in Mail.objects.order_by("pk")]


def test_everybody_with_a_place_is_asked_as_long_as_attendance_is_not_known(survey: Survey) -> None:
    there, _other = coming(survey, 2)
    RegistrationFactory(event=survey.event, state="cancelled")
    RegistrationFactory()
    assert surveys.asked(survey).count() == 2
    Attendance.objects.create(session=survey.event.sessions.get(), person=there.person, minutes=3)
    assert [one.pk for one in surveys.asked(survey)] == [there.pk]


def test_opening_writes_to_everybody_asked_in_a_mailing(survey: Survey) -> None:
    [one] = coming(survey)
    mailing = surveys.open_survey(survey=survey, by=None)
    assert mailing is not None
    assert kinds() == [("events.survey", f"person:{one.person_id}", "queued")]
    survey.refresh_from_db()
    assert (survey.opened_at, survey.mailing) == (TODAY, mailing)
    with pytest.raises(ValidationError, match="opened already"):
        surveys.open_survey(survey=survey, by=None)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda survey: survey.questions.all().delete(), "no question yet"),
        (
            lambda survey: type(survey.event).objects.update(starts_at=LATER, ends_at=None, end_precision=""),
            "not begun",
        ),
        (lambda survey: Survey.objects.update(last_day=dt.date(2026, 11, 11)), "is past"),
    ],
)
def test_survey_that_makes_no_sense_is_not_opened(survey: Survey, change: Any, words: str) -> None:
    change(survey)
    with pytest.raises(ValidationError, match=words):
        surveys.open_survey(survey=survey, by=None)


def test_answers_are_counted_without_the_person(survey: Survey, client: Client) -> None:
    [one] = coming(survey)
    surveys.open_survey(survey=survey, by=None)
    assert "Thank you." in send(client, survey, one).content.decode()
    how, which, again, else_ = survey.questions.all()
    assert {(answer.question, answer.choice, answer.text) for answer in SurveyAnswer.objects.all()} == {
        (how, 4, ""), (which, 1, ""), (which, 3, ""), (again, 1, ""), (else_, None, "Fine"),
    }  # fmt: skip
    [mark] = SurveyAnswered.objects.all()
    assert (mark.registration, mark.day) == (one, dt.date(2026, 11, 12))


def test_answers_and_marks_have_nothing_in_common(survey: Survey, client: Client) -> None:
    """No column of an answer says who, when or in which order; and the rows of marks are not in the order of answering."""
    assert {field.name for field in SurveyAnswer._meta.get_fields()} == {"id", "question", "text", "choice"}
    people = coming(survey, 12)
    surveys.open_survey(survey=survey, by=None)
    for one in people:
        send(client, survey, one)
    with connection.cursor() as cursor:
        cursor.execute("SELECT registration_id FROM events_surveyanswered ORDER BY ctid")
        stored = [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM events_surveyanswered")
        assert cursor.fetchone() == (1,), "all marks are of the last transaction"
    assert sorted(stored) == [one.pk for one in people]
    assert stored != [one.pk for one in people]


def test_somebody_answers_once(survey: Survey, client: Client) -> None:
    [one] = coming(survey)
    surveys.open_survey(survey=survey, by=None)
    send(client, survey, one)
    answer = send(client, survey, one, text="Again")
    assert "Your answers have been counted already." in answer.content.decode()
    assert not SurveyAnswer.objects.filter(text="Again").exists()


def test_missing_answer_is_told_and_the_rest_kept(survey: Survey, client: Client) -> None:
    [one] = coming(survey)
    surveys.open_survey(survey=survey, by=None)
    text = send(client, survey, one, scale="").content.decode()
    assert "How was it?: This field is required." in text
    assert ">\nFine</textarea>" in text
    assert not SurveyAnswered.objects.exists()


def test_choice_that_does_not_exist_is_refused(survey: Survey, client: Client) -> None:
    [one] = coming(survey)
    surveys.open_survey(survey=survey, by=None)
    assert "Select a valid choice" in send(client, survey, one, scale="6").content.decode()


def test_survey_is_not_found_before_it_is_opened_and_closed_after_its_last_day(
    survey: Survey, client: Client, clock: Any
) -> None:
    [one] = coming(survey)
    address = f"/join/{one.join_token}/survey/"
    assert client.get(address).status_code == 404
    surveys.open_survey(survey=survey, by=None)
    clock.move_to(dt.datetime(2026, 11, 25, 14, 59, tzinfo=dt.UTC))  # 23:59 in Tokyo
    assert "Send the answers" in client.get(address).content.decode()
    clock.move_to(dt.datetime(2026, 11, 25, 15, 0, tzinfo=dt.UTC))
    assert "The survey is closed." in client.get(address).content.decode()
    send(client, survey, one)
    assert not SurveyAnswer.objects.exists()


def test_who_has_no_place_does_not_answer(survey: Survey, client: Client) -> None:
    waiting = RegistrationFactory(event=survey.event, state="waiting")
    coming(survey)
    surveys.open_survey(survey=survey, by=None)
    assert send(client, survey, waiting).status_code == 404


def test_questions_are_shown_wholly_in_one_language(survey: Survey) -> None:
    for question in survey.questions.all():
        question.label_ru = f"Вопрос {question.order}"
        question.save()
    with override("ru"):
        assert SurveyForm(survey=survey).language == "en", "the choices are still English"
        SurveyQuestion.objects.filter(kind="many").update(choices_ru="Птицы\nРыбы\nВода")
        form = SurveyForm(survey=survey)
    assert form.language == "ru"
    which = form[fields(survey)[1]]
    assert (which.label, [label for _number, label in which.field.choices]) == ("Вопрос 2", ["Птицы", "Рыбы", "Вода"])


def test_choices_of_a_translation_are_as_many_as_in_english(survey: Survey) -> None:
    question = survey.questions.get(kind="many")
    question.choices_ru = "Птицы\nРыбы"
    with pytest.raises(ValidationError, match="as many lines"):
        question.full_clean()


def test_reminder_goes_to_those_only_who_have_not_answered(survey: Survey, client: Client, clock: Any) -> None:
    answered, silent = coming(survey, 2)
    surveys.open_survey(survey=survey, by=None)
    with pytest.raises(ValidationError, match="not gone out yet"):
        surveys.remind(survey=survey, by=None)
    clock.move_to(TODAY + dt.timedelta(hours=1))
    sending.send_due()
    send(client, survey, answered)
    for _time in range(2):
        surveys.remind(survey=survey, by=None)
    reminders = [key for kind, key, _state in kinds() if kind == "events.survey_reminder"]
    assert reminders == [f"person:{silent.person_id}"] * 2


def test_mail_to_somebody_who_answered_meanwhile_is_dropped(survey: Survey, client: Client, clock: Any) -> None:
    one, _other = coming(survey, 2)
    surveys.open_survey(survey=survey, by=None)
    send(client, survey, one)
    clock.move_to(TODAY + dt.timedelta(hours=1))
    sending.send_due()
    assert [state for _kind, _key, state in kinds()] == ["dropped", "sent"]


# Results ------------------------------------------------------------------------------------------------------------------


def answered(survey: Survey, number: int, scale: str = "4", text: str = "Fine") -> None:
    client = Client()
    for one in coming(survey, number):
        send(client, survey, one, scale, text)


def opened(survey: Survey) -> Survey:
    coming(survey)
    surveys.open_survey(survey=survey, by=None)
    return Survey.objects.get()


def test_results_wait_until_the_survey_is_closed(survey: Survey, officer_client: Client, clock: Any) -> None:
    survey = opened(survey)
    answered(survey, 6)
    address = f"/admin/events/survey/{survey.pk}/results/"
    text = officer_client.get(address).content.decode()
    assert "6 of 7 people asked have answered." in text
    assert "Fine" not in text
    assert officer_client.get(f"/admin/events/survey/{survey.pk}/results.csv").status_code == 404


def test_results_are_figures_once_five_have_answered(survey: Survey, clock: Any) -> None:
    survey = opened(survey)
    answered(survey, 4, "5", "Good")
    answered(survey, 1, "2", "")
    clock.move_to(LATER)
    scale, many, yes_no, text = survey_results.figures(survey)
    assert (scale.answers, scale.mean) == (5, 4.4)
    assert [(line.count, line.percent) for line in scale.lines] == [(0, 0), (1, 20), (0, 0), (0, 0), (4, 80)]
    assert [(line.label, line.count) for line in many.lines] == [("Birds", 5), ("Fish", 0), ("Water", 5)]
    assert [(line.label, line.count) for line in yes_no.lines] == [("Yes", 5), ("No", 0)]
    assert text.withheld, "four of the five wrote something"
    assert text.texts == []


def test_four_answers_are_withheld_altogether(
    survey: Survey, officer: Person, officer_client: Client, clock: Any
) -> None:
    survey = opened(survey)
    answered(survey, 4)
    clock.move_to(LATER)
    show_factor(officer_client, officer.user)
    assert [figure.withheld for figure in survey_results.figures(survey)] == [True] * 4
    answer = officer_client.get(f"/admin/events/survey/{survey.pk}/results.csv")
    text = answer.getvalue().decode("utf-8-sig")
    assert "Fine" not in text
    assert text.count("withheld: fewer than 5 answers") == 4


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_results_are_a_download(survey: Survey, officer: Person, officer_client: Client, clock: Any, kind: str) -> None:
    survey = opened(survey)
    answered(survey, 5)
    clock.move_to(LATER)
    show_factor(officer_client, officer.user)
    answer = officer_client.get(f"/admin/events/survey/{survey.pk}/results.{kind}")
    assert answer.status_code == 200
    content = answer.getvalue()
    answer.close()
    if kind == "csv":
        lines = content.decode("utf-8-sig").splitlines()
        assert lines[0] == "question,kind,answer,number,percent"
        assert "How was it?,Scale from 1 to 5,4,5,100" in lines


# In the admin -------------------------------------------------------------------------------------------------------------


def test_officer_sees_the_mails_before_they_are_written(survey: Survey, officer_client: Client) -> None:
    coming(survey, 2)
    address = f"/admin/events/survey/{survey.pk}/open/"
    text = officer_client.get(address).content.decode()
    assert "2 mails would go out." in text
    assert "/join/…/survey/" in text
    assert [one.join_token in text for one in Registration.objects.all()] == [False, False]
    assert not Mail.objects.exists()
    assert officer_client.post(address).status_code == 302
    assert Mail.objects.filter(kind="events.survey").count() == 2


def test_reminder_before_the_survey_is_open_is_told(survey: Survey, officer_client: Client) -> None:
    answer = officer_client.get(f"/admin/events/survey/{survey.pk}/remind/", follow=True)
    assert "The survey is not open." in answer.content.decode()


def test_questions_are_made_in_the_admin_and_frozen_once_asked(officer_client: Client) -> None:
    event = EventFactory(starts_at=START, status="held")
    RegistrationFactory(event=event, person=PersonFactory())
    row = {"label_en": "How was it?", "kind": "scale", "order": "0"}
    data = {
        "event": event.pk, "last_day": "2026-11-25", "questions-TOTAL_FORMS": "1", "questions-INITIAL_FORMS": "0",
        **{f"questions-0-{key}": value for key, value in row.items()},
    }  # fmt: skip
    answer = officer_client.post("/admin/events/survey/add/", data)
    assert answer.status_code == 302, answer.context["error_summary"]
    survey = Survey.objects.get()
    surveys.open_survey(survey=survey, by=None)
    page = officer_client.get(f"/admin/events/survey/{survey.pk}/change/").content.decode()
    assert "How was it?" in page
    assert 'name="questions-0-label_en"' not in page
