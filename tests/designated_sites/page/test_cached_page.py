"""The page of a site is kept for whoever is signed in: never older than the records, never with anything of a reader in it."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person
from activities.models import ActivitySite
from designated_sites.page import cached_page, views
from events.models import Event
from geoparks.models import Geopark
from history.versions import Version
from network.models import Document, MemberState
from records import cached as kept
from reserves.models import BiosphereReserve
from tests.factories import BiosphereReserveFactory, DocumentFactory, EventFactory, GeoparkFactory, TrainingFactory
from tests.people import signed_in

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
HERE = "/reserves/here/"


@pytest.fixture
def site() -> BiosphereReserve:
    """A reserve with something of everything its page can show."""
    joint = BiosphereReserveFactory(slug="joint", name="Joint", states=["MN", "RU"])
    site = BiosphereReserveFactory(
        slug="here", name="Here", states=["MN"], latitude=Decimal(45), longitude=Decimal(100), joint_reserve=joint,
        summary_en="A lake.", summary_ja="湖", other_designations=["ramsar"],
    )  # fmt: skip
    site.names.create(name="Энд", kind="local", language="mn")
    GeoparkFactory(slug="near", name="Near", latitude=Decimal(45), longitude=Decimal("100.5"))
    overlapping = GeoparkFactory(slug="over", name="Over")
    overlapping.overlapping_reserves.add(site)
    overlapping.names.create(name="Дээр", kind="local", language="mn")
    event = EventFactory(slug="talk", title="Talk")
    ActivitySite.objects.create(activity=event, site=site)
    event.documents.add(DocumentFactory(slug="report", title="Report"))
    ActivitySite.objects.create(activity=TrainingFactory(title="Course"), site=site)
    return site


def text(client: Client, address: str = HERE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def main(page: str) -> str:
    return page.split('<main id="main">')[1].split("</main>")[0]


def sql(statement: str) -> Callable[[], None]:
    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return write


CHANGES: dict[str, Callable[[], Any]] = {
    "record": sql("UPDATE designated_sites_designatedsite SET area_ha = 5 WHERE slug = 'here'"),
    "designations": sql("UPDATE designated_sites_designatedsite SET other_designations = '{world_heritage}' WHERE slug = 'here'"),
    "saved as it was": lambda: BiosphereReserve.objects.filter(slug="here").update(
        updated_at=timezone.now() - dt.timedelta(days=40)
    ),
    "name": sql("UPDATE designated_sites_sitename SET name = 'Тэнд'"),
    "further name": lambda: BiosphereReserve.objects.get(slug="here").names.create(name="Alias"),
    "joint reserve": sql("UPDATE designated_sites_designatedsite SET name = 'Jointly' WHERE slug = 'joint'"),
    "new part": lambda: BiosphereReserveFactory(name="Part", joint_reserve=BiosphereReserve.objects.get(slug="here")),
    "neighbour moved": sql("UPDATE designated_sites_designatedsite SET longitude = 101.5 WHERE slug = 'near'"),
    "neighbour hidden": lambda: Geopark.objects.filter(slug="near").update(published=False),
    "overlap ended": lambda: Geopark.objects.get(slug="over").overlapping_reserves.clear(),
    "name of the overlapping": sql("UPDATE designated_sites_sitename SET name = 'Доор'"),
    "event": lambda: Event.objects.filter(slug="talk").update(title_en="Speech"),
    "event became a draft": lambda: Event.objects.filter(slug="talk").update(status="draft"),
    "event linked": lambda: ActivitySite.objects.create(
        activity=EventFactory(title="Walk"), site=BiosphereReserve.objects.get(slug="here")
    ),
    "event no longer linked": sql("DELETE FROM activities_activitysite WHERE activity_id IN (SELECT activity_ptr_id FROM events_event)"),
    "training": sql("UPDATE activities_activity SET title_en = 'Lesson' WHERE activity_type = 'training'"),
    "document": lambda: Document.objects.filter(slug="report").update(title_en="Minutes"),
    "document linked": lambda: Event.objects.get(slug="talk").documents.add(DocumentFactory(title="Slides")),
    "member state": lambda: MemberState.objects.filter(code="MN").update(name_en="Mongol Uls"),
    "member state added": lambda: BiosphereReserve.objects.get(slug="here").member_states.add(
        MemberState.objects.get(code="RU")
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_on_the_page_at_once(client: Client, site: BiosphereReserve, change: str) -> None:
    before = text(client)
    assert text(client) == before
    CHANGES[change]()
    after = text(client)
    cache.clear()
    assert after == text(client)
    assert after != before


def test_second_reader_costs_two_queries_and_gets_the_same(client: Client, site: BiosphereReserve) -> None:
    first = text(client)
    with CaptureQueriesContext(connection) as asked:
        assert text(Client()) == first
    assert len(asked) == 2  # the number of the data; that there is such a record


def test_page_takes_few_queries(client: Client, site: BiosphereReserve) -> None:
    """With something in every section twenty-one, one of them for the joint reserve that few have; of a site to which nothing is
    related, as most are, thirteen."""
    BiosphereReserveFactory(slug="alone")
    with CaptureQueriesContext(connection) as asked:
        text(client)
    with CaptureQueriesContext(connection) as alone:
        text(client, "/reserves/alone/")
    assert (len(asked), len(alone)) == (21, 13)


def test_every_table_the_page_reads_is_tracked(client: Client, site: BiosphereReserve) -> None:
    """Else a change there would make no new version, and the kept page would stay."""
    with CaptureQueriesContext(connection) as asked:
        text(client)
    read = {table for query in asked.captured_queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'zz_history'")
        tracked = {name for (name,) in cursor.fetchall()}
    assert read - tracked == {"history_change"}
    assert len(read) > 12


def test_hidden_record_is_gone_at_once(client: Client, site: BiosphereReserve) -> None:
    text(client)
    BiosphereReserve.objects.filter(pk=site.pk).update(published=False)
    assert client.get(HERE).status_code == 404


@pytest.mark.parametrize("who", ["officer", "steward", "focal_point", "stranger"])
def test_nothing_of_a_reader_is_kept(who: str, site: BiosphereReserve, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    assert person.user
    mine = text(signed_in(person.user))
    assert person.user.email in mine
    cached = _pages()
    assert len(cached) == 1
    assert not any(part in repr(cached[0]) for part in (person.user.email, "/admin/", "/me/", "csrf", "nonce"))
    for other in (text(Client()), text(signed_in(person.user))):
        assert main(other) == main(mine)
    assert person.user.email not in text(Client())
    assert "/admin/" not in text(Client())


def _pages() -> list[cached_page.PublicPage]:
    found = [cache.get(key.removeprefix(":1:")) for key in list(cache._cache)]  # type: ignore[attr-defined]
    return [one.value for one in found if isinstance(getattr(one, "value", None), cached_page.PublicPage)]


def test_public_page_cannot_see_the_request(
    client: Client, site: BiosphereReserve, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, Any]] = []
    real = kept.get_template

    class Watched:
        def __init__(self, name: str) -> None:
            self.template = real(name)

        def render(self, context: dict[str, Any], request: Any = None) -> str:
            assert request is None
            seen.append(context)
            return self.template.render(context)

    monkeypatch.setattr(kept, "get_template", Watched)
    text(client)
    assert [name for name in ("request", "user", "view", "csrf_token", "messages", "perms") if name in seen[0]] == []


def test_other_language_is_another_page(site: BiosphereReserve, settings: Any) -> None:
    settings.COMPLETE_LANGUAGES = ["en", "ja"]
    client = Client()
    english = text(client)
    japanese = text(client, f"/ja{HERE}")
    assert ("A lake." in english, "湖" in english) == (True, False)
    assert ("A lake." in japanese, "湖" in japanese) == (False, True)
    assert (text(client), text(client, f"/ja{HERE}")) == (english, japanese)


@pytest.mark.parametrize(
    ("opens", "closes", "shown"), [(-2, 2, (True, False)), (2, 4, (False, True)), (-4, -2, (False, False))]
)
def test_registration_that_opens_or_closes_by_the_clock_is_shown(
    client: Client,
    site: BiosphereReserve,
    monkeypatch: pytest.MonkeyPatch,
    opens: int,
    closes: int,
    shown: tuple[bool, bool],
) -> None:
    now, hour = timezone.now(), dt.timedelta(hours=1)
    Event.objects.filter(slug="talk").update(
        status="announced", starts_at=now + 9 * hour, ends_at=now + 10 * hour, registration_opens_at=now + opens * hour,
        registration_closes_at=now + closes * hour,
    )  # fmt: skip
    badge = '<span class="badge badge-ok">Open</span>'
    assert [badge in text(client) for _time in range(2)] == [shown[0]] * 2
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + 3 * hour)
    assert [badge in text(client) for _time in range(2)] == [shown[1]] * 2


def test_nothing_is_kept_while_another_writes(
    client: Client, site: BiosphereReserve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "data_version", lambda: Version(1, frozenset({"3/14"})))
    text(client)
    assert _pages() == []


def test_next_release_draws_anew(client: Client, site: BiosphereReserve, monkeypatch: pytest.MonkeyPatch) -> None:
    text(client)
    monkeypatch.setattr(kept, "release_key", lambda: "next release")
    with CaptureQueriesContext(connection) as asked:
        text(client)
    assert len(asked) > 2
