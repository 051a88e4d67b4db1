"""The life of a proposal: written, sent, taken back, and decided fact by fact by an officer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person, User
from accounts.persons.recipients import recipient_of
from accounts.scopes import scope_of
from history.actor import acting
from notifications import outbox
from typed_records.locks import lock, locked

from ..models import DesignatedSite, SiteProposal
from ..stewardship import facts
from ..stewardship.editable_site_types import NAMES
from .differences import shown
from .mails import DECIDED, RECEIVED

State = SiteProposal.State


@dataclass(frozen=True)
class Decision:
    """What an officer says about one fact; `shown` is the digest of what stood before their eyes."""

    accepted: bool
    reason: str
    shown: str


def in_hand(*, site: DesignatedSite, person: Person | None) -> SiteProposal | None:
    """The proposal of a person for a site that is not over, if there is one."""
    return None if person is None else site.proposals.unfinished().of(person).first()


@transaction.atomic
def keep(
    *, site: DesignatedSite, person: Person, base: Mapping[str, object], changes: Mapping[str, object], reason: str
) -> SiteProposal:
    """Keeps what a person has written as a draft, in place of an earlier draft. ValidationError says why not."""
    lock(type(site), site.pk)  # two windows of one person come one after the other
    _refuse_others(site, person)
    proposal: SiteProposal | None = site.proposals.unfinished().of(person).select_for_update().first()
    if proposal is None:
        proposal = SiteProposal(site=site, proposer=person)
    elif proposal.state != State.DRAFT:
        raise ValidationError(_("A proposal of yours for this site waits already. Take it back first."))
    proposal.state, proposal.reason, proposal.changes = State.DRAFT, reason, dict(changes)
    proposal.base = {name: base[name] for name in changes}
    proposal.full_clean()
    proposal.save()
    return proposal


@transaction.atomic
def send(*, proposal: SiteProposal, by: User) -> None:
    """Puts a draft before the officers, who find it on their desk; the proposer gets a mail."""
    proposal = _own(proposal, by, State.DRAFT)
    proposer = cast(Person, proposal.proposer)  # who else may send it
    _refuse_others(proposal.site, proposer)
    if not proposal.changes or not proposal.reason.strip():
        raise ValidationError(_("Change at least one fact, and say why."))
    proposal.state, proposal.sent_at = State.OPEN, timezone.now()
    proposal.save(update_fields=["state", "sent_at"])
    outbox.put(kind=RECEIVED.name, subject=proposal, recipient=recipient_of(proposer), occurrence=proposal.site.kind)


@transaction.atomic
def discard(*, proposal: SiteProposal, by: User) -> None:
    """Throws a draft away."""
    _own(proposal, by, State.DRAFT).delete()


@transaction.atomic
def withdraw(*, proposal: SiteProposal, by: User) -> None:
    """The proposer no longer wants it. What was accepted by then stays in the record."""
    proposal = _own(proposal, by, State.OPEN)
    proposal.state = State.WITHDRAWN
    proposal.save(update_fields=["state"])


@transaction.atomic
def decide(*, proposal: SiteProposal, by: User, decisions: Mapping[str, Decision]) -> SiteProposal:
    """Accepts or refuses single facts, all of one submission or none; accepted ones are written into the record.

    ValidationError names the fact that cannot be decided: another officer was faster, the record is no longer what was
    shown, the reason is missing, or a rule of the record is broken. When the last fact is decided the proposer is told.
    """
    proposal = _locked(proposal)
    site = locked(proposal.site)
    _refuse_decider(proposal, by)
    _refuse_decisions(proposal, site, decisions)
    was = {name: facts.read(site, name) for name in decisions}
    accepted = {name: proposal.changes[name] for name, one in decisions.items() if one.accepted}
    with acting(by.pk, reason=_why(proposal, decisions)):
        _write(site, accepted)
    at = timezone.now()
    for name, one in decisions.items():
        proposal.decisions[name] = {
            "accepted": one.accepted, "reason": one.reason.strip(), "by": by.pk, "at": at.isoformat(), "was": was[name],
        }  # fmt: skip
    if not proposal.undecided:
        proposal.state, proposal.decided_at, proposal.decided_by = State.DECIDED, at, by
        if proposal.proposer:
            reader = recipient_of(proposal.proposer)
            outbox.put(kind=DECIDED.name, subject=proposal, recipient=reader, occurrence=site.kind)
    proposal.save(update_fields=["decisions", "state", "decided_at", "decided_by"])
    return proposal


def _locked(proposal: SiteProposal) -> SiteProposal:
    """The proposal as it is now, with its row locked."""
    found = SiteProposal.objects.select_for_update(of=("self",)).select_related("site", "proposer__care_of")
    now = found.filter(pk=proposal.pk).first()
    if now is None:
        raise ValidationError(_("This proposal is no longer there."))
    return now


def _own(proposal: SiteProposal, by: User, state: str) -> SiteProposal:
    proposal = _locked(proposal)
    if proposal.proposer is None or proposal.proposer.user_id != by.pk:
        raise ValidationError(_("Only who has written a proposal does this."))
    if proposal.state != state:
        raise ValidationError(_("The proposal is no longer what it was when you opened the page."))
    return proposal


def may_propose(site: DesignatedSite, user: User | None) -> bool:
    """Stewards of the site and focal points of any of its states; officers write in the admin."""
    if user is None:
        return False
    scope = scope_of(user)
    return not scope.all and type(site).objects.published().in_scope(scope).filter(pk=site.pk).exists()


def _refuse_others(site: DesignatedSite, person: Person) -> None:
    if not may_propose(site, person.user):
        raise ValidationError(_("You do not look after this site."))


def _refuse_decider(proposal: SiteProposal, by: User) -> None:
    if not scope_of(by).all:
        raise ValidationError(_("Only the secretariat decides about proposals."))
    if proposal.proposer and proposal.proposer.user_id == by.pk:
        raise ValidationError(_("Nobody decides about an own proposal."))
    if proposal.state != State.OPEN:
        raise ValidationError(_("This proposal was decided or taken back meanwhile."))


def _refuse_decisions(proposal: SiteProposal, site: DesignatedSite, decisions: Mapping[str, Decision]) -> None:
    faults: dict[str, str] = {}
    for name, one in decisions.items():
        if name in proposal.decisions:
            faults[name] = _("Another officer has decided this meanwhile.")
        elif name not in proposal.changes:
            faults[name] = _("This is not part of the proposal.")
        elif one.shown != shown(proposal, site, name):
            faults[name] = _("The record has changed while you were reading. Look at the values again, then decide.")
        elif not one.accepted and not one.reason.strip():
            faults[name] = _("Say why you refuse it. The proposer reads it.")
    if not decisions:
        faults[NON_FIELD_ERRORS] = _("Decide about at least one fact.")
    if faults:
        raise ValidationError(faults)


def _why(proposal: SiteProposal, decisions: Mapping[str, Decision]) -> str:
    """The reason of the change in the history: the proposal by its number, and what the officer says to it."""
    said = dict.fromkeys(one.reason.strip() for one in decisions.values() if one.accepted and one.reason.strip())
    return ". ".join([_("Proposal %(number)s") % {"number": proposal.pk}, *said])


def _write(site: DesignatedSite, accepted: Mapping[str, Any]) -> None:
    """Into the record, by its own rules."""
    columns = [name for name in accepted if name != NAMES]
    if NAMES in accepted:
        _check(NAMES, lambda: facts.check_names(site, accepted[NAMES]))
        facts.write_names(site, accepted[NAMES])
    for name in columns:
        _check(name, partial(facts.set_column, site, name, accepted[name]))
    if columns:
        facts.check_columns(site, columns)
        site.save()


def _check(name: str, rule: Callable[[], None]) -> None:
    """Tells a broken rule at the fact it is about."""
    try:
        rule()
    except ValidationError as broken:
        raise ValidationError({name: broken.messages}) from broken
