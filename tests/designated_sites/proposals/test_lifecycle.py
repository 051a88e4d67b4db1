"""Proposals: what is written, what is decided, and what can then be read in record, history and mails."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict

from designated_sites.models import SiteProposal
from designated_sites.proposals import lifecycle
from designated_sites.proposals.differences import differences
from designated_sites.proposals.forms import SiteFactsForm
from designated_sites.stewardship import facts
from designated_sites.stewardship.editable_site_types import kind_of
from history.models import Change
from notifications.models import Mail
from reserves.models import BiosphereReserve
from tests.factories import BiosphereReserveFactory, PersonFactory

from .proposing import NEW, as_posted, decisions, named_steward, officer_person, sent, site_of_kind

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
EVERY_FACT = [(kind, name) for kind, values in NEW.items() for name in values]


def filled(form_data: dict, **kwargs) -> SiteFactsForm:
    data = QueryDict(mutable=True)
    for name, value in form_data.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return SiteFactsForm(data, **kwargs)


@pytest.mark.parametrize("kind", NEW)
def test_facts_of_the_test_are_all_there_are(kind: str) -> None:
    assert set(NEW[kind]) == set(kind_of(site_of_kind(kind)).facts)


@pytest.mark.parametrize(("kind", "name"), EVERY_FACT)
def test_fact_goes_through_form_proposal_and_record(kind: str, name: str) -> None:
    site = site_of_kind(kind, latitude="48", longitude="99")
    before = facts.read_all(kind_of(site), site)
    drawn = SiteFactsForm(site=site).signed_base
    posted = as_posted(site, {name: NEW[kind][name]}) | {"seen": drawn, "reason": "Known on site"}
    form = filled(posted, site=site, to_send=True)
    assert (form.is_valid(), form.errors) == (True, {})
    assert form.changes == {name: NEW[kind][name]}
    proposal = sent(site, form.changes)
    assert facts.read_all(kind_of(site), type(site).objects.get(pk=site.pk)) == before  # the record stays
    lifecycle.decide(proposal=proposal, by=officer_person().user, decisions=decisions(proposal, **{name: True}))
    assert facts.read_all(kind_of(site), type(site).objects.get(pk=site.pk)) == before | {name: NEW[kind][name]}


@pytest.mark.parametrize("kind", NEW)
def test_everything_at_once_and_back_to_nothing(kind: str) -> None:
    """Every fact that may be unknown can be emptied again."""
    site, officer = site_of_kind(kind), officer_person()
    person = named_steward(site)
    empty = facts.read_all(kind_of(site), site)
    for values in (NEW[kind], {name: value for name, value in empty.items() if value != NEW[kind][name]}):
        site = type(site).objects.get(pk=site.pk)
        form = filled(
            as_posted(site, values) | {"seen": SiteFactsForm(site=site).signed_base, "reason": "x"}, site=site
        )
        assert form.is_valid(), form.errors
        assert form.changes == values
        proposal = sent(site, form.changes, person)
        lifecycle.decide(
            proposal=proposal, by=officer.user, decisions=decisions(proposal, **dict.fromkeys(form.changes, True))
        )
    site = type(site).objects.get(pk=site.pk)
    assert facts.read_all(kind_of(site), site) == empty


def test_form_prefilled_with_the_record_and_sent_unchanged_is_no_proposal() -> None:
    site = BiosphereReserveFactory(summary_en="  Spaces at the ends \n", core_ha="10.50")
    site.refresh_from_db()
    form = filled(as_posted(site, {}) | {"seen": SiteFactsForm(site=site).signed_base, "reason": "x"}, site=site)
    assert form.errors == {"__all__": ["Nothing was changed yet. Change what is not right, then go on."]}


def test_what_somebody_else_has_changed_is_not_taken_for_a_change() -> None:
    site = BiosphereReserveFactory(website="https://old.example/")
    drawn, posted = SiteFactsForm(site=site).signed_base, as_posted(site, {"core_ha": "5"})
    BiosphereReserve.objects.update(website="https://new.example/")
    site.refresh_from_db()
    form = filled(posted | {"seen": drawn, "reason": "x"}, site=site)
    assert form.is_valid()
    assert form.changes == {"core_ha": "5"}


@pytest.mark.parametrize("seen", ["", "forged"])
def test_page_that_does_not_say_what_it_showed_is_asked_again(seen: str) -> None:
    site = BiosphereReserveFactory()
    form = filled(as_posted(site, {"core_ha": "5"}) | {"seen": seen, "reason": "x"}, site=site)
    assert form.errors == {"__all__": ["The page was not complete. Look through the values and send it again."]}


def test_page_of_another_site_is_asked_again() -> None:
    site, other = BiosphereReserveFactory(), BiosphereReserveFactory()
    seen = SiteFactsForm(site=other).signed_base
    assert not filled(as_posted(site, {"core_ha": "5"}) | {"seen": seen, "reason": "x"}, site=site).is_valid()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"latitude": "48"}, "__all__"),
        ({"latitude": "100.5", "longitude": "51.1"}, "__all__"),
        ({"latitude": "35", "longitude": "-80"}, "latitude"),
        ({"area_ha": "-1"}, "area_ha"),
        ({"area_ha": "many"}, "area_ha"),
        ({"core_ha": "-1"}, "core_ha"),
        ({"designation_year": "1900"}, "designation_year"),
        ({"designation_year": ""}, "__all__"),
        ({"name": ""}, "name"),
        ({"website": "no address"}, "website"),
        ({"ecosystem": "moon"}, "ecosystem"),
        ({"other_designations": ["moon"]}, "other_designations"),
        ({"extension_years": ["soon"]}, "extension_years"),
        ({"names": [["moon", "", "X"]]}, "names"),
        ({"names": [["local", "xx", "X"]]}, "names"),
        ({"names": [["alias", "", "X"], ["alias", "", "X"]]}, "names"),
        ({"names": [["alias", "", "X" * 151]]}, "names"),
    ],
)
def test_what_the_record_would_refuse_is_refused_at_the_field(values: dict, field: str) -> None:
    site = BiosphereReserveFactory()
    posted = as_posted(site, values) | {"seen": SiteFactsForm(site=site).signed_base, "reason": "x"}
    assert set(filled(posted, site=site).errors) == {field}


def test_reason_is_asked_before_sending_only() -> None:
    site = BiosphereReserveFactory()
    posted = as_posted(site, {"core_ha": "5"}) | {"seen": SiteFactsForm(site=site).signed_base, "reason": " "}
    assert filled(posted, site=site).is_valid()
    assert set(filled(posted, site=site, to_send=True).errors) == {"reason"}


def test_one_unfinished_proposal_of_a_person_for_a_site() -> None:
    site = BiosphereReserveFactory()
    waiting = sent(site, {"core_ha": "5"})
    again = {"site": site, "person": waiting.proposer, "base": {"buffer_ha": ""}, "changes": {"buffer_ha": "6"}, "reason": "x"}  # fmt: skip
    with pytest.raises(ValidationError, match="waits already"):
        lifecycle.keep(**again)
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteProposal.objects.create(site=site, proposer=waiting.proposer, base={}, changes={}, state="draft")
    assert sent(site, {"core_ha": "7"}).state == "open"  # somebody else may
    lifecycle.withdraw(proposal=waiting, by=waiting.proposer.user)
    assert lifecycle.keep(**again).state == "draft"


def test_draft_is_written_over_and_thrown_away() -> None:
    site = BiosphereReserveFactory()
    person = named_steward(site)
    first = lifecycle.keep(site=site, person=person, base={"core_ha": ""}, changes={"core_ha": "5"}, reason="")
    second = lifecycle.keep(site=site, person=person, base={"area_ha": ""}, changes={"area_ha": "9"}, reason="a")
    assert (second.pk, second.changes, second.base) == (first.pk, {"area_ha": "9"}, {"area_ha": ""})
    assert Mail.objects.count() == 0
    lifecycle.discard(proposal=second, by=person.user)
    assert not SiteProposal.objects.exists()


def test_who_no_longer_looks_after_the_site_sends_nothing() -> None:
    site = BiosphereReserveFactory()
    person = named_steward(site)
    draft = lifecycle.keep(site=site, person=person, base={"core_ha": ""}, changes={"core_ha": "5"}, reason="x")
    site.stewards.all().delete()
    with pytest.raises(ValidationError, match="do not look after"):
        lifecycle.send(proposal=draft, by=person.user)


def test_facts_are_decided_in_several_submissions_and_the_proposer_is_told_once() -> None:
    site, officer = BiosphereReserveFactory(core_ha=1), officer_person()
    proposal = sent(site, {"core_ha": "5", "website": "https://example.org/", "names": [["local", "mn", "Хустай"]]})
    assert list(Mail.objects.values_list("kind", "subject_label")) == [
        ("proposal.received", "designated_sites.siteproposal")
    ]
    Change.objects.all().delete()
    lifecycle.decide(proposal=proposal, by=officer.user, decisions=decisions(proposal, core_ha=False))
    proposal.refresh_from_db()
    assert (proposal.state, sorted(proposal.undecided)) == ("open", ["names", "website"])
    assert not Mail.objects.filter(kind="proposal.decided").exists()
    lifecycle.decide(proposal=proposal, by=officer.user, decisions=decisions(proposal, website=True, names=True))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.undecided, proposal.decided_by) == ("decided", [], officer.user)
    assert Mail.objects.filter(kind="proposal.decided", recipient_key=f"person:{proposal.proposer_id}").count() == 1
    told = {name: (one["accepted"], one["reason"], one["was"]) for name, one in proposal.decisions.items()}
    assert told == {"core_ha": (False, "No source", "1"), "website": (True, "", ""), "names": (True, "", [])}
    site.refresh_from_db()
    assert (site.core_ha, site.website) == (1, "https://example.org/")
    assert [(one.name, one.language) for one in site.names.all()] == [("Хустай", "mn")]
    changes = Change.objects.order_by("pk").values_list("table_name", "actor_id", "reason")
    why = f"Proposal {proposal.pk}"
    assert sorted(changes) == [
        ("designated_sites_designatedsite", officer.user.pk, why), ("designated_sites_sitename", officer.user.pk, why),
    ]  # fmt: skip


def test_names_that_stay_are_not_written_again() -> None:
    site = BiosphereReserveFactory()
    for order, name in enumerate(("One", "Two")):
        site.names.create(name=name, order=order)
    kept = site.names.get(name="One").pk
    proposal = sent(site, {"names": [["alias", "", "One"], ["alias", "", "Three"]]})
    lifecycle.decide(proposal=proposal, by=officer_person().user, decisions=decisions(proposal, names=True))
    assert list(site.names.values_list("name", "order")) == [("One", 0), ("Three", 1)]
    assert site.names.get(name="One").pk == kept
    assert not Change.objects.filter(table_name="designated_sites_sitename", key=str(kept), action="UPDATE").exists()


def test_base_that_has_changed_shows_three_values_and_is_not_overwritten_unseen() -> None:
    site, officer = BiosphereReserveFactory(core_ha=1), officer_person()
    proposal = sent(site, {"core_ha": "5", "buffer_ha": "6"})
    read = decisions(proposal, core_ha=True)  # the officer's page as it is now
    BiosphereReserve.objects.update(core_ha=3)
    with pytest.raises(ValidationError) as refused:
        lifecycle.decide(proposal=proposal, by=officer.user, decisions=read)
    assert list(refused.value.message_dict) == ["core_ha"]
    fresh = SiteProposal.objects.select_related("site").get(pk=proposal.pk)
    shown = {one.name: (one.is_stale, one.now, one.proposed, one.seen) for one in differences(fresh)}
    assert shown == {"core_ha": (True, ["3"], ["5"], ["1"]), "buffer_ha": (False, [], ["6"], [])}
    site.refresh_from_db()
    assert (site.core_ha, fresh.decisions) == (3, {})
    lifecycle.decide(proposal=proposal, by=officer.user, decisions=decisions(proposal, core_ha=True))
    site.refresh_from_db()
    assert site.core_ha == 5


def test_other_facts_that_changed_meanwhile_hinder_nothing_and_stay() -> None:
    site = BiosphereReserveFactory(core_ha=1)
    proposal = sent(site, {"core_ha": "5"})
    read = decisions(proposal, core_ha=True)
    BiosphereReserve.objects.update(website="https://new.example/")
    lifecycle.decide(proposal=proposal, by=officer_person().user, decisions=read)
    site.refresh_from_db()
    assert (site.core_ha, site.website) == (5, "https://new.example/")


def test_submission_is_kept_whole_or_not_at_all() -> None:
    """A point without its other half breaks a rule of the record."""
    site = BiosphereReserveFactory()
    proposal = sent(site, {"latitude": "48.1", "longitude": "100", "core_ha": "5"})
    with pytest.raises(ValidationError, match="together, or neither"):
        lifecycle.decide(
            proposal=proposal, by=officer_person().user, decisions=decisions(proposal, latitude=True, core_ha=True)
        )
    site.refresh_from_db()
    assert (site.latitude, site.core_ha, SiteProposal.objects.get().decisions) == (None, None, {})


@pytest.mark.parametrize("state", ["draft", "withdrawn", "decided"])
def test_only_what_waits_is_decided(state: str) -> None:
    proposal = sent(BiosphereReserveFactory(), {"core_ha": "5"})
    SiteProposal.objects.update(state=state)
    with pytest.raises(ValidationError, match="meanwhile"):
        lifecycle.decide(proposal=proposal, by=officer_person().user, decisions=decisions(proposal, core_ha=True))


def test_refusal_without_reason_and_unknown_facts_are_refused() -> None:
    proposal = sent(BiosphereReserveFactory(), {"core_ha": "5"})
    officer = officer_person().user
    for given, why in (
        ({"core_ha": lifecycle.Decision(False, " ", decisions(proposal, core_ha=True)["core_ha"].shown)}, "Say why"),
        (decisions(proposal, slug=True), "not part of the proposal"),
        ({}, "at least one"),
    ):
        with pytest.raises(ValidationError, match=why):
            lifecycle.decide(proposal=proposal, by=officer, decisions=given)


def test_nobody_decides_about_an_own_proposal_and_only_officers_decide() -> None:
    site = BiosphereReserveFactory()
    person = named_steward(site)
    proposal = sent(site, {"core_ha": "5"}, person)
    with pytest.raises(ValidationError, match="Only the secretariat"):
        lifecycle.decide(proposal=proposal, by=person.user, decisions=decisions(proposal, core_ha=True))
    person.user.is_staff = True
    person.user.save()
    person.roles.create(role="secretariat")
    with pytest.raises(ValidationError, match="own proposal"):
        lifecycle.decide(proposal=proposal, by=person.user, decisions=decisions(proposal, core_ha=True))


def test_proposer_who_has_left_is_told_nothing_and_what_they_proposed_can_be_decided() -> None:
    proposal = sent(BiosphereReserveFactory(), {"core_ha": "5"})
    SiteProposal.objects.update(proposer=None)
    lifecycle.decide(proposal=proposal, by=officer_person().user, decisions=decisions(proposal, core_ha=True))
    assert SiteProposal.objects.get().state == "decided"
    assert not Mail.objects.filter(kind="proposal.decided").exists()


def test_open_proposals_are_found_for_the_desk() -> None:
    waiting = sent(BiosphereReserveFactory(), {"core_ha": "5"})
    site = BiosphereReserveFactory()
    for state in ("draft", "decided", "withdrawn"):
        SiteProposal.objects.create(site=site, proposer=PersonFactory(), base={}, changes={}, state=state)
    assert list(SiteProposal.objects.open()) == [waiting]
