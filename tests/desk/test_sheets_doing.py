"""Importing: done as it was shown, once, in the officer's name, all or nothing."""

import datetime as dt
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from activities.models import Involvement
from events.models import Event
from geoparks.models import Geopark
from history import retention
from history.models import AuditEntry, Change
from network.models import MemberState, Partner, Programme
from record_import.exporting import help_lines
from record_import.models import SheetUpload
from record_import.registry import sheets
from reserves.models import BiosphereReserve, PeriodicReview
from tests.desk.sheet_files import body, counts, csv_of, do, export, label, sheets_of, shown, table_of, told, upload
from tests.factories import (
    BiosphereReserveFactory,
    DocumentFactory,
    EventFactory,
    GeoparkFactory,
    MemberStateFactory,
    PartnerFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db


def test_new_and_changed_records_are_written_with_all_that_belongs_to_them(officer_client: Client) -> None:
    BiosphereReserveFactory(slug="lake", name="Lake", states=["MN"])
    joint = BiosphereReserveFactory(slug="joint", name="Joint", states=["MN", "RU"])
    DocumentFactory(slug="council")
    headings = [
        "slug",
        "name",
        "member_states",
        "designation_year",
        "ecosystem",
        "joint_reserve",
        "names",
        "reviews",
        "summary_mn",
        "sources",
    ]
    table = [
        headings,
        ["basin", "Basin", "RU", "2016", "desert", "joint", "name: Котловина | kind: local | language: ru", "year: 2026 | outcome: meets | decided_on: 2026-06-01 | document: council", "", "https://example.org/a\nhttps://example.org/b"],
        ["lake", "Great Lake", "MN; RU", "1997", "temperate forest", "", "", "", "Нуур", ""],
    ]  # fmt: skip
    assert counts(shown(officer_client, BiosphereReserve, csv_of(table))) == (1, 1, 0, 0)
    assert told(do(officer_client, BiosphereReserve)) == ["The sheet was imported."]
    basin, lake = BiosphereReserve.objects.get(slug="basin"), BiosphereReserve.objects.get(slug="lake")
    assert (basin.joint_reserve, basin.state_codes, basin.published) == (joint, ["RU"], True)
    assert [(one.name, one.kind) for one in basin.names.all()] == [("Котловина", "local")]
    review = PeriodicReview.objects.get()
    assert (review.site, review.outcome, review.decided_on, review.document.slug) == (
        basin, "meets", dt.date(2026, 6, 1), "council",
    )  # fmt: skip
    assert (lake.name, lake.state_codes, lake.summary_mn) == ("Great Lake", ["MN", "RU"], "Нуур")
    assert lake.summary_ru is None


def test_translated_text_is_written_in_both_its_columns(officer_client: Client) -> None:
    """The column without a language is the one the database sorts by."""
    PartnerFactory(slug="office", name="Office")
    table = [["slug", "name_en", "kind"], ["office", "Bureau", "academia"], ["desk", "Desk", "academia"]]
    shown(officer_client, Partner, csv_of(table))
    do(officer_client, Partner)
    with connection.cursor() as cursor:
        cursor.execute("SELECT slug, name, name_en, name_mn FROM network_partner ORDER BY slug")
        assert cursor.fetchall() == [("desk", "Desk", "Desk", None), ("office", "Bureau", "Bureau", None)]


def test_parents_may_stand_below_their_children(officer_client: Client) -> None:
    table = [
        ["slug", "name_en", "kind", "parent"],
        ["leaf", "Leaf", "project", "root"],
        ["root", "Root", "focus_area", ""],
    ]
    shown(officer_client, Programme, csv_of(table))
    do(officer_client, Programme)
    assert Programme.objects.get(slug="leaf").parent == Programme.objects.get(slug="root")


def test_history_names_the_officer_and_the_file_and_the_audit_list_counts(
    officer: Person, officer_client: Client
) -> None:
    GeoparkFactory(slug="rocks", name="Rocks")
    last = Change.objects.latest("pk").pk
    shown(officer_client, Geopark, csv_of([["slug", "name"], ["rocks", "Old Rocks"]]), "geoparks of June.csv")
    assert not Change.objects.filter(pk__gt=last)
    do(officer_client, Geopark)
    [change] = Change.objects.filter(pk__gt=last)
    assert (change.actor_id, change.reason, change.old, change.new) == (
        officer.user_id, "Imported from geoparks of June.csv", {"name": "Rocks"}, {"name": "Old Rocks"},
    )  # fmt: skip
    entry = AuditEntry.objects.get(what=AuditEntry.What.IMPORTED)
    assert (entry.actor_id, entry.detail) == (officer.user_id, "geoparks.geopark: 0 new, 1 changed, 0 unchanged")


def test_sent_twice_is_done_once(officer_client: Client) -> None:
    GeoparkFactory(slug="rocks", name="Rocks")
    shown(officer_client, Geopark, csv_of([["slug", "name"], ["rocks", "Old Rocks"]]))
    page = reverse("admin:sheet_look", args=[label(Geopark), SheetUpload.objects.get().pk])
    seen = officer_client.get(page).context["seen"]
    do(officer_client, Geopark, seen=seen)
    last = Change.objects.latest("pk").pk
    again = do(officer_client, Geopark, seen=seen)
    assert "already" in told(again)[0]
    assert "Imported" in again.content.decode()
    assert Change.objects.latest("pk").pk == last
    assert bytes(SheetUpload.objects.get().content) == b""


def test_record_changed_in_the_meantime_is_shown_anew(officer_client: Client) -> None:
    GeoparkFactory(slug="rocks", name="Rocks")
    shown(officer_client, Geopark, csv_of([["slug", "name"], ["rocks", "Old Rocks"]]))
    page = reverse("admin:sheet_look", args=[label(Geopark), SheetUpload.objects.get().pk])
    seen = officer_client.get(page).context["seen"]
    Geopark.objects.update(name="Other Rocks")
    response = do(officer_client, Geopark, seen=seen)
    assert "Nothing was imported" in told(response)[0]
    assert "<del>Other Rocks</del>" in response.content.decode()
    assert Geopark.objects.get().name == "Other Rocks"
    assert told(do(officer_client, Geopark, seen=response.context["seen"])) == ["The sheet was imported."]
    assert Geopark.objects.get().name == "Old Rocks"


def test_refusal_by_the_database_in_the_last_moment_changes_nothing(
    officer_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the rows are written when the database refuses the other half."""
    shown_before = "desk.sheet_import.importing.rehearse"
    monkeypatch.setattr(shown_before, lambda found: [])
    headings = ["slug", "name", "member_states", "designation_year", "ecosystem", "reviews"]
    MemberStateFactory(code="MN")
    rows = [[slug, slug, "MN", "2016", "desert", review] for slug, review in (("a", ""), ("b", "year: 2026 | due_override: 2027-01-01"))]  # fmt: skip
    assert counts(shown(officer_client, BiosphereReserve, csv_of([headings, *rows]))) == (2, 0, 0, 0)
    monkeypatch.undo()
    response = do(officer_client, BiosphereReserve)
    assert "Nothing was imported" in told(response)[0]
    assert [(line, column) for line, column, *_rest in response.context["page_obj"]] == [(3, "slug")]
    assert not BiosphereReserve.objects.exists()


def test_upload_is_the_officer_s_alone_and_of_its_kind(officer_client: Client, administrator_client: Client) -> None:
    GeoparkFactory(slug="rocks")
    shown(officer_client, Geopark, csv_of([["slug", "name"], ["rocks", "Old Rocks"]]))
    page = reverse("admin:sheet_look", args=[label(Geopark), SheetUpload.objects.get().pk])
    assert administrator_client.get(page).status_code == 404
    assert officer_client.get(page.replace("geoparks.geopark", "network.partner")).status_code == 404
    SheetUpload.objects.update(created_at=timezone.now() - dt.timedelta(days=7, minutes=1))
    assert officer_client.post(page, {"seen": "x"}).status_code == 404
    assert {run.rule: run.rows for run in retention.purge()}["uploaded-sheets"] == 1


def test_time_of_an_event_with_people_is_the_act_s(officer_client: Client) -> None:
    EventFactory(slug="free", title="Free", status="draft")
    RegistrationFactory(event=EventFactory(slug="busy", title="Busy", capacity_online=5))
    headings = ["slug", "starts_at", "ends_at", "capacity_online", "title_en", "status"]
    rows = [[slug, "2030-11-01 09:00", "2030-11-01 11:00", "50", "New title", status] for slug, status in (("free", "draft"), ("busy", "cancelled"))]  # fmt: skip
    found = shown(officer_client, Event, csv_of([headings, *rows]))
    assert [(line, column) for line, column, *_rest in found["problems"]] == [
        (3, "status"), (3, "starts_at"), (3, "ends_at"), (3, "capacity_online"),
    ]  # fmt: skip
    assert "2030-10-01 09:00" in found["problems"][1][3]
    shown(officer_client, Event, csv_of([headings, rows[0]]))
    do(officer_client, Event)
    free = Event.objects.get(slug="free")
    assert (free.starts_at, free.sequence) == (dt.datetime(2030, 11, 1, 1, tzinfo=dt.UTC), 1)


def test_other_zone_with_the_same_clock_is_another_moment(officer_client: Client) -> None:
    EventFactory(slug="meeting", ends_at=None, status="draft")
    found = shown(officer_client, Event, csv_of([["slug", "timezone", "starts_at"], ["meeting", "Europe/Moscow", "2030-10-01 09:00"]]))  # fmt: skip
    assert [change[0] for change in found["changed"][0]["changes"]] == ["starts_at", "timezone"]
    do(officer_client, Event)
    assert Event.objects.get().starts_at == dt.datetime(2030, 10, 1, 6, tzinfo=dt.UTC)


def test_rows_in_a_cell_keep_their_order(officer_client: Client) -> None:
    EventFactory(slug="meeting")
    PartnerFactory(slug="office")
    cell = "role: organiser | name: B\nrole: organiser | partner: office | name: A"
    shown(officer_client, Event, csv_of([["slug", "involvements"], ["meeting", cell]]))
    do(officer_client, Event)
    assert [(one.name, one.order) for one in Involvement.objects.order_by("order")] == [("B", 0), ("A", 1)]
    assert (
        table_of(export(officer_client, Event, "csv"))[1][
            table_of(export(officer_client, Event, "csv"))[0].index("involvements")
        ]
        == cell
    )


def test_export_keeps_the_filter_and_the_order_of_the_list(officer_client: Client) -> None:
    for slug, states in (("b", ["MN"]), ("a", ["MN"]), ("c", ["RU"])):
        GeoparkFactory(slug=slug, name=slug.upper(), states=states)
    list_page = officer_client.get("/admin/geoparks/geopark/?state=MN&o=-1")
    address = reverse("admin:sheet_export", args=["geoparks.geopark", "csv"]) + "?state=MN&amp;o=-1"
    assert address in list_page.content.decode()
    rows = table_of(body(officer_client.get(address.replace("&amp;", "&"))))
    assert [row[0] for row in rows] == ["slug", "b", "a"]
    assert officer_client.get(address.replace("state=MN&amp;", "nonsense=1&")).status_code == 302


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.source)
def test_template_explains_every_column(officer_client: Client, sheet: Any) -> None:
    pages = sheets_of(body(officer_client.get(reverse("admin:sheet_template", args=[label(sheet.model), "xlsx"]))))
    assert list(pages) == [sheet.title, "Help"]
    assert pages[sheet.title] == [list(sheet.headings)]
    explained = {line[0]: line for line in pages["Help"][1:]}
    assert set(sheet.headings) <= set(explained)
    assert [name for name in sheet.headings if not all((explained[name][1], explained[name][2], explained[name][4], explained[name][6]))] == []  # fmt: skip
    assert counts(shown(officer_client, sheet.model, csv_of([sheet.headings]))) == (0, 0, 0, 0)


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.source)
def test_everything_the_form_edits_is_a_column_or_left_out_with_a_word(
    administrator_client: Client, sheet: Any
) -> None:
    opts = sheet.model._meta
    response = administrator_client.get(reverse(f"admin:{opts.label_lower.replace('.', '_')}_add"))
    fields = set(response.context["adminform"].form.fields)
    rows = {one.formset.prefix for one in response.context["inline_admin_formsets"]}
    owner, request = admin.site._registry[sheet.model], response.wsgi_request
    for part in getattr(
        owner, "form_parts", {}
    ):  # forms of events and trainings have further parts, each a page of its own
        request.form_part = part
        fields |= set(owner.get_form(request).base_fields)
        inlines = owner.get_inline_instances(request)
        rows |= {one.get_formset(request).get_default_prefix() for one in inlines}
    known = set(sheet.headings) | set(sheet.left_out)
    assert ({*fields, *rows} - known, known - {*fields, *rows}) == (set(), set())


def test_help_tells_unit_and_codes() -> None:
    lines = {line[0]: line for sheet in sheets() if sheet.source == "biosphere reserves" for line in help_lines(sheet)}
    assert lines["core_ha"][3] == "hectares"
    assert "wetland/lake" in lines["ecosystem"][5]
    assert "kind: official" in lines["names"][5]


def test_pages_of_a_long_difference(officer_client: Client) -> None:
    MemberState.objects.all().delete()
    rows = [[f"partner-{number}", f"Partner {number}", "academia"] for number in range(120)]
    response = upload(officer_client, Partner, csv_of([["slug", "name_en", "kind"], *rows]))
    assert response.content.decode().count("<strong>new</strong>") == 50
    last = officer_client.get(response.request["PATH_INFO"] + "?page=3")
    assert last.content.decode().count("<strong>new</strong>") == 20
