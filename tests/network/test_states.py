"""Member states: their table, their pages, what stands on them."""

import pytest
from django.test import Client

from geoparks.models import Geopark
from network.models import MemberState
from network.states import state_table, states_by_code
from tests.factories import (
    BiosphereReserveFactory,
    EventFactory,
    GeoparkFactory,
    MemberStateFactory,
    PartnerFactory,
    TrainingFactory,
)

pytestmark = pytest.mark.django_db


def test_table_counts_a_shared_reserve_in_each_state_and_once_in_the_total() -> None:
    BiosphereReserveFactory(states=["MN", "RU"])
    BiosphereReserveFactory(states=["MN"])
    BiosphereReserveFactory(states=["RU"], published=False)
    BiosphereReserveFactory(states=["RU"], status="withdrawn")
    GeoparkFactory(states=["MN"])
    GeoparkFactory(states=["MN"], status=Geopark.Status.ASPIRING, designation_year=None)
    table = state_table(states_by_code().values())
    assert [str(column.title) for column in table["columns"]] == ["Reserves", "Geoparks", "Aspiring geoparks"]
    assert {line.state.code: line.numbers for line in table["lines"]} == {"MN": [2, 1, 1], "RU": [1, 0, 0]}
    assert [column.total for column in table["columns"]] == [2, 1, 1]


def test_table_draws_the_longest_bar_over_the_whole_width() -> None:
    BiosphereReserveFactory(states=["MN"])
    BiosphereReserveFactory(states=["MN"])
    GeoparkFactory(states=["MN"])
    (line,) = state_table(states_by_code().values())["lines"]
    assert [(bar.css, bar.width) for bar in line.bars] == [("bar-reserve", 240), ("bar-geopark", 120)]


def test_list_hides_what_is_not_published(client: Client) -> None:
    MemberStateFactory(code="MN")
    MemberStateFactory(code="JP", published=False)
    assert [line.state.code for line in client.get("/member-states/").context["lines"]] == ["MN"]


def test_list_query_count_does_not_grow(client: Client, django_assert_num_queries) -> None:
    for codes in (["MN"], ["JP", "RU"]):
        for code in codes:
            MemberStateFactory(code=code)
        with django_assert_num_queries(4):
            client.get("/member-states/")


def test_page_links_partners_and_committee_both_ways(client: Client) -> None:
    committee = PartnerFactory(name="MAB Mongolia", states=["MN"])
    MemberState.objects.filter(pk="MN").update(mab_committee=committee, joined_year=1995, time_zones=["Asia/Hovd"])
    page = client.get("/member-states/MN/").content.decode()
    assert f'href="{committee.get_absolute_url()}">MAB Mongolia</a>' in page
    assert "Member state since 1995" in page
    assert "UTC+7: Hovd" in page
    assert 'href="/member-states/MN/">Mongolia</a>' in client.get(committee.get_absolute_url()).content.decode()


def test_page_does_not_link_what_is_not_published(client: Client) -> None:
    hidden = PartnerFactory(slug="hidden", published=False, states=["MN"])
    MemberState.objects.filter(pk="MN").update(mab_committee=hidden, mab_committee_name="MAB in words")
    page = client.get("/member-states/MN/").content.decode()
    assert "/partners/hidden/" not in page
    assert "MAB in words" in page


def test_page_shows_events_and_trainings_held_there(client: Client) -> None:
    MemberStateFactory(code="MN")
    EventFactory(title="Meeting at the lake", states=["MN"])
    EventFactory(title="Meeting elsewhere", states=["JP"])
    EventFactory(title="Draft at the lake", states=["MN"], status="draft")
    TrainingFactory(title="Course at the lake", states=["MN"])
    panels = {panel.key: panel for panel in client.get("/member-states/MN/").context["panels"]}
    assert [event.title for event in panels["events"].context["activities"]] == ["Meeting at the lake"]
    assert [training.title for training in panels["trainings"].context["activities"]] == ["Course at the lake"]


def test_page_of_a_lower_case_code_leads_to_the_one_address(client: Client) -> None:
    MemberStateFactory(code="MN")
    response = client.get("/member-states/mn/")
    assert (response.status_code, response["Location"]) == (301, "/member-states/MN/")


@pytest.mark.parametrize("code", ["XX", "MNG", "M1", "ＭＮ", ""])
def test_page_of_no_state_is_not_found(client: Client, code: str) -> None:
    MemberStateFactory(code="MN")
    assert client.get(f"/member-states/{code}/").status_code == 404


def test_page_names_languages_and_lists_sites_by_place(client: Client) -> None:
    GeoparkFactory(name="Arxan UNESCO Global Geopark", states=["CN"])
    MemberState.objects.filter(pk="CN").update(languages=["zh"])
    page = client.get("/member-states/CN/").content.decode()
    assert '<span lang="zh">中文</span>' in page
    MemberState.objects.update_or_create(pk="KP", defaults={"name": "DPRK", "languages": ["ko"]})
    assert '<span lang="ko">조선말</span>' in client.get("/member-states/KP/").content.decode()
    assert '>Arxan <span class="name-label">UNESCO Global Geopark</span></a>' in page
