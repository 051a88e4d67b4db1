"""Certificates: who gets one, what is printed, one for each person, the same number when printed anew."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Person, User
from activities.models import Attendance, Session
from notifications import mailings
from notifications.models import Mail
from tests.factories import EventFactory, PersonFactory, RegistrationFactory, UserFactory
from tests.trainings.held import HOUR, START, held_training, taking_part
from trainings.certificates import certifying
from trainings.certificates.words import WORDS, day_words
from trainings.models import Application, ApplicationFile, Certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return UserFactory()


def test_issue_prints_facts_and_completes_the_application(by: User) -> None:
    training = held_training(title_ru="Наблюдение за озёрами")
    application = taking_part(training, "attended", name="Bat", native_name="Бат", native_language="mn", language="ru")
    made = certifying.issue(activity=training, person=application.person, by=by)
    made.refresh_from_db()
    assert (made.name, made.native_name, made.native_language) == ("Bat", "Бат", "mn")
    assert (made.title, made.dates, made.hours) == ("Наблюдение за озёрами", "4–5 мая 2026 г.", Decimal(4))
    assert (made.language, made.activity, made.issued_by) == ("ru", training, by)
    application.refresh_from_db()
    assert application.state == "completed"
    assert [(step.to_state, step.by) for step in application.steps.all()] == [("completed", by)]


def test_certificate_is_whole_in_english_where_the_title_is_not_known_in_the_language(by: User) -> None:
    training = held_training()
    person = taking_part(training, "attended", language="ja").person
    made = certifying.issue(activity=training, person=person, by=by)
    assert (made.language, made.title, made.dates) == ("en", "Monitoring of lakes", "4–5 May 2026")


def test_sample_is_printed_as_one(by: User) -> None:
    training = held_training(is_sample=True)
    made = certifying.issue(activity=training, person=taking_part(training, "attended").person, by=by)
    assert made.title == "Sample: Monitoring of lakes"


def test_issuing_twice_gives_the_same_one(by: User) -> None:
    training = held_training()
    person = taking_part(training, "attended").person
    first = certifying.issue(activity=training, person=person, by=by)
    assert certifying.issue(activity=training, person=person, by=None) == first
    assert certifying.issue_all(activity=training, by=by) == []
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "state", "words"),
    [
        ({"gives_certificates": False}, "attended", "No certificates are given"),
        ({"status": "announced"}, "attended", "once it was held"),
        ({"start_precision": "month"}, "attended", "day is not known"),
        ({}, "confirmed", "has not taken part"),
        ({}, "no_show", "has not taken part"),
        ({}, "selected", "has not taken part"),
    ],
)
def test_issue_is_refused(facts: dict[str, Any], state: str, words: str, by: User) -> None:
    training = held_training(**facts)
    person = taking_part(training, state).person
    with pytest.raises(ValidationError, match=words):
        certifying.issue(activity=training, person=person, by=by)
    assert not Certificate.objects.exists()


def test_everybody_who_attended_gets_one_and_nobody_else(by: User) -> None:
    training = held_training()
    for state in ("attended", "completed", "confirmed", "no_show", "declined"):
        taking_part(training, state, name=state)
    erased = taking_part(training, "attended", name="–", email="").person
    Person.objects.filter(pk=erased.pk).update(erased_at=START)
    assert [one.name for one in certifying.issue_all(activity=training, by=by)] == ["attended", "completed"]


def webinar(*minutes: int) -> tuple[Any, list[Person]]:
    event = EventFactory(
        title="Lakes",
        starts_at=START,
        ends_at=START + HOUR,
        end_precision="minute",
        status="held",
        gives_certificates=True,
    )
    session = Session.objects.create(activity=event, title="One", starts_at=START, ends_at=START + HOUR)
    people = [PersonFactory(name=f"P{number}") for number in range(len(minutes))]
    for person, number in zip(people, minutes, strict=True):
        RegistrationFactory(event=event, person=person)
        Attendance.objects.create(session=session, person=person, minutes=number)
    return event, people


def test_webinar_certifies_whoever_reached_the_share(by: User) -> None:
    event, (there, _short) = webinar(45, 44)
    [made] = certifying.issue_all(activity=event, by=by)
    assert (made.person, made.activity, made.hours) == (there, event, Decimal("1.0"))


def test_reissue_keeps_number_and_takes_the_name_anew(by: User) -> None:
    training = held_training()
    person = taking_part(training, "attended", name="Bta").person
    made = certifying.issue(activity=training, person=person, by=by)
    Person.objects.filter(pk=person.pk).update(name="Bat", native_name="Бат")
    assert Certificate.objects.get().name == "Bta"
    again = certifying.reissue(certificate=made, by=by)
    assert (again.number, again.name, again.native_name, again.native_language) == (made.number, "Bat", "Бат", "en")
    assert again.reissued_at is not None
    assert Certificate.objects.count() == 1


def test_revoked_is_neither_printed_anew_nor_given_again(by: User) -> None:
    training = held_training()
    person = taking_part(training, "attended").person
    made = certifying.issue(activity=training, person=person, by=by)
    with pytest.raises(ValidationError, match="Say why"):
        certifying.revoke(certificate=made, reason=" ", by=by)
    revoked = certifying.revoke(certificate=made, reason="Another person.", by=by)
    assert (revoked.revoked_by, revoked.revoke_reason) == (by, "Another person.")
    for refused in (
        lambda: certifying.reissue(certificate=made, by=by),
        lambda: certifying.revoke(certificate=made, reason="Again", by=by),
        lambda: certifying.issue(activity=training, person=person, by=by),
    ):
        with pytest.raises(ValidationError, match="revoked"):
            refused()
    assert certifying.issue_all(activity=training, by=by) == []


def test_nothing_is_printed_anew_for_somebody_who_was_erased(by: User) -> None:
    training = held_training()
    made = certifying.issue(activity=training, person=taking_part(training, "attended").person, by=by)
    Certificate.objects.update(person=None)
    with pytest.raises(ValidationError, match="erased"):
        certifying.reissue(certificate=made, by=by)


def test_everybody_is_told_once_for_each_printing(by: User) -> None:
    training = held_training()
    focal = PersonFactory(name="Focal", email="focal@example.org")
    own = taking_part(training, "attended", name="Own", email="own@example.org").person
    taking_part(training, "attended", name="In care", email="", care_of=focal)
    revoked = taking_part(training, "attended", name="Revoked").person
    certifying.issue_all(activity=training, by=by)
    certifying.revoke(certificate=Certificate.objects.get(person=revoked), reason="Wrong.", by=by)
    found = mailings.rehearse(lambda: certifying.send(activity=training, by=by))
    assert found.total == 2
    certifying.send(activity=training, by=by)
    certifying.send(activity=training, by=by)
    assert sorted(Mail.objects.values_list("email", flat=True)) == ["focal@example.org", "own@example.org"]
    certifying.reissue(certificate=Certificate.objects.get(person=own), by=by)
    certifying.send(activity=training, by=by)
    assert Mail.objects.filter(email="own@example.org").count() == 2


def test_nobody_to_tell_opens_no_mailing(by: User) -> None:
    assert certifying.send(activity=held_training(), by=by) is None


def test_words_are_whole_in_every_language() -> None:
    assert set(WORDS) == {"en", "zh-hans", "ja", "ko", "mn", "ru", "kk"}
    for words in WORDS.values():
        assert words.keys() == WORDS["en"].keys()
        assert all(value for name, value in words.items() if name != "months")
        assert len(words["months"]) in (0, 12)


@pytest.mark.parametrize(
    ("language", "one", "days", "months", "years"),
    [
        ("en", "4 May 2026", "4–5 May 2026", "4 May – 2 June 2026", "4 May 2026 – 1 January 2027"),
        ("zh-hans", "2026年5月4日", "2026年5月4日至5日", "2026年5月4日至6月2日", "2026年5月4日至2027年1月1日"),
        ("ja", "2026年5月4日", "2026年5月4日～5日", "2026年5月4日～6月2日", "2026年5月4日～2027年1月1日"),
        ("ko", "2026년 5월 4일", "2026년 5월 4일~5일", "2026년 5월 4일~6월 2일", "2026년 5월 4일~2027년 1월 1일"),
        ("mn", "2026.05.04", "2026.05.04 – 2026.05.05", "2026.05.04 – 2026.06.02", "2026.05.04 – 2027.01.01"),
        ("ru", "4 мая 2026 г.", "4–5 мая 2026 г.", "4 мая – 2 июня 2026 г.", "4 мая 2026 г. – 1 января 2027 г."),
        ("kk", "2026 жылғы 4 мамыр", "2026 жылғы 4–5 мамыр", "2026 жылғы 4 мамыр – 2 маусым", "2026 жылғы 4 мамыр – 2027 жылғы 1 қаңтар"),
    ],
)  # fmt: skip
def test_days_as_each_language_writes_them(language: str, one: str, days: str, months: str, years: str) -> None:
    first = dt.date(2026, 5, 4)
    lasts = (None, dt.date(2026, 5, 5), dt.date(2026, 6, 2), dt.date(2027, 1, 1))
    assert [day_words(first, last, language) for last in lasts] == [one, days, months, years]


def presented(application: Application) -> None:
    ApplicationFile.objects.create(
        application=application, purpose="presentation", file="a.pdf", name="a.pdf", kind="pdf", size=1
    )


def test_who_has_not_uploaded_the_presentation_asked_for_gets_no_certificate_yet(by: User) -> None:
    training = held_training(asks_presentation=True)
    made = {name: taking_part(training, "attended", name=name) for name in ("Uploaded", "Missing")}
    presented(made["Uploaded"])
    ApplicationFile.objects.create(
        application=made["Missing"], purpose="follow_up", code="photo", file="b.pdf", name="b.pdf", kind="pdf", size=1
    )
    assert list(certifying.lacking(training)) == [made["Missing"]]
    with pytest.raises(ValidationError, match="The presentation of Missing is missing"):
        certifying.issue(activity=training, person=made["Missing"].person, by=by)
    assert [one.name for one in certifying.issue_all(activity=training, by=by)] == ["Uploaded"]
    presented(made["Missing"])
    assert [one.name for one in certifying.issue_all(activity=training, by=by)] == ["Missing"]


def test_presentation_counts_only_where_it_is_asked_for(by: User) -> None:
    training = held_training()
    taking_part(training, "attended", name="Bat")
    assert not certifying.lacking(training).exists()
    assert [one.name for one in certifying.issue_all(activity=training, by=by)] == ["Bat"]


def test_officer_decides_otherwise_with_a_reason_that_is_kept(by: User) -> None:
    training = held_training(asks_presentation=True)
    application = taking_part(training, "attended", name="Bat")
    with pytest.raises(ValidationError, match="Say why"):
        certifying.issue_nevertheless(application=application, reason=" ", by=by)
    made = certifying.issue_nevertheless(application=application, reason="Showed it on paper.", by=by)
    assert (made.person, made.issued_by) == (application.person, by)
    [step] = application.steps.all()
    assert (step.to_state, step.reason, step.reason_for, step.by) == (
        "completed", "Showed it on paper.", "office", by,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="Nothing is missing here any more"):
        certifying.issue_nevertheless(application=application, reason="Again.", by=by)
    assert Certificate.objects.count() == 1


def test_decision_without_presentation_is_undone_where_no_certificate_can_be_given(by: User) -> None:
    training = held_training(asks_presentation=True, status="announced")
    application = taking_part(training, "attended")
    with pytest.raises(ValidationError, match="once it was held"):
        certifying.issue_nevertheless(application=application, reason="So.", by=by)
    application.refresh_from_db()
    assert (application.state, application.steps.count()) == ("attended", 0)
