"""One table of sites and one more for each type: what Django's inheritance of tables would let slip, and does not here."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.models import Person
from accounts.scopes import scope_of
from designated_sites.duplicates import merging
from designated_sites.models import DesignatedSite, SiteProposal, Stewardship
from designated_sites.page.public_history import PublicHistory
from designated_sites.stewardship.stewards import stewarded_sites
from geoparks.models import Geopark
from geoparks.site_type import PUBLIC_FACTS as GEOPARK_FACTS
from history.models import Change
from history.sentences import sentences
from records.personal_data import Owner, all_holdings
from reserves.models import BiosphereReserve, PeriodicReview
from reserves.site_type import PUBLIC_FACTS as FACTS
from search import index as search_index
from search.models import SearchEntry
from tests.admin.pages import address, change_address, errors_of, fields_of
from tests.factories import BiosphereReserveFactory, GeoparkFactory, PersonFactory
from typed_records.base import completed

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("factory", [BiosphereReserveFactory, GeoparkFactory])


EAST = {f"admin_region_{code}": "East" for code in ("en", "ru", "zh_hans")}


def rules_asked() -> None:
    """What waits for the end of the transaction is asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(write: Any) -> None:
    with transaction.atomic():
        write()
        with pytest.raises(IntegrityError):
            rules_asked()
        transaction.set_rollback(True)


def rows_of(site: DesignatedSite) -> list[int]:
    """In how many tables a site has a row, the common one first."""
    return [model._base_manager.filter(pk=site.pk).count() for model in (DesignatedSite, BiosphereReserve, Geopark)]


# The database ------------------------------------------------------------------------------------------------------
@BOTH
def test_no_site_without_what_its_type_tells(factory: Any) -> None:
    site = factory()
    rules_asked()
    other = "geopark" if site.kind == "reserve" else "reserve"
    refused(
        lambda: DesignatedSite.objects.bulk_create(
            [DesignatedSite(slug="x", name="X", status="aspiring", site_type=site.kind)]
        )
    )
    refused(lambda: DesignatedSite.objects.filter(pk=site.pk).update(site_type=other))

    def half() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {site._meta.db_table} WHERE designatedsite_ptr_id = %s", [site.pk])

    if site.kind == "reserve":
        refused(half)


def test_review_of_the_wrong_type_is_refused() -> None:
    geopark = GeoparkFactory()
    refused(lambda: PeriodicReview.objects.create(site_id=geopark.pk, year=2015))


@BOTH
def test_deleting_takes_both_halves(factory: Any) -> None:
    for way in (lambda site: site.delete(), lambda site: DesignatedSite.objects.get(pk=site.pk).delete(),
                lambda site: DesignatedSite.objects.filter(pk=site.pk).delete()):  # fmt: skip
        site = factory()
        site.names.create(name="Нуур")
        way(site)
        rules_asked()
        assert sum(rows_of(site)) == 0


@BOTH
def test_merging_leaves_no_half(factory: Any, officer: Person) -> None:
    first, second = factory(), factory(area_ha="12")
    merging.merge(
        model=type(first), first=first.pk, second=second.pk, take={}, seen=merging.version_of(first, second),
        reason="One", by=officer.user,
    )  # fmt: skip
    rules_asked()
    assert (sum(rows_of(second)), sum(rows_of(first))) == (0, 2)


# The address -------------------------------------------------------------------------------------------------------
def test_an_address_is_taken_once_in_each_type(officer_client: Client) -> None:
    BiosphereReserveFactory(slug="jeju-island", name="Jeju")
    page = address(Geopark, "add")
    facts = {"name": "Jeju", "slug": "jeju-island", "status": "aspiring", "member_states": ["MN"]}
    sent = {**fields_of(officer_client.get(page).content.decode()), **facts}
    assert officer_client.post(page, sent).status_code == 302
    assert Geopark.objects.get().slug == "jeju-island"
    again = officer_client.post(page, sent)
    assert (again.status_code, errors_of(again)) == (200, ["Address – Geopark with this Address already exists."])
    rules_asked()


# What is read through the common table -----------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_row_read_through_the_common_table_has_its_class_in_every_language(language: str) -> None:
    reserve = BiosphereReserveFactory(summary_ru="Озеро", ecosystem="desert")
    geopark = GeoparkFactory(geological_theme_en="Karst", geological_theme_ru="Карст", **EAST)
    for site in (reserve, geopark):
        SiteProposal.objects.create(site=site, base={}, changes={})
    with translation.override(language):
        found = {type(one): one for one in DesignatedSite.objects.all()}
        assert found == {BiosphereReserve: reserve, Geopark: geopark}
        assert found[BiosphereReserve].ecosystem == "desert"  # type: ignore[attr-defined]
        assert found[Geopark].geological_theme == ("Карст" if language == "ru" else "Karst")  # type: ignore[attr-defined]
        assert found[BiosphereReserve].summary == ("Озеро" if language == "ru" else "")
        assert list(DesignatedSite.objects.filter(admin_region="East")) == [geopark]
        linked = [one.site for one in SiteProposal.objects.select_related("site").order_by("site")]
        assert sorted(type(one).__name__ for one in linked) == ["BiosphereReserve", "Geopark"]


def test_mixed_list_asks_one_query_for_each_type() -> None:
    for number in range(3):
        BiosphereReserveFactory(core_ha=number), GeoparkFactory(geological_theme=f"Karst {number}")
    with CaptureQueriesContext(connection) as queries:
        told = [
            site.core_ha if site.kind == "reserve" else site.geological_theme
            for site in completed(DesignatedSite.objects.all())
        ]  # type: ignore[attr-defined]
    assert (len(told), len(queries)) == (6, 3)


def test_saving_what_was_read_through_the_common_table_leaves_the_rest() -> None:
    GeoparkFactory(geological_theme="Karst")
    site = DesignatedSite.objects.get()
    Geopark.objects.update(geological_theme="Basalt")
    site.name = "Renamed"
    site.save()
    geopark = Geopark.objects.get()
    assert (geopark.name, geopark.geological_theme) == ("Renamed", "Basalt")


# History -----------------------------------------------------------------------------------------------------------
def edit(site: BiosphereReserve) -> None:
    site.area_ha, site.core_ha = 40, 7  # type: ignore[assignment]
    site.save()


def test_one_edit_of_both_tables_is_one_line_and_each_half_can_be_restored(officer_client: Client) -> None:
    site = BiosphereReserveFactory(area_ha=50, core_ha=9)
    before = Change.objects.latest("pk").pk
    edit(site)
    edit_changes = Change.objects.of(site).filter(pk__gt=before)
    assert edit_changes.count() == 2
    [one] = sentences(edit_changes.latest_first(), of=site)
    assert one.what == "changed: biosphere reserve"
    assert [(detail.label, detail.old, detail.new) for detail in one.details] == [
        ("total area, ha", "50.0", "40.0"), ("core area, ha", "9.0", "7.0"),
    ]  # fmt: skip
    html = officer_client.get(f"/admin/reserves/biospherereserve/{site.pk}/history/").content.decode()
    assert html.count("Changed: biosphere reserve") == 1
    for change, column, was in zip(
        edit_changes.order_by("table_name"), ("area_ha", "core_ha"), ("50", "9"), strict=True
    ):
        page = f"/admin/reserves/biospherereserve/{site.pk}/history/{change.pk}/{column}/"
        assert page in html
        seen = officer_client.get(page).context["form"].initial["seen"]
        assert officer_client.post(page, {"seen": seen, "reason": "Right before"}).status_code == 302
        site.refresh_from_db()
        assert str(getattr(site, column)) == f"{was}.00"


def test_two_saves_within_one_transaction_stay_two_lines() -> None:
    site = BiosphereReserveFactory(area_ha=50, core_ha=9)
    before = Change.objects.latest("pk").pk
    edit(site)
    site.area_ha, site.core_ha = 41, 8
    site.save()
    lines = sentences(Change.objects.of(site).filter(pk__gt=before).latest_first(), of=site)
    assert [[detail.new for detail in one.details] for one in lines] == [["41.0", "8.0"], ["40.0", "7.0"]]


def test_making_and_deleting_are_told_once() -> None:
    site = GeoparkFactory(states=[], geological_theme="Karst")
    [made] = sentences(Change.objects.of(site), of=site)
    assert made.what == "added: geopark"
    assert {"name", "geological theme [en]"} <= {detail.label for detail in made.details}
    assert not {"kind of site", "designatedsite ptr"} & {detail.label for detail in made.details}
    number = site.pk
    site.delete()
    site.pk = number
    lines = sentences(Change.objects.of_number(Geopark, number).latest_first(), of=site)
    assert [one.what for one in lines] == ["removed: geopark", "added: geopark"]


@pytest.mark.django_db(transaction=True)
def test_public_history_tells_one_edit_once_and_nothing_of_what_was_hidden() -> None:
    """Each save is a transaction of its own here, as on a page."""
    site = BiosphereReserveFactory(area_ha=50, core_ha=9, published=False, states=[])
    edit(site)
    site.published = True
    site.save()
    site.area_ha, site.core_ha = 60, 8
    site.save()
    entries = PublicHistory(site, FACTS, {}).entries()
    assert [list(map(str, entry.sentences)) for entry in entries] == [
        ["Total area changed from 40 ha to 60 ha.", "Core area changed from 7 ha to 8 ha."],
        ["Entered in this directory."],
    ]
    geopark = GeoparkFactory(published=False, geological_theme="Karst", states=[])
    geopark.geological_theme = geopark.geological_theme_en = "Secret"
    geopark.save()
    geopark.published = True
    geopark.save()
    told = [str(one) for entry in PublicHistory(geopark, GEOPARK_FACTS, {}).entries() for one in entry.sentences]
    assert told == ["Entered in this directory."]


# Search ------------------------------------------------------------------------------------------------------------
def found(words: str) -> list[DesignatedSite]:
    search_index.refresh()
    return list(DesignatedSite.objects.matching(words).order_by("name"))


def test_search_follows_either_table_and_knows_the_type() -> None:
    reserve, geopark = (
        BiosphereReserveFactory(name="A lake"),
        GeoparkFactory(name="B lake", geological_theme_en="Karst"),
    )
    assert found("lake") == [reserve, geopark]
    assert found("karst") == [geopark]
    labels = SearchEntry.objects.whole().matching("lake").values_list("label", flat=True)
    assert set(labels) == {"reserves.biospherereserve", "geoparks.geopark"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE geoparks_geopark SET geological_theme_en = 'Basalt'")
        cursor.execute("UPDATE designated_sites_designatedsite SET name = 'A pond' WHERE id = %s", [reserve.pk])
    assert (found("karst"), found("basalt"), found("lake"), found("pond")) == ([], [geopark], [geopark], [reserve])
    assert list(Geopark.objects.matching("basalt")) == [geopark]
    assert list(BiosphereReserve.objects.matching("basalt")) == []
    geopark.delete()
    assert found("basalt") == []


# Each reader of a part's table reads its own type ------------------------------------------------------------------
def test_parts_of_one_type_are_not_taken_for_those_of_the_other(stranger: Person) -> None:
    reserve, geopark = BiosphereReserveFactory(), GeoparkFactory()
    for site in (reserve, geopark):
        Stewardship.objects.create(site=site, person=stranger)
        SiteProposal.objects.create(site=site, proposer=stranger, base={}, changes={})
    assert stewarded_sites(stranger) == {reserve.pk, geopark.pk}
    assert scope_of(get_user_model().objects.get(person=stranger)).sites == {reserve.pk, geopark.pk}
    for site, model in ((reserve, BiosphereReserve), (geopark, Geopark)):
        assert list(model._default_manager.in_scope(scope_of(stranger.user))) == [site]
        assert list(Stewardship.objects.of_type(site.kind).values_list("site", flat=True)) == [site.pk]
        assert list(SiteProposal.objects.open().of_type(site.kind).values_list("site", flat=True)) == [site.pk]
    handed = {
        one.name: one.gather(Owner(person_id=stranger.pk))
        for one in all_holdings()
        if one.name in ("reserves", "geoparks")
    }
    assert {name: [row["site__name"] for row in told["steward_of"]] for name, told in handed.items()} == {
        "reserves": [reserve.name], "geoparks": [geopark.name],
    }  # fmt: skip


def test_former_stewards_are_none() -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    person, site = PersonFactory(), GeoparkFactory()
    Stewardship.objects.create(site=site, person=person, until=yesterday)
    assert stewarded_sites(person) == set()
    assert change_address(site).startswith("/admin/geoparks/geopark/")
