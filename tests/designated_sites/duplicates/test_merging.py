"""Two records become one: nothing is lost, the old address leads on, and who may not, does not."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client

from accounts.models import Person, RoleRequest
from activities.models import ActivitySite
from designated_sites.duplicates import merging
from designated_sites.models import SiteName, SiteProposal, SiteRedirect
from geoparks.models import Geopark
from history.models import Change
from reserves.models import BiosphereReserve, PeriodicReview
from tests.admin.records import geopark, reserve
from tests.factories import BiosphereReserveFactory, EventFactory, GeoparkFactory, UserFactory
from tests.people import give_second_factor, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/admin/reserves/biospherereserve/duplicates/{}/{}/"


def merged(first: Any, second: Any, by: Person, **take: str) -> Any:
    return merging.merge(
        model=type(first), first=first.pk, second=second.pk, take=take, seen=merging.version_of(first, second),
        reason="One lake, two records", by=by.user,
    )  # fmt: skip


def rows_pointing_to(site: Any) -> dict[str, int]:
    """How many rows of each table point to a site, asked of the database's own models."""
    found = {}
    for relation in site._meta.get_fields(include_hidden=True):
        key: Any = getattr(relation, "field", None)
        if isinstance(key, models.ForeignKey) and not key.model._meta.proxy:
            label = f"{key.model._meta.label}.{key.name}"
            found[label] = key.model._base_manager.filter(**{key.name: site}).count()
    return found


@pytest.mark.parametrize("make", [reserve, geopark])
def test_everything_goes_over(officer: Person, make: Any) -> None:
    first, second = make(0), make(2)
    first.member_states.clear()
    event = EventFactory()
    ActivitySite.objects.create(activity=event, site=second)
    if first.kind == "reserve":
        SiteProposal.objects.create(site=second, base={}, changes={"summary": "x"})
        BiosphereReserveFactory(joint_reserve=second)
        GeoparkFactory().overlapping_reserves.add(second)
    before, own = rows_pointing_to(second), rows_pointing_to(first)
    moves = {move.label: move.moved for move in merging.moves(first, second)}
    kept = merged(first, second, officer)
    assert not type(first)._default_manager.filter(pk=second.pk).exists()
    after = {label: before[label] + own[label] for label in before}
    after["designated_sites.SiteRedirect.site"] += 1  # the address of the second leads to the first
    assert rows_pointing_to(kept) == after
    assert sum(moves.values()) == sum(before.values()) > 6


def test_old_addresses_lead_on_and_the_history_of_both_is_kept(officer: Person, client: Client) -> None:
    first, second = BiosphereReserveFactory(slug="first"), BiosphereReserveFactory(slug="second")
    SiteRedirect.objects.create(site=second, old_slug="older")
    BiosphereReserve.objects.filter(pk=second.pk).update(area_ha="77")
    merged(first, second, officer)
    for old in ("older", "second"):
        answer = client.get(f"/reserves/{old}/")
        assert (answer.status_code, answer["Location"]) == (301, "/reserves/first/")
    gone = Change.objects.get(table_name="reserves_biospherereserve", key=str(second.pk), action="DELETE")
    assert (gone.actor_id, gone.reason) == (officer.user.pk, "One lake, two records")
    third = BiosphereReserveFactory(slug="third")
    merged(third, first, officer)
    assert set(SiteRedirect.objects.values_list("old_slug", "site__slug")) == {
        ("older", "third"), ("second", "third"), ("first", "third"),
    }  # fmt: skip


def test_history_of_the_record_that_went_stands_on_the_page_of_the_other(
    officer: Person, officer_client: Client
) -> None:
    first, second = BiosphereReserveFactory(admin_region="Now"), BiosphereReserveFactory(admin_region="Long ago")
    number = second.pk
    merged(first, second, officer)
    assert SiteRedirect.objects.get().former_id == number
    html = officer_client.get(f"/admin/reserves/biospherereserve/{first.pk}/history/").content.decode()
    assert "Long ago" in html
    assert "One lake, two records" in html


def test_value_by_value(officer: Person) -> None:
    first = BiosphereReserveFactory(name="First", area_ha=None, admin_region="East", website="https://a.example")
    second = BiosphereReserveFactory(name="Second", area_ha="12", admin_region="West", website="")
    assert {one.field.name: one.proposed for one in merging.differences(first, second)} == {
        "name": "first", "area_ha": "second", "admin_region_en": "first", "website": "first",
    }  # fmt: skip
    kept = merged(first, second, officer, name="second", admin_region_en="second")
    kept.refresh_from_db()
    assert (kept.name, str(kept.area_ha), kept.admin_region_en, kept.website) == (
        "Second",
        "12.00",
        "West",
        "https://a.example",
    )


def test_what_both_have_is_kept_once(officer: Person) -> None:
    first, second = BiosphereReserveFactory(), BiosphereReserveFactory()
    for site, order in ((first, 1), (second, 5)):
        site.names.create(name="Нуур", kind="local", language="mn", order=order)
        PeriodicReview.objects.create(site=site, year=2003, outcome="meets")
    kept = merged(first, second, officer)
    assert (kept.names.count(), kept.reviews.count(), kept.member_states.count()) == (1, 1, 1)


def test_requests_to_become_steward_go_over_and_nobody_asks_twice(officer: Person, stranger: Person) -> None:
    first, second = reserve(0), reserve(2)
    ask = {"person": stranger, "role": "steward"}
    asked = RoleRequest.objects.create(**ask, site_id=second.pk)
    taken_back = RoleRequest.objects.create(**ask, site_id=first.pk, state="taken_back", decided_at=asked.asked_at)
    assert merging.Move("Accounts: request for a role", 1, 0) in merging.moves(first, second)
    kept = merged(first, second, officer)
    assert {one.pk for one in RoleRequest.objects.filter(site_id=kept.pk)} == {asked.pk, taken_back.pk}
    third = reserve(2)
    RoleRequest.objects.create(**ask, site_id=third.pk)
    with pytest.raises(ValidationError, match="Both records have their own"):
        merged(kept, third, officer)
    assert RoleRequest.objects.filter(site_id=third.pk).count() == 1


def test_two_versions_of_one_review_are_refused_and_nothing_is_done(officer: Person) -> None:
    first, second = BiosphereReserveFactory(), BiosphereReserveFactory()
    second.names.create(name="Нуур")
    for site, outcome in ((first, "meets"), (second, "does_not_meet")):
        PeriodicReview.objects.create(site=site, year=2003, outcome=outcome)
    with pytest.raises(ValidationError, match=r"Both records have their own .*2003"):
        merged(first, second, officer)
    assert (BiosphereReserve.objects.count(), PeriodicReview.objects.count()) == (2, 2)
    assert SiteName.objects.get().site_id == second.pk
    assert not SiteRedirect.objects.exists()


def test_refusals(officer: Person) -> None:
    whole = BiosphereReserveFactory(states=["MN", "RU"])
    part, other = BiosphereReserveFactory(joint_reserve=whole), BiosphereReserveFactory()
    for first, second in ((whole, part), (part, whole)):
        with pytest.raises(ValidationError, match="two sites"):
            merged(first, second, officer)
    with pytest.raises(ValidationError, match="no longer there"):
        merged(other, other, officer)
    seen = merging.version_of(part, other)
    part.names.create(name="New")
    with pytest.raises(ValidationError, match="changed since"):
        merging.merge(
            model=BiosphereReserve, first=part.pk, second=other.pk, take={}, seen=seen, reason="", by=officer.user
        )
    other.designation_year, other.status = None, "aspiring"
    other.save()
    with pytest.raises(ValidationError, match="year of designation"):
        merged(part, other, officer, designation_year="second", status="first")
    assert BiosphereReserve.objects.count() == 3


def test_pages_of_an_officer(officer_client: Client) -> None:
    first, second = BiosphereReserveFactory(name="Same"), BiosphereReserveFactory(name="Same", area_ha="5")
    page = PAGE.format(first.pk, second.pk)
    assert page in officer_client.get("/admin/reserves/biospherereserve/duplicates/").content.decode()
    shown = officer_client.get(page)
    assert "The record that goes: 5.00" in shown.content.decode()
    seen = shown.context["merge_form"].initial["seen"]
    sent = {"seen": seen, "take-area_ha": "second", "reason": ""}
    refused = officer_client.post(page, sent)
    assert "<title>Error: " in refused.content.decode()
    done = officer_client.post(page, sent | {"reason": "Twice"})
    assert done["Location"] == f"/admin/reserves/biospherereserve/{first.pk}/change/"
    assert str(BiosphereReserve.objects.get().area_ha) == "5.00"
    assert officer_client.get(page).status_code == 404


def test_two_sites_are_remembered_by_the_page(officer_client: Client) -> None:
    first, second = BiosphereReserveFactory(name="Same"), BiosphereReserveFactory(name="Same")
    page = PAGE.format(first.pk, second.pk)
    assert "Error: " in officer_client.post(page, {"apart": "1", "apart-reason": ""}).content.decode()
    assert officer_client.post(page, {"apart": "1", "apart-reason": "Two lakes"}).status_code == 302
    assert "No two records" in officer_client.get("/admin/reserves/biospherereserve/duplicates/").content.decode()


@pytest.mark.parametrize("who", ["focal_point", "steward", "trainer", "stranger"])
def test_nobody_else_looks_or_merges(who: str, request: pytest.FixtureRequest) -> None:
    first, second = BiosphereReserveFactory(name="Same"), BiosphereReserveFactory(name="Same")
    client, page = signed_in(request.getfixturevalue(who).user), PAGE.format(first.pk, second.pk)
    history = f"/admin/reserves/biospherereserve/{first.pk}/history/"
    restore = f"{history}{Change.objects.latest_first()[0].pk}/name/"
    for address in ("/admin/reserves/biospherereserve/duplicates/", page, history, restore):
        assert client.get(address, follow=True).status_code == 403
        assert client.post(address, {"reason": "x", "seen": "1"}, follow=True).status_code == 403
    assert BiosphereReserve.objects.filter(name="Same").count() == 2


def test_who_may_change_but_not_delete_tells_two_sites_apart_and_merges_none() -> None:
    first, second = BiosphereReserveFactory(name="Same"), BiosphereReserveFactory(name="Same")
    user = UserFactory(is_staff=True)
    user.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_biospherereserve", "change_biospherereserve"])
    )
    give_second_factor(user)
    client, page = signed_in(user), PAGE.format(first.pk, second.pk)
    shown = client.get(page)
    assert (shown.status_code, shown.context["may_merge"]) == (200, False)
    assert 'name="take-' not in shown.content.decode()
    sent = {"seen": merging.version_of(first, second), "reason": "Twice"}
    assert client.post(page, sent).status_code == 403
    assert BiosphereReserve.objects.count() == 2
    assert client.post(page, {"apart": "1", "apart-reason": "Two lakes"}).status_code == 302


def test_queries_of_the_list(officer_client: Client, django_assert_num_queries: Any) -> None:
    for number in (2, 4):
        for _nth in range(number):
            GeoparkFactory(name=f"Same {number}")
        officer_client.get("/admin/geoparks/geopark/")
        with django_assert_num_queries(13):
            officer_client.get("/admin/geoparks/geopark/duplicates/")
    assert Geopark.objects.count() == 6


def test_text_in_several_languages_is_chosen_once_in_each(officer: Person) -> None:
    first = BiosphereReserveFactory(summary_en="The lake", summary_ru="Озеро")
    second = BiosphereReserveFactory(summary_en="The blue lake", summary_ru="Синее озеро")
    found = [one.field.name for one in merging.differences(first, second) if "summary" in one.field.name]
    assert found == ["summary_en", "summary_ru"]
    kept = merged(first, second, officer, summary_en=merging.SECOND)
    kept.refresh_from_db()
    assert (kept.summary_en, kept.summary_ru) == ("The blue lake", "Озеро")
    assert type(kept)._base_manager.filter(pk=kept.pk).values_list("summary", flat=True).get() == "The blue lake"
