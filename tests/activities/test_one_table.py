"""Events and trainings in one table: what is read through it, what the database refuses, what the history tells."""

from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import translation

from activities.models import Activity, Session
from events.models import Event
from history.actor import acting
from history.models import Change
from history.sentences import sentences
from tests.admin.pages import errors_of
from tests.factories import EventFactory, RegistrationFactory, TrainingFactory
from trainings.models import Certificate, Training
from typed_records.base import completed

pytestmark = pytest.mark.django_db


def rules_asked() -> None:
    """What waits for the end of the transaction is asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def session_of(activity: Activity) -> Session:
    return Session.objects.create(
        activity=activity, title="One", starts_at=activity.starts_at, ends_at=activity.ends_at
    )


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_activity_read_through_the_table_or_a_row_of_it_is_what_it_is_in_every_language(
    language: str, django_assert_num_queries: Any
) -> None:
    event = EventFactory(title_en="Lakes", title_ru="Озёра", outcomes_en="Waters", outcomes_ru="Воды")
    training = TrainingFactory(title_en="Course", title_ru="Курс", target_group_en="Rangers", target_group_ru="Егеря")
    rows = [session_of(event), session_of(training)]
    russian = language in ("ru", "kk")  # Kazakh falls back to Russian
    with translation.override(language):
        with django_assert_num_queries(1):
            found = list(Activity.objects.order_by("pk"))
            assert [type(one) for one in found] == [Event, Training]
            assert found == [event, training]
            assert [one.title for one in found] == (["Озёра", "Курс"] if russian else ["Lakes", "Course"])
        with django_assert_num_queries(1):
            assert found[0].outcomes == ("Воды" if russian else "Waters")
        with django_assert_num_queries(1):
            through = Session.objects.select_related("activity").order_by("pk")
            assert [type(row.activity) for row in through] == [Event, Training]
        with django_assert_num_queries(3):
            whole = completed(Activity.objects.order_by("pk"))
            assert whole[1].target_group == ("Егеря" if russian else "Rangers")
            assert whole[0].kind == "webinar"
        if language in ("en", "ru"):
            assert list(Activity.objects.filter(title="Озёра" if russian else "Lakes")) == [event]
        assert [type(Session.objects.get(pk=row.pk).activity) for row in rows] == [Event, Training]
        assert set(Event.objects.values_list("title", "outcomes")) == {
            ("Озёра", "Воды") if russian else ("Lakes", "Waters")
        }


def test_saving_what_was_read_through_the_table_leaves_the_rest_as_it_is() -> None:
    event = EventFactory(outcomes_en="Waters")
    through = Activity.objects.get()
    Event.objects.update(outcomes_en="Rivers")
    through.title_en = "Renamed"
    through.save()
    assert Event.objects.values_list("title_en", "outcomes_en", "kind").get(pk=event.pk) == (
        "Renamed", "Rivers", "webinar",
    )  # fmt: skip


def test_activity_of_no_type_or_without_its_own_row_is_refused() -> None:
    facts: dict[str, Any] = {"slug": "ghost", "title": "Ghost", "starts_at": EventFactory().starts_at}
    with pytest.raises(IntegrityError, match="known_type"), transaction.atomic():
        Activity.objects.create(**facts)
    for kind in ("event", "training"):
        with transaction.atomic():
            Activity.objects.create(**facts, activity_type=kind)
            with pytest.raises(IntegrityError, match=f"is of type {kind} and lacks a row"):
                rules_asked()
            transaction.set_rollback(True)


@pytest.mark.parametrize("statement", ["DELETE FROM events_event", "UPDATE activities_activity SET activity_type = 'training'"])  # fmt: skip
def test_half_of_an_event_cannot_be_taken_away(statement: str) -> None:
    EventFactory()
    rules_asked()
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(statement)
        with pytest.raises(IntegrityError):
            rules_asked()
        transaction.set_rollback(True)


def test_deleting_leaves_nothing_of_either_table() -> None:
    for make in (EventFactory, TrainingFactory):
        session_of(make())
    Event.objects.get().delete()
    Training.objects.all().delete()
    rules_asked()
    assert not Activity.objects.exists()
    assert not Session.objects.exists()


def test_a_registration_is_of_an_event_and_a_certificate_of_either() -> None:
    training, registration = TrainingFactory(), RegistrationFactory()
    Certificate.objects.create(number="C-1", activity=training, name="Bat", title="T", dates="D")
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("UPDATE events_registration SET event_id = %s", [training.pk])
        with pytest.raises(IntegrityError):
            rules_asked()
        transaction.set_rollback(True)
    assert registration.event.activity_type == "event"


def test_an_event_and_a_training_may_have_the_same_address_and_two_events_not(officer_client: Client) -> None:
    event, other = EventFactory(slug="lakes"), EventFactory(slug="rivers")
    TrainingFactory(slug="lakes")
    assert Activity.objects.filter(slug="lakes").count() == 2
    form = {
        "title_en": other.title, "slug": "lakes", "kind": "webinar", "status": "draft", "starts_at_0": "2030-10-01",
        "starts_at_1": "09:00", "start_precision": "minute", "timezone": "Asia/Ulaanbaatar", "confidence": "medium",
        "attendance_share": "75",
    }  # fmt: skip
    for rows in ("involvements", "site_links", "sessions", "join_links", "postponements"):
        form |= {f"{rows}-TOTAL_FORMS": "0", f"{rows}-INITIAL_FORMS": "0"}
    answer = officer_client.post("/admin/events/event/add/", form)
    assert answer.status_code == 200
    assert [line for line in errors_of(answer) if "address" in line.lower()]
    assert set(Event.objects.all()) == {event, other}


def test_one_edit_of_both_tables_is_one_line_of_the_history() -> None:
    event = EventFactory(title_en="Lakes", outcomes_en="Waters")
    with transaction.atomic(), acting(None):
        event.title_en, event.outcomes_en = "Rivers", "Streams"
        event.save()
    tables = Change.objects.of(event).filter(action="UPDATE").values_list("table_name", flat=True)
    assert sorted(tables) == ["activities_activity", "events_event"]
    [told] = [
        one for one in sentences(Change.objects.of(event).latest_first(), of=event) if one.change.action == "UPDATE"
    ]
    assert {(detail.old, detail.new) for detail in told.details} == {("Lakes", "Rivers"), ("Waters", "Streams")}


def test_the_history_page_offers_the_way_back_to_each_half(officer_client: Client) -> None:
    event = EventFactory(title_en="Lakes", outcomes_en="Waters")
    event.title_en = "Rivers"
    event.save()
    event.outcomes_en = "Streams"
    event.save()
    page = officer_client.get(f"/admin/events/event/{event.pk}/history/").content.decode()
    halves = {"activities_activity": "title_en", "events_event": "outcomes_en"}
    changes = [Change.objects.of(event).get(table_name=table, action="UPDATE") for table in halves]
    for change in changes:
        address = f"/admin/events/event/{event.pk}/history/{change.pk}/{halves[change.table_name]}/"
        assert address in page
        shown = officer_client.get(address)
        answer = officer_client.post(address, {"seen": shown.context["form"]["seen"].value(), "reason": "As it was"})
        assert answer.status_code == 302
    event.refresh_from_db()
    assert (event.title_en, event.outcomes_en) == ("Lakes", "Waters")
