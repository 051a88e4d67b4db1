"""Every list of the admin, one after the other: what all of them can do, each of them can."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.test import Client
from django.utils.html import strip_tags
from django.utils.text import capfirst

from record_admin.listing.admin import ListAdmin
from record_admin.listing.views import MOST_BUILT_IN
from record_admin.models import ChosenColumns, SavedView
from tests.admin.pages import address
from tests.admin.records import EVERY
from tests.look.pages import Page

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")
# A city with its offset, UTC itself, or the name of a zone.
ZONE = re.compile(r"\(UTC[+−\d:]*\)|\bUTC\b|\b(Asia|Europe|America|Pacific)/\w+")
# What a list tells of several rows or tables cannot be an order of the database.
UNSORTED = {
    "clock_state",
    "roles_held",
    "who",
    "waiting",
    "gone",
    "others",
    "site",
    "called",
    "kind",
    "languages_written",
    "page",
}
LISTS = {kind: make for kind, make in EVERY.items() if kind != "geopark_proposal"}  # that of the proposals is one list


def owner_of(model: type[models.Model]) -> Any:
    return admin.site._registry[model]


def page_of(client: Client, model: type[models.Model], query: str = "") -> Any:
    response = client.get(f"{address(model, 'changelist')}?{query}")
    assert response.status_code == 200, query
    return response


def keys(response: Any) -> set[Any]:
    return {row.pk for row in response.context["cl"].result_list}


def cells(response: Any) -> list[list[str]]:
    """What stands in each cell of the table, by rows, without the box that chooses the row."""
    body = response.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    found = [re.findall(r'<t[dh] data-label="([^"]*)"[^>]*>(.*?)</t[dh]>', row, re.DOTALL) for row in rows]
    return [[" ".join(unescape(strip_tags(cell)).split()) for _label, cell in row] for row in found]


@pytest.fixture
def made(request: pytest.FixtureRequest) -> type[models.Model]:
    """The model of a list that has three rows at least."""
    rows = [LISTS[request.param](1) for _row in range(3)]
    return type(rows[0])


each_list = pytest.mark.parametrize("made", LISTS, indirect=True)


def test_every_list_is_one_of_ours() -> None:
    others = {model.__name__ for model, owner in admin.site._registry.items() if not isinstance(owner, ListAdmin)}
    assert others == {"SheetUpload"}  # it has no list


@each_list
def test_page_of_a_list(administrator_client: Client, made: type[models.Model]) -> None:
    """Above the table what narrows it; moments with their zone, choices by their words; no link leads nowhere; every column is sorted by."""
    response = page_of(administrator_client, made)
    html, shown, owner = response.content.decode(), response.context["cl"], owner_of(made)
    assert "changelist-filter" not in html
    assert html.index('class="filters"') < html.index('id="result_list"')
    assert str(response.context["title"]).casefold() == str(made._meta.verbose_name_plural).casefold()
    assert Page(html).repeated_ids() == []
    rows = cells(response)
    assert {len(row) for row in rows} == {len(shown.shown_names)}
    led_to = re.findall(
        r'</td><t[dh] data-label="[^"]*"[^>]*><a href="|<tr><t[dh] data-label="[^"]*"[^>]*><a href="', html
    )
    assert len(led_to) >= len(shown.result_list)
    bare = [cell for row in rows for cell in row if CLOCK.search(cell) and not ZONE.search(cell)]
    assert bare == []
    assert untold_choices(made, shown, rows) == []
    every = {str(name) if isinstance(name, str) else name.__name__ for name in shown.list_display} - {"action_checkbox"}
    unsorted = {name for name in every if not shown.get_ordering_field(name) and not is_sorted_cell(shown, name)}
    assert unsorted <= UNSORTED
    assert len(owner.list_views) <= MOST_BUILT_IN
    nowhere = {link: answer for link in links_of(html) if (answer := status_of(administrator_client, link)) >= 400}
    assert nowhere == {}


def status_of(client: Client, link: str) -> int:
    response = client.get(link)
    if response.streaming:
        b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return response.status_code


def is_sorted_cell(shown: Any, name: str) -> bool:
    cell = next(one for one in shown.list_display if getattr(one, "__name__", one) == name)
    return bool(shown.get_ordering_field(cell))


def untold_choices(model: type[models.Model], shown: Any, rows: list[list[str]]) -> list[str]:
    """Columns whose cells show the code of a choice."""
    found = []
    for place, name in enumerate(shown.shown_names):
        try:
            field: Any = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        codes = {str(code) for code, words in field.flatchoices if str(code) != str(words)} if field.choices else set()
        found += [f"{name}: {row[place]}" for row in rows if row[place] in codes]
    return found


def links_of(html: str) -> list[str]:
    """The links of the page's own part, each once, with the list itself before a question mark."""
    own = html.partition('id="content"')[2] or html
    found = dict.fromkeys(link for link, _words in Page(own).links() if link.startswith(("?", "/admin/")))
    return [link for link in found if not link.startswith("?")]


@each_list
def test_filters_of_a_list(administrator_client: Client, made: type[models.Model]) -> None:
    """Several values are “or”, none of them is all others; what is said to be there is found; each and all can be taken away."""
    shown = page_of(administrator_client, made).context["cl"]
    everything = {row.pk for row in shown.root_queryset}
    for number, field in enumerate(shown.fields):
        assert {option.count is not None for option in field.options} <= {field.is_counted}, field.key
        full = [option for option in field.options if option.count != 0]
        found: set[Any] = set()
        for option in full[:2]:
            response = page_of(administrator_client, made, f"{option.name}={option.value}")
            one = response.context["cl"]
            assert (field.key, len(keys(response)) if field.is_counted else None) == (field.key, option.count)
            assert [chip.words.partition(":")[0] for chip in one.chips] == [capfirst(str(field.label))]
            assert one.fields[number].chosen[0].value == option.value
            assert keys(page_of(administrator_client, made, one.chips[0].address.lstrip("?"))) == everything
            assert one.all_away == "?"
            found |= keys(response)
        query = "&".join(f"{option.name}={option.value}" for option in full[:2])
        if len(full) > 1:
            assert keys(page_of(administrator_client, made, query)) == found, field.key
        if full:
            assert keys(page_of(administrator_client, made, f"{query}&none_of={field.key}")) == everything - found
    if shown.days:
        assert keys(page_of(administrator_client, made, "since=1990-01-01")) == everything
        assert keys(page_of(administrator_client, made, "until=1990-01-01")) == set()
        assert "form" in page_of(administrator_client, made, "since=tomorrow").content.decode()


@each_list
def test_views_and_columns_of_a_list(administrator_client: Client, made: type[models.Model]) -> None:
    """The counts of the views are true; columns are chosen and kept, and filter and order stay; a view brings them back."""
    page, owner = address(made, "changelist"), owner_of(made)
    shown = page_of(administrator_client, made).context["cl"]
    for one in shown.built_in:
        opened = page_of(administrator_client, made, f"view={one.view.slug}")
        assert (one.view.slug, len(keys(opened))) == (one.view.slug, one.count)
        assert opened.context["view_has_changed"] is False
    first, every = list(shown.shown_names), list(shown.offered)
    assert first == [name for name in every if name not in owner.further_columns]
    sent = {"keep": "columns", "columns": every[-1:], "offered": every}
    answer = administrator_client.post(f"{page}?o=1&p=1", sent)
    assert (answer.status_code, answer["Location"]) == (302, f"{page}?o=1&p=1")
    fewer = page_of(administrator_client, made, "o=1").context["cl"]
    assert fewer.shown_names == list(dict.fromkeys([every[0], every[-1]]))
    administrator_client.post(page, {**sent, "keep": "all_columns"})
    response = page_of(administrator_client, made)
    assert response.context["cl"].shown_names == every
    bare = [cell for row in cells(response) for cell in row if CLOCK.search(cell) and not ZONE.search(cell)]
    assert bare == []
    administrator_client.post(f"{page}?o=1", {"keep": "view", "name": "As I want it", "offered": every[:1]})
    administrator_client.post(page, {**sent, "keep": "first_columns"})
    assert page_of(administrator_client, made).context["cl"].shown_names == first
    assert not ChosenColumns.objects.exists()
    kept = page_of(administrator_client, made, "view=as-i-want-it").context["cl"]
    assert (kept.shown_names, kept.params.get("o")) == (every[:1], "1")
    assert SavedView.objects.get().label == made._meta.label_lower


@pytest.fixture
def acting(monkeypatch: pytest.MonkeyPatch) -> Callable[[type[models.Model]], list[set[Any]]]:
    """An act for every list that notes on which rows it was done."""

    def give(model: type[models.Model]) -> list[set[Any]]:
        done: list[set[Any]] = []
        owner = owner_of(model)

        def note(owner: Any, request: HttpRequest, queryset: QuerySet) -> None:
            done.append(set(queryset.values_list("pk", flat=True)))

        def get_actions(request: HttpRequest) -> dict[str, Any]:
            return {"note": (note, "note", "Note")}

        monkeypatch.setattr(owner, "get_actions", get_actions)
        monkeypatch.setattr(owner, "list_per_page", 1)
        return done

    return give


@each_list
def test_acts_of_a_list_keep_filter_and_page_and_reach_all_pages(
    administrator_client: Client, made: type[models.Model], acting: Any
) -> None:
    page, done = address(made, "changelist"), acting(made)
    shown = page_of(administrator_client, made).context["cl"]
    everything = {row.pk for row in shown.root_queryset}
    narrowed = next(
        (f"{option.name}={option.value}" for field in shown.fields for option in field.options if option.count), ""
    )
    ordered = f"{narrowed}&q=&o=1".lstrip("&")
    if shown.multi_page:
        assert "data-across" in page_of(administrator_client, made, ordered).content.decode()
    # Rows of the page: back on the same list, with filter, order and page.
    one = sorted(everything, key=str)[:1]
    answer = administrator_client.post(f"{page}?q=&o=1&p=2", {"action": "note", "index": "0", "_selected_action": one})
    assert (answer.status_code, answer["Location"], done.pop()) == (302, f"{page}?q=&o=1&p=2", set(one))
    # All that match: the filter is in the address, the number that was seen comes along, and is looked at first.
    across = page_of(administrator_client, made, f"{ordered}&across=1")
    matching = set(across.context["cl"].queryset.values_list("pk", flat=True))
    form = {
        "action": "note",
        "index": "0",
        "select_across": "1",
        "_selected_action": one,
        "number_seen": str(len(matching)),
    }
    before = administrator_client.post(f"{page}?{ordered}", form)
    assert before.status_code == 200
    assert before.context["found"].count == len(matching)
    assert done == []
    stale = administrator_client.post(
        f"{page}?{ordered}", {**form, "number_seen": str(len(matching) + 1), "looked": "1"}
    )
    assert "the list has changed since you looked" in stale.content.decode()
    assert done == []
    answer = administrator_client.post(f"{page}?{ordered}", {**form, "looked": "1"})
    assert (answer.status_code, answer["Location"], done) == (302, f"{page}?{ordered}", [matching])


@pytest.mark.parametrize("kind", LISTS)
def test_list_without_a_row_says_what_to_do(administrator_client: Client, kind: str) -> None:
    model = type(LISTS[kind](1))
    owner = owner_of(model)
    key = model._meta.pk
    assert key is not None
    nobodys = "ZZ" if isinstance(key, models.CharField) else "-1"
    page = page_of(administrator_client, model, f"{key.name}__exact={nobodys}")
    assert "Take all away" in page.content.decode()
    if model._meta.concrete_model is model:
        empty = type(owner)(model, admin.site)
        empty.get_queryset = lambda request: owner.get_queryset(request).none()  # type: ignore[method-assign]
        request = page.wsgi_request
        response = empty.changelist_view(plain(request))
        response.render()  # type: ignore[attr-defined]
        text = response.content.decode()
        assert "There is nothing in this list yet." in text
        assert (f'href="{address(model, "add")}"' in text) == owner.has_add_permission(request)
        assert owner.has_add_permission(request) or owner.nothing_yet or "Rows come by themselves" in text


def plain(request: HttpRequest) -> HttpRequest:
    """The same request for the list without anything."""
    request.GET = QueryDict("")  # type: ignore[assignment]
    vars(request).pop("views_of_list", None)
    return request
