"""Two officers, or two windows, at once: real connections, real row locks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from designated_sites.models import SiteProposal
from designated_sites.proposals import lifecycle
from designated_sites.stewardship import confirmations
from notifications.models import Mail
from reserves.models import BiosphereReserve
from tests.events.registration.test_races import at_once
from tests.factories import BiosphereReserveFactory

from .proposing import decisions, named_steward, officer_person, sent

pytestmark = pytest.mark.django_db(transaction=True)


def deciding(proposal: Any, **wanted: bool) -> Callable[[], Any]:
    """An officer of their own who has read the page and is about to press the button."""
    officer, read = officer_person(), decisions(proposal, **wanted)
    return lambda: lifecycle.decide(proposal=proposal, by=officer.user, decisions=read)


def test_each_fact_is_decided_once_by_one_of_many_officers() -> None:
    proposal = sent(BiosphereReserveFactory(), {"core_ha": "5", "buffer_ha": "6"})
    faults = at_once([deciding(proposal, core_ha=True) for _number in range(4)])
    assert [type(fault) for fault in faults] == [ValidationError] * 3
    assert {str(fault.messages[0]) for fault in faults} == {"Another officer has decided this meanwhile."}
    proposal.refresh_from_db()
    assert (list(proposal.decisions), proposal.state) == (["core_ha"], "open")


def test_two_officers_decide_two_facts_at_once_and_nothing_is_lost() -> None:
    site = BiosphereReserveFactory()
    proposal = sent(site, {"core_ha": "5", "website": "https://example.org/"})
    assert at_once([deciding(proposal, core_ha=True), deciding(proposal, website=True)]) == []
    site.refresh_from_db()
    proposal.refresh_from_db()
    assert (site.core_ha, site.website) == (5, "https://example.org/")
    assert (sorted(proposal.decisions), proposal.state) == (["core_ha", "website"], "decided")
    assert Mail.objects.filter(kind="proposal.decided").count() == 1


def test_two_proposals_about_one_fact_never_overwrite_each_other() -> None:
    site = BiosphereReserveFactory()
    rivals = [sent(site, {"core_ha": value}) for value in ("5", "6")]
    faults = at_once([deciding(one, core_ha=True) for one in rivals])
    assert len(faults) == 1
    assert "has changed while you were reading" in str(faults[0])


def test_taken_back_while_it_is_decided_ends_one_way() -> None:
    proposal = sent(BiosphereReserveFactory(), {"core_ha": "5"})
    by = proposal.proposer.user
    faults = at_once([lambda: lifecycle.withdraw(proposal=proposal, by=by), deciding(proposal, core_ha=True)])
    assert len(faults) == 1
    proposal.refresh_from_db()
    was_written = BiosphereReserve.objects.get().core_ha is not None
    assert proposal.state == ("decided" if was_written else "withdrawn")


def test_two_windows_keep_one_draft() -> None:
    site = BiosphereReserveFactory()
    person = named_steward(site)
    acts = [
        lambda value=value: lifecycle.keep(
            site=site, person=person, base={"core_ha": ""}, changes={"core_ha": value}, reason="x"
        )
        for value in ("5", "6", "7")
    ]
    assert at_once(acts) == []
    assert SiteProposal.objects.count() == 1


def test_link_pressed_many_times_confirms_once() -> None:
    site = BiosphereReserveFactory()
    person, seen = named_steward(site), confirmations.shown(site)
    since = site.created_at
    acts = [
        lambda: confirmations.confirm(site=site, person=person, seen=seen, since=since) for _number in range(4)
    ]  # fmt: skip
    assert len(at_once(acts)) == 3
    site.refresh_from_db()
    assert site.confirmed_by == person
