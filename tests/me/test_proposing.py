"""Role, site and act: who sees, writes, sends, takes back, decides and confirms, by screen and by a POST no screen offered."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Person
from designated_sites.models import SiteProposal
from designated_sites.proposals.differences import differences
from designated_sites.proposals.forms import SiteFactsForm
from designated_sites.stewardship import confirmations
from tests.designated_sites.proposals.proposing import as_posted, decisions, sent
from tests.factories import BiosphereReserveFactory, GeoparkFactory
from tests.me.conftest import WHO
from tests.people import signed_in

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
NEW = {"website": "https://new.example/"}

# Whose site each is: a reserve with a steward, one of another state, one of both states, and a geopark of Mongolia whose
# number is that of the steward's reserve.
CARE: dict[str, tuple[str, ...]] = {
    "own": ("focal_point", "steward"),
    "other state": ("other_focal_point",),
    "transboundary": ("focal_point", "other_focal_point"),
    "other kind": ("focal_point",),
}
CASES = [(site, who) for site in CARE for who in WHO]


@pytest.fixture
def sites(steward: Person) -> dict[str, Any]:
    own = steward.stewardships.get().site
    return {
        "own": own,
        "other state": BiosphereReserveFactory(states=["RU"]),
        "transboundary": BiosphereReserveFactory(states=["MN", "RU"]),
        "other kind": GeoparkFactory(slug=own.slug, states=["MN"]),
    }


@pytest.fixture
def people(request: pytest.FixtureRequest) -> dict[str, Person]:
    return {who: request.getfixturevalue(who) for who in WHO[:-1]}


def address(site: Any, page: str) -> str:
    return f"/me/sites/{site.kind}/{site.slug}/{page}"


def refusal(who: str) -> int:
    """What a page answers to whom it is not for."""
    return 302 if who == "anonymous" else 404


def posted(site: Any) -> dict[str, Any]:
    data = {name: value for name, value in as_posted(site, NEW).items() if value not in ("", [])}
    return data | {"seen": SiteFactsForm(site=site).signed_base, "reason": "Known on site"}


@pytest.mark.parametrize(("named", "who"), CASES)
def test_form_is_seen_written_checked_and_sent(
    named: str, who: str, sites: dict[str, Any], clients: dict[str, Client]
) -> None:
    site, client, may = sites[named], clients[who], who in CARE[named]
    form = client.get(address(site, "propose/"))
    assert form.status_code == (200 if may else refusal(who))
    kept = client.post(address(site, "propose/"), posted(site))
    assert kept.status_code == (302 if may else refusal(who))
    assert [one.state for one in site.proposals.all()] == (["draft"] if may else [])
    preview = client.get(address(site, "propose/check/"))
    assert preview.status_code == (200 if may else refusal(who))
    assert (("https://new.example/" in preview.content.decode()), client.post(
        address(site, "propose/check/"), {"do": "send"}).status_code) == (may, 302 if may else refusal(who))  # fmt: skip
    assert [one.state for one in site.proposals.all()] == (["open"] if may else [])
    site.refresh_from_db()
    assert site.website == ""


@pytest.mark.parametrize(("named", "who"), [case for case in CASES if case[1] not in (*CARE[case[0]], "anonymous")])
def test_draft_of_who_no_longer_looks_after_the_site_is_not_sent(
    named: str, who: str, sites: dict[str, Any], clients: dict[str, Client], people: dict[str, Person]
) -> None:
    site = sites[named]
    site.proposals.create(proposer=people[who], base={"website": ""}, changes=NEW, reason="x", state="draft")
    assert clients[who].post(address(site, "propose/check/"), {"do": "send"}).status_code == 404
    assert site.proposals.get().state == "draft"


def test_who_sends_very_many_proposals_is_asked_to_go_on_tomorrow_and_keeps_the_draft(
    sites: dict[str, Any], clients: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("me.views.proposals.MOST_SENT", 1)
    client, states = clients["focal_point"], []
    for named in ("own", "transboundary"):
        client.post(address(sites[named], "propose/"), posted(sites[named]))
        answer = client.post(address(sites[named], "propose/check/"), {"do": "send"}, follow=True)
        states.append(sites[named].proposals.get().state)
    assert states == ["open", "draft"]
    assert "Your draft is kept: please send it tomorrow." in answer.content.decode()


@pytest.mark.parametrize(("named", "who"), CASES)
def test_facts_are_confirmed_by_who_looks_after_the_site(
    named: str, who: str, sites: dict[str, Any], clients: dict[str, Client], people: dict[str, Person]
) -> None:
    site, may = sites[named], who in CARE[named]
    assert clients[who].get(address(site, "confirm/")).status_code == (200 if may else refusal(who))
    pressed = clients[who].post(address(site, "confirm/"), {"seen": confirmations.shown(site)})
    assert pressed.status_code == (302 if may else refusal(who))
    site.refresh_from_db()
    assert site.confirmed_by == (people[who] if may else None)


@pytest.mark.parametrize("who", WHO)
def test_proposal_is_read_and_taken_back_by_its_writer_alone(
    who: str, sites: dict[str, Any], clients: dict[str, Client], steward: Person
) -> None:
    proposal = sent(sites["own"], NEW, steward)
    page, is_own = f"/me/sites/proposals/reserve/{proposal.pk}/", who == "steward"
    assert clients[who].get(page).status_code == (200 if is_own else refusal(who))
    assert clients[who].post(f"{page}take-back/").status_code == (302 if is_own else refusal(who))
    proposal.refresh_from_db()
    assert proposal.state == ("withdrawn" if is_own else "open")
    assert clients[who].get(f"{page}take-back/").status_code == (302 if who == "anonymous" else 405)


@pytest.mark.parametrize("named", CARE)
@pytest.mark.parametrize("who", WHO)
def test_only_officers_decide(
    named: str, who: str, sites: dict[str, Any], clients: dict[str, Client], people: dict[str, Person]
) -> None:
    site = sites[named]
    proposal = sent(site, NEW, people[CARE[named][0]])
    page = f"/admin/{proposal._meta.app_label}/{proposal._meta.model_name}/{proposal.pk}/decide/"
    assert clients[who].get(page).status_code == (200 if who == "officer" else 302)
    [one] = differences(proposal)
    answer = clients[who].post(
        page, {"decision-website": "accept", "reason-website": "", "shown-website": one.shown}
    )  # fmt: skip
    assert answer.status_code == 302
    site.refresh_from_db()
    proposal.refresh_from_db()
    may = who == "officer"
    assert (site.website, proposal.state) == (("https://new.example/", "decided") if may else ("", "open"))


def test_officer_without_second_factor_decides_nothing(officer: Person, steward: Person) -> None:
    proposal = sent(steward.stewardships.get().site, NEW, steward)
    page = f"/admin/designated_sites/siteproposal/{proposal.pk}/decide/"
    given = decisions(proposal, website=True)["website"]
    answer = signed_in(officer.user).post(page, {"decision-website": "accept", "shown-website": given.shown})
    assert (answer.status_code, SiteProposal.objects.get().state) == (302, "open")


def test_hidden_and_unknown_sites_are_not_found(clients: dict[str, Client], sites: dict[str, Any]) -> None:
    hidden = BiosphereReserveFactory(published=False)
    for path in (address(hidden, "propose/"), "/me/sites/reserve/none/propose/", "/me/sites/person/stewarded/confirm/"):
        assert clients["focal_point"].get(path).status_code == 404


# What the pages say -------------------------------------------------------------------------------------------------------


@pytest.fixture
def propose(clients: dict[str, Client], sites: dict[str, Any]) -> Callable[..., Any]:
    """The steward's browser posts the form of the own site, with these values changed."""

    def post(**values: Any) -> Any:
        given = posted(sites["own"]) | values
        return clients["steward"].post(address(sites["own"], "propose/"), given)

    return post


def test_error_stands_above_and_at_the_field_and_typed_values_stay(propose: Callable[..., Any]) -> None:
    page = propose(core_ha="many", admin_region_en="Typed here").content.decode()
    assert "<title>Error: Propose changes: Stewarded" in page
    assert 'href="#id_core_ha">Core area, ha: Enter a number.' in page
    assert 'value="Typed here"' in page
    assert 'value="many"' in page
    assert not SiteProposal.objects.exists()


def test_draft_is_kept_gone_on_with_and_thrown_away(propose: Callable[..., Any], clients: dict[str, Client], sites: dict[str, Any]) -> None:  # fmt: skip
    client, site = clients["steward"], sites["own"]
    assert propose(do="keep", reason="")["Location"] == address(site, "propose/")
    form = client.get(address(site, "propose/"))
    assert 'value="https://new.example/"' in form.content.decode()
    client.post(address(site, "propose/"), posted(site) | {"website": "", "core_ha": "7", "do": "check"})
    draft = SiteProposal.objects.get()
    assert (draft.state, draft.changes, draft.base) == ("draft", {"core_ha": "7"}, {"core_ha": ""})
    assert client.post(address(site, "propose/check/"), {"do": "discard"})["Location"] == "/me/sites/care/"
    assert not SiteProposal.objects.exists()
    assert client.get(address(site, "propose/check/"))["Location"] == address(site, "propose/")


def test_waiting_proposal_stands_in_the_place_of_the_form(clients: dict[str, Client], sites: dict[str, Any], steward: Person) -> None:  # fmt: skip
    proposal = sent(sites["own"], NEW, steward)
    for answer in (
        clients["steward"].get(address(sites["own"], "propose/")),
        clients["steward"].post(address(sites["own"], "propose/"), posted(sites["own"])),
    ):
        assert answer["Location"] == f"/me/sites/proposals/reserve/{proposal.pk}/"
    others = clients["focal_point"].get(address(sites["own"], "propose/")).content.decode()
    assert "1 proposal by somebody else for this site waits for a decision." in others
    assert "new.example" not in others


def test_stale_draft_shows_three_values_before_it_is_sent(propose: Callable[..., Any], clients: dict[str, Client], sites: dict[str, Any]) -> None:  # fmt: skip
    sites["own"].website = "https://seen.example/"
    sites["own"].save()
    propose()
    sites["own"].website = "https://now.example/"
    sites["own"].save()
    page = clients["steward"].get(address(sites["own"], "propose/check/")).content.decode()
    assert "The record has changed since you saw it." in page
    assert all(f"https://{value}.example/" in page for value in ("seen", "now", "new"))


def test_officer_sees_three_values_and_is_refused_what_changed_while_reading(clients: dict[str, Client], sites: dict[str, Any], steward: Person) -> None:  # fmt: skip
    site = sites["own"]
    proposal = sent(site, NEW, steward)
    page = f"/admin/designated_sites/siteproposal/{proposal.pk}/decide/"
    shown = {"decision-website": "accept", "shown-website": decisions(proposal, website=True)["website"].shown}
    site.website = "https://meanwhile.example/"
    site.save()
    answer = clients["officer"].post(page, shown).content.decode()
    assert "The record has changed while you were reading." in answer
    assert "The record has changed since the proposer saw it." in answer
    site.refresh_from_db()
    assert site.website == "https://meanwhile.example/"
    assert "Say why you refuse it." in clients["officer"].post(page, {"decision-website": "refuse"}).content.decode()
    assert "Decide about at least one fact." in clients["officer"].post(page, {}).content.decode()


def test_proposer_reads_the_answer_and_the_list_says_how_each_stands(
    clients: dict[str, Client], sites: dict[str, Any], steward: Person
) -> None:
    proposal = sent(sites["own"], NEW | {"core_ha": "5"}, steward)
    listed = clients["officer"].get("/admin/designated_sites/siteproposal/").content.decode()
    assert "Stewarded" in listed
    seen = {one.name: one.shown for one in differences(proposal)}
    clients["officer"].post(f"/admin/designated_sites/siteproposal/{proposal.pk}/decide/", {
        "decision-website": "accept", "shown-website": seen["website"],
        "decision-core_ha": "refuse", "reason-core_ha": "No source is named", "shown-core_ha": seen["core_ha"],
    })  # fmt: skip
    page = clients["steward"].get(f"/me/sites/proposals/reserve/{proposal.pk}/").content.decode()
    assert page.count("Not accepted") == 1
    assert "No source is named" in page
    assert "Decided" in clients["steward"].get("/me/sites/proposals/").content.decode()


def test_draft_is_shown_to_no_officer(clients: dict[str, Client], sites: dict[str, Any], people: dict[str, Person]) -> None:  # fmt: skip
    draft = SiteProposal.objects.create(
        site=sites["other kind"], proposer=people["focal_point"], base={}, changes={}, state="draft"
    )
    assert (
        str(sites["other kind"]) not in clients["officer"].get("/admin/designated_sites/siteproposal/").content.decode()
    )
    for page in ("change", "decide"):
        answer = clients["officer"].get(f"/admin/designated_sites/siteproposal/{draft.pk}/{page}/")
        assert answer.status_code in (302, 404)


def test_care_lists_what_is_in_ones_care_and_what_waits(
    clients: dict[str, Client], sites: dict[str, Any], steward: Person
) -> None:
    sent(sites["own"], NEW, steward)
    listed = {
        who: sorted(str(site) for site, _own, _others in clients[who].get("/me/sites/care/").context["lines"])
        for who in WHO[:-1]
    }
    names = {named: str(site) for named, site in sites.items()}
    assert listed == {
        who: sorted(names[named] for named, carers in CARE.items() if who in carers) for who in WHO[:-1]
    }  # fmt: skip
    lines = clients["focal_point"].get("/me/sites/care/").context["lines"]
    assert [(str(site), own, others) for site, own, others in lines if others] == [("Stewarded", None, 1)]


@pytest.mark.parametrize("page", ["/me/sites/care/", "/me/sites/proposals/"])
@pytest.mark.parametrize("number", ["0", "x", "2"])
def test_page_that_is_not_there_is_not_found(page: str, number: str, clients: dict[str, Client]) -> None:
    assert clients["focal_point"].get(f"{page}?page={number}").status_code == 404


def test_care_costs_the_same_for_many_sites(
    clients: dict[str, Client], focal_point: Person, django_assert_num_queries: Any
) -> None:
    for many in (1, 5):
        clients["focal_point"].get("/me/sites/care/")  # what a process keeps is kept from now on
        for _number in range(many):
            sent(BiosphereReserveFactory(states=["MN"]), NEW, focal_point)
            GeoparkFactory(states=["MN"])
        with django_assert_num_queries(10):
            assert clients["focal_point"].get("/me/sites/care/").status_code == 200
