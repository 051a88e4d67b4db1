"""Every public list and page asks the database as often for three rows as for one."""

import datetime as dt
from collections import deque
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from designated_sites.models import Stewardship
from events import models as events
from network.models import ProgrammePartner
from search import index as search_index
from tests.factories import (
    BiosphereReserveFactory,
    DocumentFactory,
    EventFactory,
    GeoparkFactory,
    MemberStateFactory,
    PartnerFactory,
    PersonFactory,
    ProgrammeFactory,
    SeriesFactory,
    TrainingFactory,
)
from tests.people import signed_in
from trainings import models as trainings

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
MOMENT = dt.datetime(2030, 10, 1, 1, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
STATES = ("MN", "JP", "KR")
POINT = {"latitude": 50, "longitude": 93}


class Records:
    """One record of every kind with the slug `one`; each turn of `grow` adds a row to every list and to every page."""

    def __init__(self) -> None:
        self.rows = 0
        self.reserve = BiosphereReserveFactory(slug="one", name="Row", states=["MN", "RU"], **POINT)
        self.geopark = GeoparkFactory(slug="one", name="Row", states=["MN"], **POINT)
        self.partner = PartnerFactory(slug="one", name="Row", states=["MN"])
        self.programme = ProgrammeFactory(slug="one", name="Row")
        self.document = DocumentFactory(slug="one", title="Row", programme=self.programme)
        self.series = SeriesFactory(slug="one", name="Row")
        activity = {"slug": "one", "title": "Row", "series": self.series, "states": ["MN"]}
        self.event = EventFactory(**activity, registration_closes_at=MOMENT - HOUR)
        self.training = TrainingFactory(**activity, nominations_close_at=MOMENT - HOUR, deadline_zone="UTC")

    def grow(self) -> None:
        n = self.rows
        self.rows += 1
        self._grow(n)
        search_index.refresh()

    def _grow(self, n: int) -> None:
        MemberStateFactory(code=STATES[n])
        reserve = BiosphereReserveFactory(name=f"Row {n}", joint_reserve=self.reserve, **POINT)
        geopark = GeoparkFactory(name=f"Row {n}", **POINT)
        geopark.overlapping_reserves.add(self.reserve)
        self.geopark.overlapping_reserves.add(reserve)
        for site, document in ((self.reserve, DocumentFactory()), (self.geopark, DocumentFactory())):
            for kind in ("local", "former", "alias"):
                site.names.create(name=f"Нэр {n}", kind=kind, language="mn")
            site.photos.create(
                image=f"photos/{n:032}.jpg", alt="A lake", credit="Bat", licence="CC BY 4.0", width=9, height=9, widths=[480]
            )  # fmt: skip
            rows = site.reviews if site is self.reserve else site.revalidations
            rows.create(year=2010 + n, document=document)
        partner, programme = PartnerFactory(name=f"Row {n}", states=["MN"]), ProgrammeFactory(name=f"Row {n}")
        ProgrammePartner.objects.create(partner=self.partner, programme=programme)
        ProgrammePartner.objects.create(partner=partner, programme=self.programme)
        ProgrammeFactory(name=f"Row, part {n}", parent=self.programme)
        DocumentFactory(title=f"Row {n}", programme=self.programme)
        self._grow_activity(EventFactory, self.event, reserve, geopark)
        self._grow_activity(TrainingFactory, self.training, reserve, geopark)
        EventFactory(title=f"Row, part {n}", part_of=self.event, status="held", starts_at=MOMENT - 9999 * HOUR)

    def _grow_activity(self, factory: Any, one: Any, reserve: Any, geopark: Any) -> None:
        """A new activity that belongs to all the records called one, and a row more of everything on the one activity."""
        n = self.rows
        new = factory(title=f"Row {n}", series=self.series, states=["MN"])
        for role in ("organiser", "funder"):
            new.involvements.create(partner=self.partner, role=role)
            one.involvements.create(partner=PartnerFactory(), role=role)
        for place in (self.reserve, self.geopark):
            new.site_links.create(site=place)
        for place in (reserve, geopark):
            one.site_links.create(site=place)
        new.programmes.add(self.programme)
        new.documents.add(self.document)
        one.programmes.add(ProgrammeFactory())
        one.documents.add(DocumentFactory())
        one.postponements.create(was_starts_at=MOMENT - n * HOUR)
        session = one.sessions.create(
            title=f"Session {n}", starts_at=MOMENT + n * HOUR, ends_at=MOMENT + (n + 1) * HOUR
        )
        session.trainers.add(PersonFactory(), PersonFactory())


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        if response.streaming:
            deque(response.streaming_content, maxlen=0)
    assert response.status_code == 200
    return len(captured)


COUNTS = {
    "/": 14,
    "/reserves/": 4,  # the first list of a version of the data reads the table that the later ones share
    "/reserves/?q=row&state=MN": 2,
    "/reserves/one/": 20,
    "/reserves/export.csv": 3,
    "/reserves/export.xlsx": 3,
    "/reserves/export.geojson": 3,  # the number of the data, under which it is kept
    "/reserves/export.kml": 3,
    "/geoparks/": 3,
    "/geoparks/one/": 19,
    "/geoparks/export.csv": 3,
    "/geoparks/?q=row": 2,
    "/sites/": 4,
    "/sites/export.csv": 5,
    "/map/": 2,
    "/compare/": 2,
    "/compare/?site=reserve:one&site=geopark:one": 6,
    "/statistics/": 10,
    "/member-states/": 4,
    "/member-states/MN/": 12,
    "/partners/": 3,
    "/partners/one/": 11,
    "/programmes/": 1,
    "/programmes/one/": 12,
    "/documents/": 2,
    "/documents/one/": 7,
    "/events/": 6,
    "/events/?q=row&state=MN": 5,
    "/events/one/": 17,
    "/events/one.ics": 2,
    "/trainings/": 6,
    "/trainings/one/": 19,
    "/trainings/one.ics": 2,
    "/calendar.ics": 5,
    "/calendar/": 2,
    "/feed.atom": 6,
    "/sitemap.xml": 16,
    "/search/?q=row": 12,
    "/search/?q=row&kind=reserve": 4,
    "/about/": 2,
    "/api/reserves": 5,
    "/api/geoparks": 5,
    "/api/member-states": 2,
    "/api/ogc/collections/reserves/items": 4,
    "/api/ogc/collections/geoparks/items": 4,
}


def test_public_pages_ask_the_same_for_one_row_and_for_three(client: Client) -> None:
    records = Records()
    records.grow()
    assert {address: queries(client, address) for address in COUNTS} == COUNTS
    records.grow()
    records.grow()
    assert {address: queries(client, address) for address in COUNTS} == COUNTS


@pytest.mark.parametrize("who", ["steward", "focal_point"])
def test_own_page_asks_the_same_for_one_row_and_for_three(who: str, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    client = signed_in(person.user)
    client.get("/me/")  # the first request of a session writes it down
    counted = []
    for code in ("JP", "KR", "KZ"):
        state = MemberStateFactory(code=code)
        trainings.Application.objects.create(
            training=TrainingFactory(), person=person, member_state=state, reference=f"T27-AAA{code}"
        )
        events.Registration.objects.create(event=EventFactory(), person=person, state="confirmed")
        Stewardship.objects.create(site=GeoparkFactory(), person=person)
        Stewardship.objects.create(site=BiosphereReserveFactory(), person=person)
        person.roles.create(role="focal_point", member_state=state)
        counted.append(queries(client, "/me/"))
    assert counted == [27, 27, 27]
