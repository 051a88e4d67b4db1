"""The weekly digest: asked for, never empty, once for each address and ISO week, on Monday morning where the reader is."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail as django_mail

from history.models import Change
from notifications.delivery import sending
from notifications.models import Address, Mail
from notifications.planning import plan, week_before, weekly_is_due
from opendata.news.whats_new import whats_new
from tests.factories import BiosphereReserveFactory, DocumentFactory, EventFactory

pytestmark = pytest.mark.django_db
THURSDAY = dt.datetime(2026, 11, 19, 12, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 11, 23, 0, 30, tzinfo=dt.UTC)  # 8:30 in Beijing, 3:30 in Moscow


def reader(zone: str = "Asia/Shanghai", wish: str = "weekly", **facts: Any) -> Address:
    number = Address.objects.count()
    return Address.objects.create(
        email=f"reader{number}@example.org", zone=zone, wishes={"digest": wish} if wish else {}, **facts
    )


def on_thursday(make: Any, **facts: Any) -> Any:
    """Something that became public in the week before."""
    last = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    record = make(**facts)
    Change.objects.filter(pk__gt=last).update(at=THURSDAY)
    return record


def planned_at(moment: dt.datetime) -> list[tuple[int, str]]:
    with time_machine.travel(moment, tick=False):
        plan()
    found = Mail.objects.filter(kind="opendata.digest").order_by("subject_id", "occurrence")
    return list(found.values_list("subject_id", "occurrence"))


@pytest.mark.parametrize(
    ("zone", "moment", "week"),
    [
        ("Asia/Shanghai", (2026, 11, 23, 7, 59), ""),
        ("Asia/Shanghai", (2026, 11, 23, 8, 0), "2026-W48"),
        ("Asia/Shanghai", (2026, 11, 29, 23, 59), "2026-W48"),
        ("Asia/Tokyo", (2027, 1, 1, 9, 0), "2026-W53"),
        ("Europe/Moscow", (2027, 1, 4, 8, 0), "2027-W01"),
    ],
)
def test_week_begins_on_monday_at_eight_where_the_reader_is(zone: str, moment: Any, week: str) -> None:
    with time_machine.travel(dt.datetime(*moment, tzinfo=ZoneInfo(zone)), tick=False):
        assert weekly_is_due(zone) == week


def test_week_before_ends_where_the_week_begins() -> None:
    assert week_before("2027-W01") == (
        dt.datetime(2026, 12, 28, tzinfo=dt.UTC), dt.datetime(2027, 1, 4, tzinfo=dt.UTC),
    )  # fmt: skip


def test_only_those_who_asked_and_for_whom_it_is_monday_morning() -> None:
    on_thursday(DocumentFactory)
    beijing, moscow = reader(), reader("Europe/Moscow")
    reader(wish="never")
    reader(wish="")
    reader(disabled_at=THURSDAY)
    assert planned_at(MONDAY) == [(beijing.pk, "2026-W48")]
    assert planned_at(MONDAY + dt.timedelta(hours=5)) == [(beijing.pk, "2026-W48"), (moscow.pk, "2026-W48")]


def test_planned_twice_it_is_written_once_and_again_the_week_after() -> None:
    on_thursday(DocumentFactory)
    address = reader()
    for hours in (0, 1, 60):
        assert planned_at(MONDAY + dt.timedelta(hours=hours)) == [(address.pk, "2026-W48")]
    DocumentFactory()
    Change.objects.filter(at__gt=THURSDAY + dt.timedelta(days=1)).update(at=THURSDAY + dt.timedelta(days=7))
    assert planned_at(MONDAY + dt.timedelta(days=7)) == [(address.pk, "2026-W48"), (address.pk, "2026-W49")]


def test_nothing_new_sends_nothing() -> None:
    reader()
    assert planned_at(MONDAY) == []


def test_what_became_public_in_the_week_is_new_and_nothing_else() -> None:
    event = on_thursday(EventFactory, title="New event")
    on_thursday(EventFactory, status="draft")
    on_thursday(EventFactory, is_sample=True)
    on_thursday(DocumentFactory, published=False)
    shown = DocumentFactory(published=False)
    announced = EventFactory(status="draft")
    BiosphereReserveFactory()
    Change.objects.exclude(at=THURSDAY).update(at=THURSDAY - dt.timedelta(days=20))
    on_thursday(lambda: type(shown).objects.filter(pk=shown.pk).update(published=True))
    on_thursday(lambda: type(announced).objects.filter(pk=announced.pk).update(status="announced"))
    on_thursday(lambda: type(event).objects.filter(pk=event.pk).update(venue="Ulaanbaatar"))
    found = {str(news.title): set(news.records) for news in whats_new(*week_before("2026-W48"))}
    assert found == {"Events": {event, announced}, "Documents": {shown}}


def test_long_list_ends_with_how_many_more() -> None:
    for _number in range(10):
        on_thursday(DocumentFactory)
    [news] = whats_new(*week_before("2026-W48"))
    assert (len(news.records), news.more) == (8, 2)
    reader()
    planned_at(MONDAY)
    with time_machine.travel(MONDAY + dt.timedelta(minutes=1)):
        assert sending.send_due() == sending.Pass(sent=1)
    assert "and 2 more" in django_mail.outbox[0].body


def test_what_was_taken_back_meanwhile_leaves_nothing_to_send() -> None:
    document = on_thursday(DocumentFactory)
    reader()
    planned_at(MONDAY)
    type(document).objects.update(published=False)
    with time_machine.travel(MONDAY + dt.timedelta(minutes=1)):
        assert sending.send_due() == sending.Pass(dropped=1)
    assert Mail.objects.get().drop_reason == "Nothing was new in this week."
