"""The page of statistics: figures as the records give them, in the order and rounding a reader expects."""

import csv
import datetime as dt
import io
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from opendata.statistics.growth_chart import growth_chart
from opendata.statistics.tables import TABLES
from tests.factories import (
    BiosphereReserveFactory,
    EventFactory,
    GeoparkFactory,
    MemberStateFactory,
    PersonFactory,
    RegistrationFactory,
    TrainingFactory,
)
from tests.look.pages import Page

pytestmark = pytest.mark.django_db
WORDS = ("3 reserves", "1 geopark")


def test_states_stand_by_name_and_nothing_has_no_link(client: Client) -> None:
    MemberStateFactory(code="KP", name="Democratic People's Republic of Korea")
    MemberStateFactory(code="JP", name="Japan")
    BiosphereReserveFactory(states=["JP"], area_ha="100.55")
    response = client.get("/statistics/")
    assert [line.state.code for line in response.context["states"]] == ["KP", "JP"]
    page = Page(response.content.decode())
    assert ("/reserves/?state=JP&status=designated", "1") in page.links()
    assert [url for url, _words in page.links() if "state=KP" in url] == []
    assert "100.55" not in page.text
    assert "101" in page.text


def test_every_region_has_a_name_of_its_own(client: Client) -> None:
    page = Page(client.get("/statistics/").content.decode())
    named = [region["aria-label"] for region in page.attributes("div") if region.get("role") == "region"]
    assert len(named) == len({*named}) > 0


def test_growth_is_drawn_as_it_is_told(client: Client) -> None:
    for year in (1980, 1980, 2002):
        BiosphereReserveFactory(designation_year=year)
    GeoparkFactory(designation_year=2002)
    text = client.get("/statistics/").content.decode()
    assert 'aria-label="Number of reserves and designated geoparks year by year, 1980 to 2002."' in text
    assert all(f"{words}</text>" in text for words in WORDS)


def test_line_rises_in_the_year_and_stays_level_in_between() -> None:
    svg = growth_chart([2000, 2009], [25, 50], [0, 0], WORDS, "Growth")
    line = re.search(r'class="line" d="([^"]*)"', svg)
    assert line is not None
    assert line[1] == "M44 290V153.0H697V16.0H770"
    assert 'class="line line-geopark" d=""' in svg  # no line before the first one
    assert growth_chart([], [], [], WORDS, "Growth") == ""


def context(client: Client) -> Any:
    return client.get("/statistics/").context


def table(client: Client, name: str) -> list[dict[str, str]]:
    response = client.get("/statistics/export.csv", {"table": name})
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_area_of_a_joint_reserve_is_not_added_to_that_of_its_parts(client: Client) -> None:
    joint = BiosphereReserveFactory(states=["MN", "RU"], area_ha=300)
    BiosphereReserveFactory(states=["MN"], area_ha=100, joint_reserve=joint)
    BiosphereReserveFactory(states=["RU"], joint_reserve=joint)
    page = context(client)
    lines = {line.state.code: (line.reserves, line.reserves_area_ha, line.area_unknown) for line in page["states"]}
    assert lines == {"MN": (2, Decimal(100), 0), "RU": (2, Decimal(0), 1)}
    assert (page["totals"]["reserves"], page["totals"]["reserves_area_ha"]) == (3, Decimal(100))


def test_joint_reserve_whose_parts_are_hidden_counts_with_its_own_area(client: Client) -> None:
    joint = BiosphereReserveFactory(area_ha=300)
    BiosphereReserveFactory(area_ha=100, joint_reserve=joint, published=False)
    assert context(client)["totals"]["reserves_area_ha"] == Decimal(300)


def test_areas_fall_into_one_class_each(client: Client) -> None:
    for area in ("9999.99", "10000", "99999.99", "1000000", None):
        BiosphereReserveFactory(area_ha=area)
    GeoparkFactory(area_ha="1")
    GeoparkFactory(area_ha="1", status="aspiring")
    assert [(row.label, row.reserves, row.geoparks) for row in context(client)["areas"]] == [
        ("Less than 10,000 ha", 1, 1),
        ("10,000 to less than 100,000 ha", 2, 0),
        ("100,000 to less than 1,000,000 ha", 0, 0),
        ("1,000,000 ha and more", 1, 0),
        ("Not known", 1, 0),
    ]


def test_other_designations_are_counted_for_both_kinds(client: Client) -> None:
    BiosphereReserveFactory(other_designations=["ramsar", "global_geopark"])
    GeoparkFactory(other_designations=["ramsar", "biosphere_reserve"])
    GeoparkFactory(other_designations=["ramsar"], status="aspiring")
    assert {row.value: (row.reserves, row.geoparks) for row in context(client)["designations"]} == {
        "world_heritage": (0, 0),
        "global_geopark": (1, None),
        "biosphere_reserve": (None, 1),
        "ramsar": (1, 1),
    }


def test_participants_are_added_up_and_the_unknown_said(client: Client) -> None:
    past = dt.datetime(2019, 6, 1, tzinfo=dt.UTC)
    whole = EventFactory(starts_at=past, states=["MN", "KZ"], participants=50, status="held")
    EventFactory(starts_at=past, states=["MN"], participants=20, part_of=whole, status="held")
    EventFactory(starts_at=past, states=[], status="held")
    EventFactory(starts_at=past, states=["MN"], participants=9, is_sample=True)
    EventFactory(starts_at=past, states=["MN"], participants=9, status="cancelled")
    EventFactory(states=["MN"])  # yet to come
    TrainingFactory(starts_at=past, states=["MN"], status="held")
    page = context(client)
    years = [(line.year, vars(line.events), vars(line.trainings)) for line in page["years"]]
    nothing = {"number": 0, "participants": 0, "unknown": 0}
    one_unknown = {"number": 1, "participants": 0, "unknown": 1}
    assert years == [
        (2030, {"number": 1, "participants": 0, "unknown": 0}, nothing),
        (2019, {"number": 2, "participants": 50, "unknown": 1}, one_unknown),
    ]
    places = {line.state.code: vars(line.events) for line in page["places"]["lines"]}
    assert places == {
        "KZ": {"number": 1, "participants": 50, "unknown": 0},
        "MN": {"number": 2, "participants": 50, "unknown": 0},
    }
    assert vars(page["places"]["elsewhere"].events) == one_unknown
    assert vars(page["places"]["network"].events) == {"number": 3, "participants": 50, "unknown": 1}
    row = table(client, "years")[1]
    assert (row["events_participants_known"], row["events_number_not_known"]) == ("50", "1")
    assert "not known" in client.get("/statistics/").content.decode().split('id="years"')[1].split("</section>")[0]


def test_activity_counts_in_the_year_of_its_own_clocks(client: Client) -> None:
    EventFactory(starts_at=dt.datetime(2018, 12, 31, 20, tzinfo=dt.UTC), timezone="Asia/Seoul")
    assert [line.year for line in context(client)["years"]] == [2019]


def test_next_review_is_given_only_where_the_last_decision_is_public(client: Client) -> None:
    year = dt.datetime.now(dt.UTC).year
    source = "https://example.org/council"

    def reserve(name: str, *reviews: dict[str, Any], **more: Any) -> None:
        site = BiosphereReserveFactory(name=name, slug=name.lower(), **more)
        for review in reviews:
            site.reviews.create(**review)

    public = {"outcome": "meets", "public_source": source}
    reserve("Public", {"year": year - 3, **public}, {"year": year - 13, "outcome": "meets"})
    reserve("Secret", {"year": year - 3, "outcome": "meets"})
    reserve("Latest", {"year": year - 3, "outcome": "does_not_meet"}, {"year": year - 9, **public})
    reserve("Worse", {"year": year - 3, "outcome": "does_not_meet", "public_source": source})
    reserve("Past", {"year": year - 11, **public})
    reserve("Hidden", {"year": year - 3, **public}, published=False)
    reserve("Running", {"year": year}, {"year": year - 10, **public})
    for name, card in (("Green", "green"), ("Yellow", "yellow"), ("Red", "red")):
        geopark = GeoparkFactory(name=name, slug=name.lower())
        geopark.revalidations.create(year=year - 1, card=card, public_source=source)
    expected = [("Running", year), ("Yellow", year + 1), ("Green", year + 3), ("Public", year + 7)]
    assert [(one.site.name, one.year) for one in context(client)["reviews"]] == expected
    rows = table(client, "reviews")
    assert [(row["name"], row["year"], row["source"]) for row in rows] == [(n, str(y), source) for n, y in expected]


def test_without_public_decisions_no_year_is_given(client: Client) -> None:
    BiosphereReserveFactory().reviews.create(year=2024, outcome="meets")
    text = client.get("/statistics/").content.decode()
    assert "No decision with a public source is on record, so no year is given." in text
    assert "table=reviews" not in text


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_a_download_with_a_line_for_each_row(client: Client, name: str) -> None:
    BiosphereReserveFactory(area_ha="10.5", core_ha=1, buffer_ha=1, transition_ha=2, other_designations=["ramsar"])
    GeoparkFactory().revalidations.create(year=dt.datetime.now(dt.UTC).year, card="green", public_source="https://a.b/")
    event = EventFactory(participants=4, states=[], starts_at=dt.datetime(2019, 6, 1, tzinfo=dt.UTC), is_sample=False)
    for _person in range(5):
        RegistrationFactory(event=event)
    rows = table(client, name)
    number = {"states": 2, "ecosystems": 1, "areas": 5, "designations": 4, "zones": 3, "growth": 2, "years": 1, "places": 3, "participants": 10, "participant-states": 15, "reviews": 1}  # fmt: skip
    assert len(rows) == number[name]
    assert all(set(row) == set(TABLES[name][1]) for row in rows)
    assert f'href="/statistics/export.csv?table={name}"' in client.get("/statistics/").content.decode()


def test_figures_of_a_download_are_plain(client: Client) -> None:
    BiosphereReserveFactory(area_ha="1234567.50", core_ha=1, buffer_ha=1, transition_ha=2)
    assert table(client, "states")[0]["reserves_area_ha"] == "1234567.5"
    assert [row["share"] for row in table(client, "zones")] == ["0.25", "0.25", "0.5"]


def test_who_took_part_is_told_without_small_counts(client: Client) -> None:
    """Of years that are over, of what is published and no sample; the fourth woman of Japan is told by nothing."""
    past, now = dt.datetime(2019, 6, 1, tzinfo=dt.UTC), dt.datetime.now(dt.UTC)
    event = EventFactory(starts_at=past, status="held")
    hidden = [
        EventFactory(starts_at=past, published=False), EventFactory(starts_at=past, is_sample=True),
        EventFactory(starts_at=now - dt.timedelta(seconds=1)), EventFactory(starts_at=past, status="cancelled"),
    ]  # fmt: skip
    for code, sex, number in (
        ("MN", "female", 6),
        ("MN", "male", 7),
        ("JP", "female", 4),
        ("JP", "male", 8),
        ("KR", "male", 2),
    ):
        for _person in range(number):
            who = PersonFactory(member_state=MemberStateFactory(code=code), sex=sex)
            for one in (event, *hidden):
                RegistrationFactory(event=one, person=who)
    states = {(row["member_state"], row["sex"]): row["participations"] for row in table(client, "participant-states")}
    assert {where: number for where, number in states.items() if where[1] in ("female", "male", "all")} == {
        ("MN", "female"): "", ("MN", "male"): "", ("MN", "all"): "13",
        ("JP+KR", "female"): "", ("JP+KR", "male"): "", ("JP+KR", "all"): "14",
        ("not_stated", "female"): "0", ("not_stated", "male"): "0", ("not_stated", "all"): "0",
        ("all", "female"): "10", ("all", "male"): "17", ("all", "all"): "27",
    }  # fmt: skip
    years = {(row["year"], row["sex"]): row["participations"] for row in table(client, "participants")}
    assert {number for where, number in years.items() if where[0] == "2019"} == {"10", "17", "0", "27"}
    section = client.get("/statistics/").content.decode().split('id="participants"')[1].split("</section>")[0]
    assert ("withheld" in section, "Japan, Republic of Korea" in section) == (True, True)


def test_too_few_people_are_not_told_of(client: Client) -> None:
    event = EventFactory(starts_at=dt.datetime(2019, 6, 1, tzinfo=dt.UTC))
    for _person in range(4):
        RegistrationFactory(event=event)
    assert "Too few are on record to be told." in client.get("/statistics/").content.decode()
    assert (table(client, "participants"), table(client, "participant-states")) == ([], [])


@pytest.mark.parametrize(
    "address",
    ["export.csv", "export.csv?table=", "export.csv?table=unknown", "export.kml?table=states", "export.x?table=states"],
)
def test_unknown_table_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/statistics/{address}").status_code == 404
