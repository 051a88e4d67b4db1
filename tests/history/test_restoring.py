"""The history of a record in sentences, why it was changed, and one field given its former value back."""

from typing import Any

import pytest
from django.test import Client

from events.models import Event
from history.actor import acting
from history.models import Change
from history.sentences import sentences
from network.models import Partner
from reserves.models import BiosphereReserve, PeriodicReview
from tests.admin.pages import change_address, errors_of, send
from tests.admin.records import event, reserve
from tests.factories import BiosphereReserveFactory, MemberStateFactory, PartnerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(officer_client: Client) -> Client:
    return officer_client


def told(record: Any, skip: int) -> list[tuple[str, list[tuple[str, str | None, str | None]]]]:
    """What became of a record after its first changes, the oldest first."""
    changes = Change.objects.of(record).order_by("pk")[skip:]
    return [
        (one.what, [(detail.label, detail.old, detail.new) for detail in one.details])
        for one in sentences(changes, of=record)
    ]


def change_of(record: Any, **facts: Any) -> None:
    type(record)._base_manager.filter(pk=record.pk).update(**facts)


def related(site: Any) -> Any:
    return BiosphereReserveFactory(name="Uvs Nuur", states=["MN", "RU"])


# What is done, and how it is told.
KINDS: list[tuple[Any, str, list[tuple[str, str | None, str | None]]]] = [
    (lambda site: change_of(site, area_ha="20.50"), "changed: biosphere reserve", [("total area, ha", "10.0", "20.5")]),
    (lambda site: change_of(site, ecosystem="desert"), "changed: biosphere reserve", [("main ecosystem", "Temperate forest", "Desert")]),
    (lambda site: change_of(site, published=False), "changed: biosphere reserve", [("published", "yes", "no")]),
    (lambda site: change_of(site, other_designations=["ramsar"]), "changed: biosphere reserve", [("other designations", None, "Ramsar site")]),
    (lambda site: change_of(site, summary="Lake", summary_en="Lake"), "changed: biosphere reserve", [("summary [en]", None, "Lake")]),
    (lambda site: change_of(site, confirmed_at="2030-10-01T01:00Z"), "changed: biosphere reserve", [("last confirmed", None, "1 October 2030, 01:00 UTC")]),
    (lambda site: change_of(site, joint_reserve=related(site)), "changed: biosphere reserve", [("national part of", None, "Uvs Nuur")]),
    (lambda site: site.member_states.add(MemberStateFactory(code="JP")), "added: member states", [("memberstate", None, "Japan")]),
    (lambda site: site.member_states.remove("MN"), "removed: member states", [("memberstate", "Mongolia", None)]),
    (lambda site: change_of(site.reviews.get(), received_on="2031-02-03"), "changed: periodic review “Aya 2003”", [("report received", None, "3 February 2031")]),
    (lambda site: change_of(site.names.get(), name="Хөвсгөл"), "changed: further name “Хөвсгөл”", [("name", "Нуур", "Хөвсгөл")]),
    (lambda site: site.names.get().delete(), "removed: further name", [("name", "Нуур", None), ("kind", "Also known as", None), ("order", "0", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("act", "what", "details"), KINDS)
def test_each_kind_of_change_in_words(act: Any, what: str, details: Any) -> None:
    site = BiosphereReserveFactory(name="Aya", area_ha="10")
    site.names.create(name="Нуур")
    PeriodicReview.objects.create(site=site, year=2003)
    before = Change.objects.of(site).count()
    act(site)
    assert told(site, before) == [(what, details)]


def test_related_record_that_is_gone_is_told_as_such() -> None:
    site, partner = BiosphereReserveFactory(), PartnerFactory()
    state = MemberStateFactory(code="XX", mab_committee=partner)
    number = partner.pk
    partner.delete()
    assert any(
        f"number {number}, since removed" in (detail.new or "")
        for one in sentences(Change.objects.of(state)) for detail in one.details
    )  # fmt: skip
    assert site.pk


FIGURES = [
    ("area_ha", "30"),
    ("designation_year", "1999"),
    ("latitude", "51"),
    ("core_ha", "12"),
    ("status", "withdrawn"),
]


@pytest.mark.parametrize(("field", "value"), FIGURES)
def test_figures_and_status_are_changed_with_a_reason_only(desk: Client, field: str, value: str) -> None:
    site = reserve(0)
    label = str(BiosphereReserve._meta.get_field(field).verbose_name)
    refused = send(desk, site, **{field: value})
    assert errors_of(refused) == [f"Reason for the change – Say why this is changed: {label[0].upper()}{label[1:]}."]
    assert send(desk, site, **{field: value}, reason_for_change="New list of the council").status_code == 302
    change = Change.objects.of(site).latest_first().filter(action="UPDATE")[0]
    assert (str(change.new[field])[:2], change.reason) == (value[:2], "New list of the council")


def test_participants_of_an_event_too_and_a_text_needs_none(desk: Client) -> None:
    made = event(0)
    assert send(desk, made, participants="40").status_code == 200
    assert send(desk, made, participants="40", reason_for_change="Report").status_code == 302
    assert send(desk, made, summary_en="Words").status_code == 302
    assert Change.objects.of(made).latest_first()[0].reason == ""


def way_back(record: Any, column: str) -> str:
    change = Change.objects.of(record).latest_first().filter(old__has_key=column, action="UPDATE")[0]
    return change_address(record).replace("change/", f"history/{change.pk}/{column}/")


def restore(desk: Client, address: str, **changes: Any) -> Any:
    seen = desk.get(address).context["form"].initial["seen"]
    return desk.post(address, {"seen": seen, "reason": "The list was wrong", **changes})


@pytest.mark.parametrize(
    ("column", "former"),
    [("area_ha", "1133.40"), ("ecosystem", "temperate forest"), ("other_designations", "['ramsar', 'world_heritage']"),
     ("summary_ru", "Один\nДва"), ("published", "True"), ("sources", "['One', 'Two']"), ("extension_years", "[1999, 2009]"),
     ("confirmed_at", "2030-10-01 01:00:00+00:00")],
)  # fmt: skip
def test_value_of_each_kind_comes_back(desk: Client, column: str, former: str) -> None:
    site = reserve(1)
    other: dict[str, Any] = {
        "area_ha": "5", "ecosystem": "desert", "other_designations": [], "summary_ru": "", "published": False, "sources": [],
        "extension_years": [], "confirmed_at": None,
    }  # fmt: skip
    change_of(site, **{column: other[column]})
    address = way_back(site, column)
    assert address in desk.get(change_address(site).replace("change/", "history/")).content.decode()
    before = Change.objects.count()
    assert restore(desk, address).status_code == 302
    site.refresh_from_db()
    assert str(getattr(site, column)) == former
    (change,) = Change.objects.order_by("pk")[before:]
    assert (change.reason, set(change.new)) == ("The list was wrong", {column})


def test_link_and_row_and_moment_on_the_wall_come_back(desk: Client) -> None:
    site, made = reserve(1), event(0)
    change_of(made, status="draft")  # a public time is changed by the act of moving alone
    whole, starts = site.joint_reserve_id, made.starts_at
    change_of(site, joint_reserve=None)
    change_of(site.names.get(), name="Wrong")
    change_of(made, starts_at="2029-01-01T00:00Z")
    for record, column in ((site, "joint_reserve_id"), (site, "name"), (made, "starts_at")):
        assert restore(desk, way_back(record, column)).status_code == 302
    site.refresh_from_db()
    made.refresh_from_db()
    assert (site.joint_reserve_id, str(site.names.get()), made.starts_at) == (whole, "Хөвсгөл 0", starts)


def said(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(str(error) for errors in response.context["form"].errors.values() for error in errors)


def test_refusals_say_why(desk: Client) -> None:
    site = reserve(1)
    change_of(site, area_ha="5")
    address = way_back(site, "area_ha")
    assert "This field is required." in said(restore(desk, address, reason=""))
    change_of(site, area_ha="6")
    assert "changed since you looked at it. Changed by the system on " in said(
        desk.post(address, {"seen": 1, "reason": "x"})
    )
    change_of(site, area_ha="1133.40")
    assert "holds this value already" in said(restore(desk, address))
    change_of(site, slug="another")
    assert "is not changed in the form" in said(restore(desk, way_back(site, "slug")))
    BiosphereReserve.objects.filter(pk=site.pk).update(status="aspiring", designation_year=None)
    BiosphereReserve.objects.filter(pk=site.pk).update(designation_year=1990)
    BiosphereReserve.objects.filter(pk=site.pk).update(status="designated")
    assert "A designated site has a year of designation." in said(restore(desk, way_back(site, "designation_year")))
    row = site.names.get()
    change_of(row, name="Wrong")
    address = way_back(site, "name")
    row.delete()
    assert "The row was removed since." in desk.get(address, follow=True).content.decode()
    assert desk.get(address.replace("/name/", "/nothing/"), follow=True).status_code in (200, 404)


def test_time_of_an_event_with_people_is_not_restored_behind_their_back(desk: Client) -> None:
    made = event(0)
    change_of(made, starts_at="2029-01-01T00:00Z")
    RegistrationFactory(event=made)
    assert "is not changed in the form" in said(restore(desk, way_back(made, "starts_at")))
    assert Event.objects.get(pk=made.pk).starts_at.year == 2029


def test_who_and_why_stand_on_the_page(desk: Client, officer: Any) -> None:
    partner = PartnerFactory(name="Old")
    with acting(officer.user.pk, reason="Renamed in 2030"):
        Partner.objects.filter(pk=partner.pk).update(website="https://new.example")
    html = desk.get(change_address(partner).replace("change/", "history/")).content.decode()
    for part in ("oyun@example.org", "Renamed in 2030", "https://new.example"):
        assert part in html


LONG = "The lake and the forest around it, " * 6


def test_change_behind_the_hundred_and_twentieth_letter_is_told_and_restored(officer: Any, desk: Client) -> None:
    site = BiosphereReserveFactory(summary_en=f"{LONG}seen from the north.")
    with acting(officer.user.pk):
        site.summary_en = f"{LONG}seen from the south."
        site.save()
    ((_what, [(label, old, new)]),) = told(site, Change.objects.of(site).count() - 1)
    assert label == "summary [en]"
    assert old
    assert old.startswith("…")
    assert old.endswith("seen from the north.")
    assert new
    assert new.endswith("seen from the south.")
    change = Change.objects.of(site).latest_first().first()
    assert change
    page = f"/admin/reserves/biospherereserve/{site.pk}/history/{change.pk}/summary_en/"
    assert page in desk.get(f"/admin/reserves/biospherereserve/{site.pk}/history/").content.decode()
    desk.post(page, {"reason": "It is the north", "seen": change.pk})
    site.refresh_from_db()
    assert site.summary_en == f"{LONG}seen from the north."


def test_change_that_no_word_of_the_sentence_shows_is_told_as_it_was_written() -> None:
    site = BiosphereReserveFactory(confirmed_at="2030-10-01T01:00:10Z")
    before = Change.objects.of(site).count()
    change_of(site, confirmed_at="2030-10-01T01:00:50Z")
    ((_what, [(label, old, new)]),) = told(site, before)
    assert label == "last confirmed"
    assert old != new
