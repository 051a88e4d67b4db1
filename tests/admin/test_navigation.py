"""The navigation of the workspace: by work, not by table; and the parts of a record."""

from typing import Any

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags
from django.views.generic import TemplateView

from accounts.models import Person, RoleRequest, User
from network.models import MemberState, Partner
from record_admin.workspace import entries, pages, parts
from record_admin.workspace.entries import Entry, Section, all_entries, list_name, tabs_of
from tests.admin.records import event, member_state, role_request
from tests.factories import PartnerFactory, UserFactory
from tests.people import signed_in


def lines(client: Client, page: str = "/admin/") -> dict[str, tuple[int, bool]]:
    """What stands in the navigation of a page: its words, with what waits and whether it is marked."""
    groups = client.get(page).context["workspace"].groups
    return {str(line.label): (line.number, line.is_current) for group in groups for line in group.lines}


def test_entries_are_few_and_each_leads_to_a_place_of_its_own(administrator_client: Client) -> None:
    addresses = [entry.address for entry in all_entries()]
    assert len(addresses) == len(set(addresses)) <= 25
    assert addresses[0] == "/admin/"
    answers = {address: administrator_client.get(address).status_code for address in addresses}
    assert answers == dict.fromkeys(addresses, 200)


def test_every_list_of_the_admin_is_an_entry_or_beside_one() -> None:
    reached = {one.url_name for entry in all_entries() for one in (entry, *tabs_of(entry))}
    lost = {model.__name__ for model in admin.site._registry if list_name(model) not in reached}
    assert lost == {"SheetUpload", "DesignatedSite"}  # have no list


@pytest.mark.sweep
def test_every_list_beside_an_entry_opens_and_is_marked(administrator_client: Client) -> None:
    for entry in all_entries():
        for tab in tabs_of(entry):
            response = administrator_client.get(tab.address, follow=True)
            assert response.status_code == 200, tab.address
            if response.wsgi_request.path == tab.address:
                frame = response.context["workspace"]
                assert frame.current is entry, tab.address
                assert [one.address for one in frame.tabs if one.is_current] == [tab.address]


def test_navigation_shows_only_what_somebody_may_open(db: None, officer_client: Client, settings: Any) -> None:
    settings.STAFF_MFA = "optional"
    assert list(lines(signed_in(UserFactory(is_staff=True)))) == ["Today"]
    assert len(lines(officer_client)) == len(all_entries())
    beside = officer_client.get("/admin/accounts/person/").context["workspace"].tabs
    assert [str(tab.label) for tab in beside] == ["Persons", "Accounts", "calendar addresses"]  # no authenticators


def test_window_of_a_form_has_no_frame(officer_client: Client) -> None:
    html = officer_client.get("/admin/network/partner/add/?_popup=1").content.decode()
    assert "admin-head" not in html
    assert "admin-side" not in html
    assert "admin-side" in officer_client.get("/admin/network/partner/add/").content.decode()


def test_pages_by_app_lead_to_today(officer_client: Client) -> None:
    response = officer_client.get("/admin/events/")
    assert (response.status_code, response["Location"]) == (301, "/admin/")
    assert officer_client.get("/admin/mfa/").status_code == 404  # of which officers see nothing
    assert officer_client.get("/admin/nothing/").status_code == 404


def test_number_stands_only_where_something_waits(officer_client: Client) -> None:
    assert {number for number, _current in lines(officer_client).values()} == {0}
    role_request(1)
    made = role_request(1)
    RoleRequest.objects.filter(pk=made.pk).update(state="taken_back", decided_at=timezone.now())
    found = {words: number for words, (number, _current) in lines(officer_client).items() if number}
    assert found == {"Roles and requests": 1}
    text = " ".join(strip_tags(officer_client.get("/admin/history/change/").content.decode()).split())
    assert "Roles and requests1 waiting" in text


def test_page_of_a_record_marks_the_entry_that_it_belongs_to(officer_client: Client) -> None:
    found = lines(officer_client, f"/admin/events/event/{event(1).pk}/materials/")
    assert [words for words, (_number, is_current) in found.items() if is_current] == ["events"]


def test_all_numbers_are_one_query(officer_client: Client) -> None:
    page = "/admin/network/memberstate/"
    officer_client.get(page)
    with CaptureQueriesContext(connection) as captured:
        officer_client.get(page)
    assert len([one for one in captured if "UNION ALL" in one["sql"]]) == 1


def test_entry_is_registered_once_and_none_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "_entries", {})
    for number in range(entries.MOST):
        entries.register(Entry(Section.SITES, number, "Lakes", f"lakes_{number}"))
    with pytest.raises(ValueError, match="Two entries lead to lakes_3"):
        entries.register(Entry(Section.MAIL, 1, "Others", "lakes_3"))
    with pytest.raises(entries.TooManyEntriesError):
        entries.register(Entry(Section.MAIL, 1, "Others", "others"))


class StatePartners(pages.HubPage, TemplateView):
    """A page such as the parts of a record have."""

    part = "partners"
    template_name = "admin/work.html"


def state_page(user: User, pk: int | str) -> Any:
    request = RequestFactory().get("/admin/network/memberstate/x/partners/")
    request.user = user
    return StatePartners.as_view(model_admin=admin.site._registry[MemberState])(request, pk=pk)


@pytest.fixture
def _parts_of_states(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_parts", {})
    monkeypatch.setattr(parts, "_heads", {})
    everybody = parts.Part("documents", "Documents", 30, lambda state: f"/{state.pk}/documents/", lambda _state: 0)
    partners = parts.Part(
        "partners", "Partners", 20, lambda state: f"/{state.pk}/partners/", lambda _state: Partner.objects.all()
    )
    secret = parts.Part("secret", "Secret", 10, lambda _state: "/secret/", permissions=("mfa.view_authenticator",))
    for part in (everybody, partners, secret):
        parts.register_part(MemberState, part)
    parts.register_head(MemberState, lambda _request, state: parts.Head(state.name, facts=("A fact",)))


@pytest.mark.usefixtures("_parts_of_states")
def test_page_of_a_part_has_the_head_and_marks_its_part(officer: Person) -> None:
    state = member_state(1)
    PartnerFactory()
    response = state_page(officer.user, state.pk).render()
    shown = [(one.label, one.number, one.is_current) for one in response.context_data["parts"]]
    assert shown == [("Partners", 1, True), ("Documents", 0, False)]
    html = response.content.decode()
    assert f"<h1>{state.name}</h1>" in html
    assert f"<title>Partners: {state.name} | EABRN</title>" in html
    assert "A fact" in strip_tags(html)
    assert f'<li aria-current="page">{state.name}</li>' in html


@pytest.mark.usefixtures("_parts_of_states")
def test_page_of_a_part_is_for_those_who_may_and_of_records_that_exist(officer: Person) -> None:
    state = member_state(1)
    with pytest.raises(PermissionDenied):
        state_page(UserFactory(is_staff=True), state.pk)
    with pytest.raises(Http404):
        state_page(officer.user, "XX")


@pytest.mark.usefixtures("_parts_of_states")
def test_part_is_registered_once() -> None:
    with pytest.raises(ValueError, match="MemberState has two parts called secret"):
        parts.register_part(MemberState, parts.Part("secret", "Other", 1, lambda _state: "/"))
