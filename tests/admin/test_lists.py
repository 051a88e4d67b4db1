"""Views and columns that officers keep, counts that do not grow, acts on all that match, the table as a file."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person
from history.models import AuditEntry
from history.retention import all_rules
from network.models import Document
from notifications.models import Address
from record_admin.listing import keeping
from record_admin.listing.addresses import kept_part
from record_admin.models import ChosenColumns, SavedView
from records.personal_data import Owner, all_holdings
from reserves.models import BiosphereReserve
from tests.admin.pages import address
from tests.factories import BiosphereReserveFactory, DocumentFactory, RegistrationFactory
from tests.people import signed_in

DOCUMENTS = "/admin/network/document/"
LABEL = "network.document"


def titles(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{DOCUMENTS}?{query}")
    assert response.status_code == 200
    return [str(one) for one in response.context["cl"].result_list]


def kept(officer: Person | None, name: str = "Old ones", query: str = "year=2001", **facts: Any) -> SavedView:
    slug = name.lower().replace(" ", "-")
    return SavedView.objects.create(officer_id=officer.user_id if officer else None, label=LABEL, name=name, slug=slug, query=query, **facts)  # fmt: skip


@pytest.fixture
def documents(db: None) -> None:
    DocumentFactory(title="A", year=2001, kind="declaration")
    DocumentFactory(title="B", year=2001, kind="report")
    DocumentFactory(title="C", year=2002, kind="report")


# Views --------------------------------------------------------------------------------------------------------------
def test_view_is_kept_found_again_and_taken_away(officer: Person, officer_client: Client, documents: None) -> None:
    for _press in range(2):  # a second press makes no second one
        answer = officer_client.post(
            f"{DOCUMENTS}?year=2001&o=-1&p=3",
            {"keep": "view", "name": " Old  ones ", "offered": ["title", "year"]},
            follow=True,
        )
    assert "The view “Old ones” is kept." in answer.content.decode()
    view = SavedView.objects.get()
    assert (view.officer_id, view.slug, view.shared, view.columns) == (
        officer.user_id,
        "old-ones",
        False,
        ["title", "year"],
    )
    assert QueryDict(view.query).dict() == {"year": "2001", "o": "-1"}
    page = officer_client.get(f"{DOCUMENTS}?view=old-ones")
    assert [chip.words for chip in page.context["cl"].chips] == ["Year: 2001"]
    assert page.cookies["last_view"]["path"] == DOCUMENTS
    assert sorted(titles(officer_client, "view=old-ones&kind__exact=report")) == ["B"]  # further filters come on top
    assert page.context["cl"].all_away == "?"
    assert titles(officer_client, "") == ["A", "B", "C"] or sorted(titles(officer_client)) == ["A", "B", "C"]
    officer_client.post(DOCUMENTS, {"keep": "forget_view", "slug": "old-ones"})
    assert not SavedView.objects.exists()
    assert "there is no such view" in officer_client.get(f"{DOCUMENTS}?view=old-ones").content.decode().casefold()


def test_view_of_somebody_else_is_applied_only_if_shared(
    officer_client: Client, stranger: Person, documents: None
) -> None:
    kept(stranger, "Theirs", columns=["title"])
    kept(stranger, "For all", "year=2002", shared=True, columns=["title"])
    for query in ("view=theirs", "from=theirs"):
        shown = officer_client.get(f"{DOCUMENTS}?{query}").context["cl"]
        assert (len(shown.result_list), len(shown.shown_names) > 1, shown.chips) == (3, True, [])
    page = officer_client.get(DOCUMENTS).content.decode()
    assert "Theirs" not in page
    assert "For all" in page
    exported = officer_client.get(f"{DOCUMENTS}?view=theirs&sheet=csv")
    assert len(list(csv.reader(io.StringIO(exported.getvalue().decode("utf-8-sig"))))) == 4  # type: ignore[attr-defined]
    assert titles(officer_client, "view=for-all") == ["C"]
    for slug in ("theirs", "for-all"):
        officer_client.post(DOCUMENTS, {"keep": "forget_view", "slug": slug})
    assert SavedView.objects.count() == 2


def test_what_is_set_is_changed_and_columns_of_the_view_stay(
    officer: Person, officer_client: Client, documents: None
) -> None:
    kept(officer, columns=["title", "year"])
    page = officer_client.get(f"{DOCUMENTS}?view=old-ones")
    sort = next(head for head in page.context["cl"].get_query_string({"o": "1"}).split("&"))
    assert sort
    link = page.context["cl"].get_query_string({"o": "1"})
    again = officer_client.get(f"{DOCUMENTS}{link}")
    assert again.context["cl"].shown_names == ["title", "year"]
    assert again.context["view_has_changed"] is True
    answer = officer_client.post(f"{DOCUMENTS}{link}", {"keep": "columns", "columns": ["kind"], "offered": ["title"]})
    shown = officer_client.get(answer["Location"]).context["cl"]
    assert (shown.shown_names, len(shown.result_list)) == (["title", "kind"], 2)


@pytest.mark.parametrize(("name", "query"), [("", ""), ("x" * 61, ""), ("Long", "q=" + "x" * 2000)])
def test_view_that_cannot_be_kept_is_refused_in_words(officer_client: Client, name: str, query: str) -> None:
    answer = officer_client.post(f"{DOCUMENTS}?{query}", {"keep": "view", "name": name})
    assert (answer.status_code, answer["Location"].rstrip("?")) == (302, f"{DOCUMENTS}?{query}".rstrip("?"))
    assert not SavedView.objects.exists()
    assert "messagelist" in officer_client.get(DOCUMENTS).content.decode()


def test_views_of_the_same_name_have_addresses_of_their_own(db: None) -> None:
    facts: dict[str, Any] = {"label": LABEL, "query": "", "columns": [], "shared": True, "taken": ["hidden"]}
    made = [
        keeping.keep_view(officer_id=number, name=name, **facts).slug
        for number, name in ((1, "Mine"), (2, "Mine"), (1, "Hidden"), (1, "Монгол"), (1, "!"))
    ]
    assert made == ["mine", "mine-2", "hidden-2", "монгол", "view"]


def test_same_is_kept_whichever_way_it_was_chosen() -> None:
    said = kept_part(QueryDict("state=b&state=a&q=&p=4&from=x&across=1&format=&none_of=state"))
    assert (
        said == kept_part(QueryDict("none_of=state&format=&state=a&state=b")) == "format=&none_of=state&state=a&state=b"
    )


def test_reading_a_list_writes_nothing(officer: Person, officer_client: Client, documents: None) -> None:
    kept(officer)
    officer_client.get(DOCUMENTS)
    with CaptureQueriesContext(connection) as asked:
        officer_client.get(f"{DOCUMENTS}?view=old-ones")
    assert [one["sql"] for one in asked if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_others_keep_nothing(stranger: Person, db: None) -> None:
    client = signed_in(stranger.user)
    client.post(DOCUMENTS, {"keep": "view", "name": "Mine"})
    client.post(DOCUMENTS, {"keep": "columns", "columns": ["title"]})
    assert not SavedView.objects.exists()
    assert not ChosenColumns.objects.exists()


def test_views_go_with_their_officer_but_for_what_all_share(officer: Person, stranger: Person) -> None:
    kept(officer, "Mine")
    kept(officer, "For all", shared=True)
    kept(stranger, "Theirs")
    ChosenColumns.objects.create(officer_id=officer.user_id, label=LABEL, columns=["title"])
    holding = next(one for one in all_holdings() if one.name == "lists")
    told = holding.gather(Owner(user_id=officer.user_id or 0))
    assert sorted(view["name"] for view in told["views_of_lists"]) == ["For all", "Mine"]
    assert len(told["columns_of_lists"]) == 1
    holding.forget(Owner(user_id=officer.user_id or 0))
    assert sorted(SavedView.objects.values_list("name", "officer_id")) == [
        ("For all", None),
        ("Theirs", stranger.user_id),
    ]
    assert not ChosenColumns.objects.exists()


def test_views_of_those_who_left_are_erased_after_their_days(officer: Person, stranger: Person) -> None:
    kept(officer, "Mine")
    kept(stranger, "Theirs")
    kept(stranger, "For all", shared=True)
    rule = next(one for one in all_rules() if one.name == "views-of-lists")
    assert rule.apply(timezone.now() - dt.timedelta(days=1)) == 0
    assert rule.apply(timezone.now() + dt.timedelta(days=1)) == 1
    assert sorted(SavedView.objects.values_list("name", flat=True)) == ["For all", "Mine"]


# Counts -------------------------------------------------------------------------------------------------------------
def test_large_list_is_counted_no_further_than_needed_and_every_page_is_reached(officer_client: Client) -> None:
    Address.objects.bulk_create(
        Address(email=f"reader-{number:04}@example.org", language="en") for number in range(1030)
    )
    page = address(Address, "changelist")
    officer_client.get(page)
    with CaptureQueriesContext(connection) as asked:
        response = officer_client.get(page)
    text = response.content.decode()
    assert "1 to 50 of more than 1,000" in text
    assert "Choose all that match" in text
    rows = [one["sql"] for one in asked if "notifications_address" in one["sql"] and "COUNT(*)" in one["sql"]]
    assert rows
    assert all("LIMIT 1001" in sql for sql in rows)
    assert officer_client.get(page, {"p": 21}).context["cl"].last_shown == 1030
    behind = officer_client.get(page, {"p": 900}).context["cl"]
    assert (behind.page_num, behind.last_shown) == (21, 1030)
    assert "All 1,030 that match are chosen" in officer_client.get(page, {"across": 1}).content.decode()


# Acts ---------------------------------------------------------------------------------------------------------------
def test_act_on_all_pages_changes_what_matches_and_says_what_really_changed(
    officer_client: Client, monkeypatch: pytest.MonkeyPatch, search_kept: None
) -> None:
    monkeypatch.setattr("network.admin.DocumentAdmin.list_per_page", 2)
    for number in range(5):
        DocumentFactory(title=f"Report {number}", year=2001, published=number > 0)
    DocumentFactory(title="Report of another year", year=1999)
    where = f"{DOCUMENTS}?year=2001&q=report&o=-1&p=2"
    page = officer_client.get(f"{where}&across=1")
    assert "All 5 that match are chosen" in page.content.decode()
    sent = {"action": "hide", "index": "0", "select_across": "1", "_selected_action": "1", "number_seen": "5"}
    before = officer_client.post(where, sent).content.decode()
    assert "This concerns <strong>5</strong>" in before
    assert "Year: 2001" in before
    assert Document.objects.filter(published=True).count() == 5
    DocumentFactory(title="Report, late", year=2001)
    late = officer_client.post(where, {**sent, "looked": "1"}).content.decode()
    assert "Then 5 matched, now 6 do." in late
    assert Document.objects.filter(published=True).count() == 6
    done = officer_client.post(where, {**sent, "looked": "1", "number_seen": "6"}, follow=True)
    assert done.redirect_chain == [(where, 302)]
    assert "5 records were changed." in done.content.decode()
    assert Document.objects.get(published=True).title == "Report of another year"


# Moments ------------------------------------------------------------------------------------------------------------
def test_moment_is_told_on_the_clocks_of_the_place_or_else_of_the_reader(
    officer: Person, officer_client: Client
) -> None:
    moment = dt.datetime(2026, 11, 25, 20, 5, tzinfo=dt.UTC)
    registration = RegistrationFactory(event__timezone="Asia/Tokyo")
    type(registration).objects.update(created_at=moment)
    page = officer_client.get("/admin/events/registration/").content.decode()
    assert '>26 Nov 2026, 05:05</time> <span class="sub">Tokyo (UTC+9)</span>' in page
    BiosphereReserveFactory(confirmed_at=moment)
    place = address(BiosphereReserve, "changelist")
    Person.objects.filter(pk=officer.pk).update(time_zone="Asia/Hovd")
    assert (
        '>26 Nov 2026, 03:05</time> <span class="sub">Hovd (UTC+7)</span>' in officer_client.get(place).content.decode()
    )
    Person.objects.filter(pk=officer.pk).update(time_zone="UTC")
    assert '>25 Nov 2026, 20:05</time> <span class="sub">UTC</span>' in officer_client.get(place).content.decode()


# The table as a file ------------------------------------------------------------------------------------------------
def test_sheet_has_filter_order_and_columns_of_the_list(
    officer: Person, officer_client: Client, documents: None
) -> None:
    officer_client.post(DOCUMENTS, {"keep": "columns", "columns": ["title", "kind", "year", "published"]})
    response = officer_client.get(f"{DOCUMENTS}?kind__exact=report&o=-1&sheet=csv")
    rows = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))  # type: ignore[attr-defined]
    assert rows == [["Title", "Kind", "Year", "Published"], ["C", "Report", "2002", "1"], ["B", "Report", "2001", "1"]]
    assert (
        AuditEntry.objects.filter(
            what="exported", actor_id=officer.user_id, detail="list of network.document, csv"
        ).count()
        == 1
    )
    assert officer_client.get(f"{DOCUMENTS}?sheet=pdf").context["cl"]
    assert officer_client.get("/admin/accounts/person/?sheet=csv").context["cl"]  # no such file of people
