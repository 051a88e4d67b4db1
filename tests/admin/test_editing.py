"""What an officer types arrives as meant, and what cannot be said so beside the field and above the form."""

import re

import pytest
from django.test import Client

from designated_sites.models import SiteName, SiteRedirect
from events.models import Event, Series
from history.models import Change
from network.models import Document, MemberState, Partner
from reserves.models import BiosphereReserve
from tests.admin.pages import WHY, address, change_address, errors_of, fields_of, opened, send
from tests.admin.records import event, member_state, partner, reserve
from tests.factories import (
    BiosphereReserveFactory,
    EventFactory,
    MemberStateFactory,
    PartnerFactory,
    PersonFactory,
    SeriesFactory,
    TrainingFactory,
)
from tests.look.pages import Page

# Whole forms of the admin, drawn and sent.
pytestmark = pytest.mark.sweep


def test_change_of_one_translation_changes_nothing_else(officer_client: Client) -> None:
    site = reserve(1)
    before = BiosphereReserve.objects.rewrite(False).filter(pk=site.pk).values().get()
    assert send(officer_client, site, summary_mn="Шинэ\r\nмөр").status_code == 302
    after = BiosphereReserve.objects.rewrite(False).filter(pk=site.pk).values().get()
    changed = {name for name in after if after[name] != before[name]} - {"updated_at"}
    assert (changed, after["summary_mn"]) == ({"summary_mn"}, "Шинэ\nмөр")


def test_history_of_a_change_names_the_officer(officer_client: Client) -> None:
    site = reserve(1)
    send(officer_client, site, admin_region_en="Khuvsgul")
    change = Change.objects.of(site).latest_first().first()
    assert change is not None
    assert change.actor_id == int(officer_client.session["_auth_user_id"])
    page = officer_client.get(change_address(site).replace("change", "history"))
    assert "Khuvsgul" in page.content.decode()


def test_cleared_translations_are_null_so_that_names_stay_unique(officer_client: Client) -> None:
    first, second = SeriesFactory(name_ru="Встречи"), SeriesFactory(name_ru="Форумы")
    assert [send(officer_client, series, name_ru="").status_code for series in (first, second)] == [302, 302]
    assert list(Series.objects.values_list("name_ru", flat=True)) == [None, None]


def test_sources_are_one_per_line(officer_client: Client) -> None:
    record = partner(1)
    typed = "  One, with a comma \r\n\r\nhttps://example.org/?a=1;b=2\r\n   \r\n"
    assert send(officer_client, record, sources=typed).status_code == 302
    assert Partner.objects.get(pk=record.pk).sources == ["One, with a comma", "https://example.org/?a=1;b=2"]


def test_numbers_one_per_line_are_numbers(officer_client: Client) -> None:
    site = reserve(1)
    assert send(officer_client, site, extension_years="2009\r\n1999", **WHY).status_code == 302
    assert BiosphereReserve.objects.get(pk=site.pk).extension_years == [2009, 1999]
    response = send(officer_client, site, extension_years="2009\r\nsoon\r\n-4", **WHY)
    assert errors_of(response) == ["Years of extension – Entry 2: Enter a whole number."]


def test_wrong_zone_in_a_list_is_told_by_its_line(officer_client: Client) -> None:
    state = member_state(1)
    response = send(officer_client, state, time_zones="Asia/Hovd\r\nBeijing time")
    assert errors_of(response) == [
        "Time zones – Entry 2: “Beijing time” is not a time zone name such as Asia/Ulaanbaatar."
    ]
    assert "Beijing time" in response.content.decode()


def test_codes_are_checkboxes_that_keep_order_and_unknown_ones(officer_client: Client) -> None:
    state = member_state(1)
    assert opened(officer_client, state)["languages"] == ["mn", "zh"]
    assert send(officer_client, state, languages=["ja", "zh", "mn"]).status_code == 302
    assert MemberState.objects.get(pk=state.pk).languages == ["mn", "zh", "ja"]
    response = send(officer_client, state, languages=["mn", "tlh"])
    assert errors_of(response) == [
        "Official languages – Select a valid choice. tlh is not one of the available choices."
    ]


def test_none_of_the_checkboxes_is_an_empty_array(officer_client: Client) -> None:
    site = reserve(1)
    data = opened(officer_client, site)
    del data["other_designations"]
    assert officer_client.post(change_address(site), data).status_code == 302
    assert BiosphereReserve.objects.get(pk=site.pk).other_designations == []


def test_address_is_proposed_once_and_never_changes(officer_client: Client) -> None:
    site = BiosphereReserveFactory(slug="given")
    assert "slug" not in opened(officer_client, site)
    assert send(officer_client, site, slug="other", name="Renamed").status_code == 302
    assert BiosphereReserve.objects.values_list("slug", "name").get(pk=site.pk) == ("given", "Renamed")
    assert 'id="id_slug"' in officer_client.get(address(BiosphereReserve, "add")).content.decode()


def test_record_is_added_with_its_rows(officer_client: Client) -> None:
    mongolia = MemberStateFactory(code="MN")
    page = address(BiosphereReserve, "add")
    data = fields_of(officer_client.get(page).content.decode())
    data |= {
        "name": ["Khuvsgul Lake"], "slug": ["khuvsgul"], "designation_year": ["2022"], "ecosystem": ["wetland/lake"],
        "member_states": [mongolia.pk], "summary_en": ["A lake."], "names-TOTAL_FORMS": ["2"],
        "names-0-name": ["Хөвсгөл"], "names-0-kind": ["local"], "names-0-language": ["mn"], "names-0-order": ["0"],
        "names-1-name": ["Hövsgöl nuur"], "names-1-kind": ["alias"], "names-1-language": [""], "names-1-order": ["1"],
    }  # fmt: skip
    response = officer_client.post(page, data)
    assert response.status_code == 302, errors_of(response)
    site = BiosphereReserve.objects.get(slug="khuvsgul")
    assert (site.state_codes, site.summary, site.published) == (["MN"], "A lake.", True)
    assert list(SiteName.objects.filter(site=site).values_list("name", flat=True)) == ["Хөвсгөл", "Hövsgöl nuur"]


def test_errors_stand_above_the_form_with_a_link_and_at_the_field(officer_client: Client) -> None:
    site = reserve(1)
    rows = {"names-0-name": "", "reviews-0-due_override": "2030-09-30"}
    response = send(officer_client, site, latitude="abc", summary_en="Typed and kept", rows=rows, **WHY)
    assert errors_of(response) == [
        "Latitude – Enter a number.",
        "further name 1, Name – This field is required.",
        "periodic review 1 – Say why the due date was set by hand.",
    ]
    html = response.content.decode()
    assert '<a href="#id_latitude">Latitude</a>: Enter a number.' in " ".join(html.split())
    assert "Typed and kept" in html
    assert BiosphereReserve.objects.get(pk=site.pk).summary == "One\nTwo"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"latitude": "95", "longitude": "100"},
            "Give latitude (-90 to 90) and longitude (-180 to 180) together, or neither.",
        ),
        ({"designation_year": ""}, "A designated site has a year of designation."),
    ],
)
def test_rules_of_the_database_are_told_in_words(officer_client: Client, changes: dict[str, str], message: str) -> None:
    assert errors_of(send(officer_client, reserve(1), **changes, **WHY)) == [message]


def test_row_of_a_body_needs_somebody(officer_client: Client) -> None:
    made = event(1)
    rows = {"involvements-0-partner": "", "involvements-0-name": ""}
    assert errors_of(send(officer_client, made, rows=rows)) == [
        "body taking part 1 – Choose a partner or write a name."
    ]


def test_row_of_a_site_holds_one_site(officer_client: Client) -> None:
    made = event(1)
    rows = {"site_links-0-name": "Both", "site_links-0-site": ""}
    assert send(officer_client, made, rows=rows).status_code == 302
    assert made.site_links.filter(name="Both", site=None).count() == 1


def test_chosen_records_stand_in_the_autocompletes(officer_client: Client) -> None:
    made = event(1)
    html = officer_client.get(change_address(made)).content.decode()
    link = made.involvements.get(role="organiser")
    assert f'<option value="{link.partner_id}" selected>{link.partner}</option>' in html
    html = officer_client.get(change_address(made, "sessions")).content.decode()
    for trainer in made.sessions.get().trainers.all():
        assert f'<option value="{trainer.pk}" selected>{trainer}</option>' in html


def test_rejected_form_shows_newly_chosen_records(officer_client: Client) -> None:
    made, other = event(1), PartnerFactory(name="Another body")
    response = send(
        officer_client, made, title_en="", rows={"involvements-1-partner": other.pk, "involvements-1-name": ""}
    )
    assert errors_of(response) == ["Title [en] – This field is required."]
    assert f'<option value="{other.pk}" selected>Another body</option>' in response.content.decode()


def test_hiding_and_showing_many(officer_client: Client) -> None:
    shown, hidden = EventFactory(), EventFactory(published=False)
    keys = [shown.pk, hidden.pk]
    page = address(Event, "changelist")
    officer_client.post(page, {"action": "hide", "_selected_action": keys})
    assert list(Event.objects.values_list("published", flat=True)) == [False, False]
    response = officer_client.post(page, {"action": "publish", "_selected_action": keys}, follow=True)
    assert list(Event.objects.values_list("published", flat=True)) == [True, True]
    assert "2 records were changed." in response.content.decode()


def test_confirming_sites_keeps_who_and_when(officer_client: Client) -> None:
    site = BiosphereReserveFactory()
    officer_client.post(address(BiosphereReserve, "changelist"), {"action": "confirm", "_selected_action": [site.pk]})
    site.refresh_from_db()
    assert site.confirmed_by.name == "Oyun"
    assert site.confirmed_at is not None


def test_public_page_is_linked_only_where_there_is_one(officer_client: Client) -> None:
    shown, hidden = EventFactory(), EventFactory(published=False)
    assert shown.get_absolute_url() in officer_client.get(change_address(shown)).content.decode()
    assert hidden.get_absolute_url() not in officer_client.get(change_address(hidden)).content.decode()


def test_document_and_training_forms_open_empty(officer_client: Client) -> None:
    for model in (Document, type(TrainingFactory.build()), SiteRedirect):
        assert officer_client.get(address(model, "add")).status_code == 200


def test_person_keeps_small_letters_and_a_zone_of_old(officer_client: Client) -> None:
    somebody = PersonFactory(email="a@example.org", time_zone="PRC", language="kk")
    assert send(officer_client, somebody, email="Some.Body@Example.org", nationality="mn").status_code == 302
    somebody.refresh_from_db()
    assert (somebody.email, somebody.nationality, somebody.time_zone) == ("some.body@example.org", "MN", "PRC")


def test_every_cell_of_a_row_says_the_name_of_its_column(officer_client: Client) -> None:
    site = reserve(1)
    site.names.create(name="Хөвсгөл", kind="local", language="mn")
    page = Page(officer_client.get(change_address(site)).content.decode())
    named = {
        field["name"]: field.get("aria-label")
        for tag in ("input", "select")
        for field in page.attributes(tag)
        if field.get("name", "").startswith("names-0-") and field.get("type") != "hidden"
    }
    assert named == {
        "names-0-name": "Name", "names-0-kind": "Kind", "names-0-language": "Language", "names-0-order": "Order",
        "names-0-DELETE": "Delete",
    }  # fmt: skip
    parts = [field.get("aria-label") for field in page.attributes("input") if "confirmed_at_" in field.get("name", "")]
    assert parts == ["Last confirmed: date", "Last confirmed: time"]


def test_way_to_a_record_names_its_list_once(officer_client: Client) -> None:
    for url in (address(BiosphereReserve, "changelist"), change_address(reserve(1))):
        text = officer_client.get(url).content.decode()
        (crumbs,) = re.findall(r'<nav class="admin-crumbs[^>]*>(.*?)</nav>', text, re.S)
        assert crumbs.count("Biosphere reserves") == 1
