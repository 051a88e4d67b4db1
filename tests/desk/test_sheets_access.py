"""Who may take sheets out and bring them in: on every way, also by a request nobody made a button for."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from geoparks.models import Geopark
from record_import.models import SheetUpload
from tests.desk.sheet_files import body, csv_of, do, shown, told
from tests.factories import GeoparkFactory
from tests.people import signed_in

LABEL = "geoparks.geopark"
PEOPLE = ("anonymous", "steward", "focal_point", "trainer", "stranger")
CONTENT = csv_of([["slug", "name"], ["rocks", "Old Rocks"]])


def export(client: Client) -> Any:
    return client.get(reverse("admin:sheet_export", args=[LABEL, "csv"]))


def template(client: Client) -> Any:
    response = client.get(reverse("admin:sheet_template", args=[LABEL, "xlsx"]))
    if response.status_code == 200:
        assert body(response)  # read to its end, which closes the file
    return response


def form(client: Client) -> Any:
    return client.get(reverse("admin:sheet_import", args=[LABEL]))


def send(client: Client) -> Any:
    return client.post(reverse("admin:sheet_import", args=[LABEL]), {"file": SimpleUploadedFile("a.csv", CONTENT)})


def look(client: Client) -> Any:
    return client.get(_kept())


def press(client: Client) -> Any:
    return client.post(_kept(), {"seen": "x"})


def _kept() -> str:
    upload = SheetUpload.objects.create(officer_id=0, label=LABEL, name="a.csv", content=CONTENT)
    return reverse("admin:sheet_look", args=[LABEL, upload.pk])


WAYS: tuple[Callable[[Client], Any], ...] = (export, template, form, send, look, press)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", PEOPLE)
def test_nobody_but_officers_comes_in(db: None, who: str, way: Any, request: pytest.FixtureRequest) -> None:
    GeoparkFactory(slug="rocks", name="Rocks")
    client = Client() if who == "anonymous" else signed_in(request.getfixturevalue(who).user)
    response = way(client)
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")
    assert Geopark.objects.get(slug="rocks").name == "Rocks"
    assert not SheetUpload.objects.exclude(officer_id=0)


@pytest.mark.parametrize(("way", "status"), [*zip(WAYS, (200, 200, 200, 302, 404, 404), strict=True)])
def test_officer_comes_in(officer_client: Client, way: Any, status: int) -> None:
    assert way(officer_client).status_code == status


@pytest.mark.parametrize(("way", "status"), [*zip(WAYS, (200, 403, 403, 403, 403, 403), strict=True)])
def test_officer_who_may_only_read_takes_out_and_brings_nothing_in(
    officer_client: Client, monkeypatch: pytest.MonkeyPatch, way: Any, status: int
) -> None:
    for name in ("has_add_permission", "has_change_permission"):
        monkeypatch.setattr(type(admin.site._registry[Geopark]), name, lambda *_of: False)
    assert way(officer_client).status_code == status
    assert (
        "Import"
        not in officer_client.get("/admin/geoparks/geopark/").content.decode().partition("object-tools")[2][:900]
    )


NEW = ["new", "New", "MN", "2016"]
OLD = ["rocks", "Old Rocks", "MN", "2017"]


@pytest.mark.parametrize(
    ("lacking", "refused"), [("has_add_permission", 2), ("has_change_permission", 3)], ids=["add", "change"]
)
def test_row_needs_the_permission_of_its_form(
    officer_client: Client, monkeypatch: pytest.MonkeyPatch, lacking: str, refused: int
) -> None:
    GeoparkFactory(slug="rocks", name="Rocks")
    content = csv_of([["slug", "name", "member_states", "designation_year"], NEW, OLD])
    shown(officer_client, Geopark, content)
    seen = officer_client.get(reverse("admin:sheet_look", args=[LABEL, SheetUpload.objects.get().pk])).context["seen"]
    monkeypatch.setattr(type(admin.site._registry[Geopark]), lacking, lambda *_of: False)
    found = shown(officer_client, Geopark, content)
    assert [(line, column) for line, column, *_rest in found["problems"]] == [(refused, "slug")]
    # What was shown before the permission was taken away is not done either.
    SheetUpload.objects.latest("pk").delete()
    assert "Nothing was imported" in told(do(officer_client, Geopark, seen=seen))[0]
    assert list(Geopark.objects.values_list("slug", "name")) == [("rocks", "Rocks")]


def test_sheets_of_other_tables_are_not_there(officer_client: Client) -> None:
    for label in (
        "accounts.person",
        "accounts.user",
        "events.registration",
        "nothing.atall",
        "nonsense",
        "geoparks.Geopark",
    ):
        assert officer_client.get(f"/admin/record_import/sheetupload/{label}/export.csv").status_code == 404
        assert officer_client.get(f"/admin/record_import/sheetupload/{label}/import/").status_code == 404
    assert officer_client.get(f"/admin/record_import/sheetupload/{LABEL}/export.pdf").status_code == 404


def _queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_export_and_check_ask_the_same_for_one_row_and_for_three(administrator_client: Client) -> None:
    def once() -> tuple[int, int]:
        rows = [[site.slug, f"{site.name} again"] for site in Geopark.objects.all()]
        taken = _queries(lambda: export(administrator_client))
        checked = _queries(lambda: shown(administrator_client, Geopark, csv_of([["slug", "name"], *rows])))
        return taken, checked

    GeoparkFactory(states=["MN"])
    once()
    assert once() == (20, 38)
    GeoparkFactory(states=["MN", "RU"])
    GeoparkFactory(states=["MN"])
    once()  # the search entries of what was made are written with the next request
    assert once() == (20, 38)
