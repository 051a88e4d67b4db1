"""Decisions that are held: nobody outside sees them, seats are kept, letting go and calling back are each one act."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from notifications import mailings
from notifications.models import Mail, Mailing
from tests.factories import MemberStateFactory, PersonFactory, RoleGrantFactory, SeatClassFactory, UserFactory
from tests.people import signed_in
from trainings.applications.log import PERSON_READS, STATE_READS, log_of
from trainings.models import Application, SeatClass, SelectionDecision, Training
from trainings.selection import holding, letting_go, scoring, selecting
from trainings.selection.choices import Choice
from trainings.workflow import progress, seats

from .test_desk import applicant, training

__all__ = ["training"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def two_seats(training: Training) -> SeatClass:
    return SeatClassFactory(training=training, seats=2)


def choice(application: Application) -> Choice:
    now = Application.objects.get(pk=application.pk)
    decision = now.decisions.held().first()  # type: ignore[attr-defined]
    return Choice(now.pk, now.version, decision.pk if decision else 0)


def held(training: Training, to: str, *people: Application, **facts: Any) -> list[SelectionDecision]:
    return holding.hold(
        training=training,
        to=to,
        chosen=[choice(one) for one in people],
        by=facts.pop("by", None) or UserFactory(),
        **facts,
    )


def stands(application: Application) -> dict[str, Any]:
    """All of an application that anybody but the office can see."""
    return Application.objects.filter(pk=application.pk).values().get()


def test_held_decision_changes_nothing_that_anybody_outside_can_see(
    training: Training, two_seats: SeatClass, focal_point: Person
) -> None:
    person = PersonFactory(name="Bold", user=UserFactory())
    one = applicant(training, "Anna", wanted_class=two_seats)
    Application.objects.filter(pk=one.pk).update(person=person, member_state=focal_point.member_state)
    before = stands(one)
    pages = [
        (signed_in(person.user), "/me/applications/"),
        (signed_in(person.user), f"/me/applications/{one.reference}/"),
        (signed_in(focal_point.user), f"/me/applications/{training.slug}/{one.reference}/"),
    ]
    seen = [_words(client, page) for client, page in pages]
    (decision,) = held(training, "selected", one, reason="A concrete plan", person_reads=True)
    assert decision.seat_class == two_seats
    assert stands(one) == before
    assert [_words(client, page) for client, page in pages] == seen
    for reads in (PERSON_READS, STATE_READS):
        assert log_of(one, reads=reads, reader=None) == []
    assert not Mail.objects.exists()


def _words(client: Client, page: str) -> str:
    response = client.get(page)
    assert response.status_code == 200, page
    text = response.content.decode()
    return text[text.index("<main") : text.index("</main>")].replace(str(response.context["csrf_token"]), "")


def test_notes_points_edits_and_the_focal_points_word_leave_a_held_decision_as_it_is(
    training: Training, two_seats: SeatClass
) -> None:
    one = applicant(training, "Bold", wanted_class=two_seats)
    held(training, "reserve_list", one, reason="Next time")
    before = SelectionDecision.objects.values().get()
    scoring.score(application=one, officer=UserFactory(), points=1, note="Weak")
    progress.endorse(application=one, by=UserFactory(is_staff=True, is_superuser=True))
    progress.shortlist(application=one, by=None)
    progress.take_off_shortlist(application=one, by=None)
    training.nominations_close_at = timezone.now() + dt.timedelta(days=1)
    training.save()
    assert SelectionDecision.objects.values().get() == before


def test_held_selections_keep_their_seats_and_caps_from_everybody(training: Training, two_seats: SeatClass) -> None:
    mongolia = MemberStateFactory(code="MN")
    people = [applicant(training, name, code) for name, code in (("Bold", "MN"), ("Anna", "RU"), ("Ken", "JP"))]
    held(training, "selected", *people[:2], seat_class=two_seats)
    assert seats.seat_counts(training).classes[two_seats.pk].taken == 2
    with pytest.raises(ValidationError, match="All 2 seats"):
        held(training, "selected", people[2], seat_class=two_seats)
    with pytest.raises(ValidationError, match="All 2 seats"):
        progress.select(application=people[2], seat_class=two_seats, by=None)
    holding.take_back(training=training, chosen=[choice(people[1])], by=UserFactory())
    training.caps.create(member_state=mongolia, most=1)
    with pytest.raises(ValidationError, match="Mongolia may get 1"):
        held(training, "selected", applicant(training, "Tuya"), seat_class=two_seats)
    held(training, "selected", people[2], seat_class=two_seats)


def test_database_keeps_held_seats_whoever_writes(training: Training, two_seats: SeatClass) -> None:
    people = [applicant(training, name) for name in ("Bold", "Tuya", "Saran")]
    held(training, "selected", *people[:2], seat_class=two_seats)
    until = timezone.now() + dt.timedelta(days=5)
    writes = [
        lambda: SelectionDecision.objects.create(application=people[2], to_state="selected", seat_class=two_seats),
        lambda: Application.objects.filter(pk=people[2].pk).update(state="selected", seat_class=two_seats, answer_by=until),
        lambda: Application.objects.filter(pk=people[0].pk).update(state="withdrawn"),
        lambda: SeatClass.objects.filter(pk=two_seats.pk).update(seats=1),
        lambda: training.caps.create(member_state_id="MN", most=1),
        lambda: SelectionDecision.objects.create(
            application=people[2], to_state="reserve_list", seat_class=SeatClassFactory()
        ),
        lambda: SelectionDecision.objects.create(application=people[0], to_state="not_selected"),
        lambda: SelectionDecision.objects.create(application=applicant(training, "Gone", state="withdrawn"), to_state="not_selected"),
    ]  # fmt: skip
    for write in writes:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_freed_seat_goes_neither_to_who_is_decided_about_nor_over_held_seats(
    training: Training, two_seats: SeatClass
) -> None:
    told, kept, waiting, next_one = (applicant(training, name) for name in ("Told", "Kept", "Waiting", "Next"))
    progress.select(application=told, seat_class=two_seats, by=None)
    for one in (waiting, next_one):
        progress.put_on_reserve_list(application=one, seat_class=two_seats, by=None)
    held(training, "selected", kept, seat_class=two_seats)
    held(training, "not_selected", waiting)
    progress.decline(application=told, by=None)
    assert [stands(one)["state"] for one in (waiting, next_one)] == ["reserve_list", "selected"]


def test_letting_go_writes_state_log_and_mails_at_once_and_calling_back_undoes_all_three(
    training: Training, two_seats: SeatClass
) -> None:
    point = PersonFactory(name="Focal", email="point@example.org", user=UserFactory())
    RoleGrantFactory(person=point, role="focal_point", member_state=MemberStateFactory(code="MN"))
    officer = UserFactory()
    chosen, reserve, refused = (applicant(training, name, wanted_class=two_seats) for name in ("Bold", "Tuya", "Saran"))
    held(training, "selected", chosen, reason="A concrete plan", person_reads=True)
    held(training, "reserve_list", reserve)
    held(training, "not_selected", refused)
    before = [{**stands(one), "version": None} for one in (chosen, reserve, refused)]
    mailing = letting_go.let_go(training=training, by=officer)
    assert mailing is not None
    assert [stands(one)["state"] for one in (chosen, reserve, refused)] == ["selected", "reserve_list", "not_selected"]
    assert log_of(chosen, reads=PERSON_READS, reader=None)[-1].reason == "A concrete plan"
    assert sorted(mailing.mails.values_list("kind", "email")) == [
        ("trainings.not_selected", "saran@example.org"), ("trainings.on_reserve_list", "tuya@example.org"),
        ("trainings.results_of_state", "point@example.org"), ("trainings.selected", "bold@example.org"),
    ]  # fmt: skip
    assert not SelectionDecision.objects.held().exists()
    assert mailings.call_back(mailing=mailing, by_id=officer.pk) == 4
    assert [{**stands(one), "version": None} for one in (chosen, reserve, refused)] == before
    for one in (chosen, reserve, refused):
        assert log_of(one, reads=STATE_READS, reader=None) == []
    assert not Mail.objects.exclude(state="dropped").exists()
    assert SelectionDecision.objects.held().count() == 3
    again = letting_go.let_go(training=training, by=officer)
    assert again is not None
    assert again.mails.filter(state="queued").count() == 4
    assert Mail.objects.filter(kind="trainings.seat_expiring", state="queued").count() == 1


def test_calling_back_leaves_who_was_told_and_who_has_acted(training: Training, two_seats: SeatClass) -> None:
    told, acted, other = (applicant(training, name, wanted_class=two_seats) for name in ("Told", "Acted", "Other"))
    held(training, "selected", told, acted)
    held(training, "not_selected", other)
    mailing = letting_go.let_go(training=training, by=UserFactory())
    assert mailing is not None
    progress.confirm(application=acted, by=None)
    mailing.mails.filter(subject_id=told.pk).update(state="sent", sent_at=timezone.now())
    mailings.call_back(mailing=mailing, by_id=None)
    assert [stands(one)["state"] for one in (told, acted, other)] == ["selected", "confirmed", "submitted"]
    assert [one.application_id for one in SelectionDecision.objects.held()] == [other.pk]


def test_only_some_decisions_are_let_go_and_what_cannot_go_stays_held(training: Training, two_seats: SeatClass) -> None:
    chosen, refused = (applicant(training, name, wanted_class=two_seats, endorsed=True) for name in ("Bold", "Tuya"))
    training.endorsement_required = True
    training.save()
    held(training, "selected", chosen)
    held(training, "not_selected", refused)
    Application.objects.filter(pk=chosen.pk).update(endorsed=False)
    found = letting_go.waiting(training)
    assert [(decision.application.person.name, why) for decision, why in found.staying] == [
        ("Bold", f"{chosen.reference} is not endorsed. This call selects endorsed people only.")
    ]
    assert letting_go.let_go(training=training, by=UserFactory(), only=["selected"]) is None
    assert Mailing.objects.count() == 0
    letting_go.let_go(training=training, by=UserFactory())
    assert [stands(one)["state"] for one in (chosen, refused)] == ["submitted", "not_selected"]
    assert SelectionDecision.objects.held().get().application == chosen


def test_whoever_withdraws_ends_the_decision_and_frees_its_seat(training: Training, two_seats: SeatClass) -> None:
    one = applicant(training, "Bold", wanted_class=two_seats)
    held(training, "selected", one)
    progress.withdraw(application=one, by=None)
    decision = SelectionDecision.objects.get()
    assert (decision.is_held, decision.ended_why) == (False, "The application was withdrawn.")
    assert seats.free_seats(two_seats) == 2


def test_decision_that_another_officer_has_changed_is_not_replaced_unseen(
    training: Training, two_seats: SeatClass
) -> None:
    one = applicant(training, "Bold", wanted_class=two_seats)
    seen = choice(one)
    held(training, "selected", one)
    with pytest.raises(ValidationError, match="has changed since you looked: it is “Selected” now"):
        holding.hold(training=training, to="not_selected", chosen=[seen], by=UserFactory())
    held(training, "not_selected", one)
    assert [one.ended_why for one in SelectionDecision.objects.order_by("pk")] == [
        "Another decision took its place.",
        "",
    ]


def test_decision_told_at_once_is_called_back_with_its_mail(training: Training, two_seats: SeatClass) -> None:
    """C19: calling back stopped the mail, and the application stayed selected."""
    one = applicant(training, "Bold", wanted_class=two_seats)
    mailing = selecting.decide(
        training=training, decision="select", chosen=[choice(one)], by=UserFactory(), seat_class=two_seats
    )
    assert mailing is not None
    mailings.call_back(mailing=mailing, by_id=None)
    assert stands(one)["state"] == "submitted"
    assert SelectionDecision.objects.held().get().to_state == "selected"


def test_letting_go_asks_the_database_once_for_all_that_wait(training: Training) -> None:
    many = SeatClassFactory(training=training, seats=50)
    held(training, "selected", *(applicant(training, f"P{n}") for n in range(12)), seat_class=many)
    with connection.execute_wrapper(_counting := Counting()):
        assert len(letting_go.waiting(training).ready) == 12
    assert _counting.queries == 1


class Counting:
    queries = 0

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.queries += 1
        return execute(*arguments)
