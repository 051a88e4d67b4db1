"""Roles are asked for, and decided by those whose state it is."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import Person, RoleGrant, RoleRequest
from accounts.roles import requests as role_requests
from accounts.roles import stewardships, withdrawals
from accounts.scopes import scope_of
from accounts.sites import site_of
from designated_sites.models import Stewardship
from history.models import AuditEntry
from notifications.delivery import sending
from notifications.models import Mail
from records.personal_data import Owner, all_holdings
from reserves.models import BiosphereReserve
from tests.admin.pages import send
from tests.factories import BiosphereReserveFactory, MemberStateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> BiosphereReserve:
    return BiosphereReserveFactory(slug="shared", name="Shared", states=["MN", "RU"])  # type: ignore[no-any-return]


def of_site(person: Person, site: BiosphereReserve) -> RoleRequest:
    return role_requests.ask(person=person, role="steward", message="Named", site=("reserve", site.pk))


def told(kind: str) -> set[str]:
    return set(Mail.objects.filter(kind=f"accounts.{kind}").values_list("email", flat=True))


def test_request_for_a_site_goes_to_focal_points_of_its_states_and_to_officers(
    officer: Person, focal_point: Person, other_focal_point: Person, stranger: Person, site: BiosphereReserve
) -> None:
    asked = of_site(stranger, site)
    assert (asked.state, asked.state_codes, asked.site_id) == ("asked", ["MN", "RU"], site.pk)
    assert told("role_asked") == {"oyun@example.org", "bat@example.org", "vera@example.org"}


def test_request_to_be_focal_point_goes_to_officers_only(
    officer: Person, focal_point: Person, stranger: Person
) -> None:
    asked = role_requests.ask(
        person=stranger, role="focal_point", message="Named", member_state=MemberStateFactory(code="MN")
    )
    assert asked.state_codes == []
    assert told("role_asked") == {"oyun@example.org"}
    with pytest.raises(ValidationError, match="not yours to decide"):
        role_requests.grant(request=asked, by=focal_point.user, reason="Colleague")
    role_requests.grant(request=asked, by=officer.user, reason="Letter of 1 October")
    assert scope_of(stranger.user).states == {"MN"}


def test_request_to_be_trainer_goes_to_the_focal_point_of_the_own_state(
    focal_point: Person, other_focal_point: Person, steward: Person
) -> None:
    asked = role_requests.ask(person=steward, role="trainer", message="Lakes")
    assert told("role_asked") == {"bat@example.org"}
    with pytest.raises(ValidationError, match="not yours to decide"):
        role_requests.grant(request=asked, by=other_focal_point.user, reason="x")
    role_requests.grant(request=asked, by=focal_point.user, reason="Knows lakes")
    grant = steward.roles.get()
    assert (grant.role, grant.granted_by, grant.reason) == ("trainer", focal_point.user, "Knows lakes")


def test_granted_stewardship_begins_today_is_mailed_and_accounted_for(
    focal_point: Person, stranger: Person, site: BiosphereReserve
) -> None:
    asked = role_requests.grant(request=of_site(stranger, site), by=focal_point.user, reason="Named by us")
    assert (asked.state, asked.decided_by, asked.reason) == ("granted", focal_point.user, "Named by us")
    assert scope_of(stranger.user).sites == {site.pk}
    assert told("steward_named") == {"jin@example.org"}
    entry = AuditEntry.objects.get()
    assert (entry.what, entry.actor_id, entry.subject_label, entry.subject_id, entry.detail) == (
        "role_granted", focal_point.user.pk, "accounts.person", stranger.pk, f"steward reserve:{site.pk}",
    )  # fmt: skip


def test_refusal_wants_a_reason_and_tells_it(focal_point: Person, stranger: Person, site: BiosphereReserve) -> None:
    asked = of_site(stranger, site)
    with pytest.raises(ValidationError, match="Say why"):
        role_requests.refuse(request=asked, by=focal_point.user, reason=" ")
    role_requests.refuse(request=asked, by=focal_point.user, reason="Another was named")
    assert told("role_refused") == {"jin@example.org"}
    assert AuditEntry.objects.get().what == "role_refused"
    assert scope_of(stranger.user).sites == frozenset()
    with pytest.raises(ValidationError, match="decided already"):
        role_requests.grant(request=asked, by=focal_point.user, reason="After all")


def test_nobody_decides_about_an_own_request(officer: Person, focal_point: Person, site: BiosphereReserve) -> None:
    for person in (officer, focal_point):
        with pytest.raises(ValidationError, match="own request"):
            role_requests.grant(request=of_site(person, site), by=person.user, reason="Myself")
    assert not Stewardship.objects.exists()


def test_request_names_a_site_that_is_there_and_goes_with_it(stranger: Person, site: BiosphereReserve) -> None:
    nowhere = RoleRequest.objects.create(person=stranger, role="steward", site_id=site.pk + 1)
    with pytest.raises(IntegrityError, match="accounts_rolerequest_site_fk"), transaction.atomic():
        connection.check_constraints()
    nowhere.delete()
    of_site(stranger, site)
    role_requests.ask(person=stranger, role="trainer", message="Lakes")
    site.delete()
    assert [one.role for one in RoleRequest.objects.all()] == ["trainer"]
    connection.check_constraints()


def test_export_of_a_person_tells_the_type_of_the_site(stranger: Person, site: BiosphereReserve) -> None:
    of_site(stranger, site)
    role_requests.ask(person=stranger, role="trainer", message="Lakes")
    site.published = False
    site.save()
    (person,) = (one for one in all_holdings() if one.name == "person")
    rows = person.gather(Owner(person_id=stranger.pk))["requests_for_roles"]
    assert {(one["site_kind"], one["site_id"]) for one in rows} == {("", None), ("reserve", site.pk)}


def test_request_is_made_once_and_not_for_what_is_held(stranger: Person, site: BiosphereReserve) -> None:
    first = of_site(stranger, site)
    with pytest.raises(ValidationError, match="You have asked for this role already"):
        of_site(stranger, site)
    role_requests.take_back(request=first, by=stranger.user)
    of_site(stranger, site)
    stewardships.begin(person=stranger, kind="reserve", key=site.pk, by=None)
    RoleRequest.objects.update(state="taken_back", decided_at="2030-01-01T00:00Z")
    with pytest.raises(ValidationError, match="You hold this role already"):
        of_site(stranger, site)


def test_mail_to_those_who_decide_is_not_sent_once_it_is_decided(
    focal_point: Person, stranger: Person, site: BiosphereReserve
) -> None:
    asked = of_site(stranger, site)
    role_requests.take_back(request=asked, by=stranger.user)
    assert sending.send_due() == sending.Pass(dropped=1)


def test_unpublished_site_has_no_steward_to_be(stranger: Person) -> None:
    hidden = BiosphereReserveFactory(published=False)
    for key in (hidden.pk, 0):
        with pytest.raises(ValidationError, match="not known"):
            role_requests.ask(person=stranger, role="steward", message="x", site=("reserve", key))


def test_steward_comes_back_on_the_same_day(stranger: Person, site: BiosphereReserve) -> None:
    facts = {"person": stranger, "kind": "reserve", "key": site.pk, "by": None}
    stewardships.begin(**facts)
    with pytest.raises(ValidationError, match="already"):
        stewardships.begin(**facts)
    stewardships.end(**facts)
    assert scope_of(stranger.user).sites == frozenset()
    with pytest.raises(ValidationError, match="is not steward"):
        stewardships.end(**facts)
    stewardships.begin(**facts)
    assert scope_of(stranger.user).sites == {site.pk}
    kinds = Mail.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["accounts.steward_named", "accounts.steward_ended", "accounts.steward_named"]


def test_stewardship_without_an_end_ends_yesterday_and_stays_known(steward: Person) -> None:
    held = steward.stewardships.get()
    stewardships.end(person=steward, kind="reserve", key=held.site.pk, by=None)
    held.refresh_from_db()
    assert held.until is not None
    assert scope_of(steward.user).sites == frozenset()


def test_focal_point_takes_no_other_role_than_that_of_trainer(
    officer: Person, focal_point: Person, other_focal_point: Person, trainer: Person
) -> None:
    def may(grant: RoleGrant) -> bool:
        return withdrawals.may_withdraw(grant=grant, by=focal_point.user)

    assert (may(officer.roles.get()), may(other_focal_point.roles.get()), may(trainer.roles.get())) == (False,) * 3
    trainer.member_state_id = "MN"
    trainer.save()
    assert may(RoleGrant.objects.get(person=trainer)) is True
    with pytest.raises(ValidationError, match="not yours to take away"):
        withdrawals.withdraw(grant=officer.roles.get(), by=focal_point.user, reason="x")


def test_steward_of_a_shared_site_is_ended_by_each_of_its_states(
    focal_point: Person, other_focal_point: Person, stranger: Person, site: BiosphereReserve, trainer: Person
) -> None:
    facts = site_of("reserve", site.pk)
    assert facts is not None
    may = {
        person.name: withdrawals.may_end(person=stranger, site=facts, by=person.user)
        for person in (focal_point, other_focal_point, trainer)
    }
    assert may == {"Bat": True, "Vera": True, "Aiko": False}


def test_steward_named_and_ended_in_the_admin_is_told_and_accounted_for(
    officer_client: Client, officer: Person, stranger: Person, steward: Person
) -> None:
    held = steward.stewardships.get()
    rows = {
        "stewards-0-until": "2020-01-01",
        "stewards-TOTAL_FORMS": "2",
        "stewards-1-person": str(stranger.pk),
        "stewards-1-site": str(held.site.pk),
    }
    assert send(officer_client, held.site, rows=rows).status_code == 302
    assert (told("steward_named"), told("steward_ended")) == ({"jin@example.org"}, {"saruul@example.org"})
    noted = AuditEntry.objects.values_list("what", "actor_id", "subject_id")
    assert set(noted) == {
        ("role_granted", officer.user.pk, stranger.pk),
        ("role_withdrawn", officer.user.pk, steward.pk),
    }
    assert send(officer_client, held.site, summary_en="Lakes").status_code == 302
    assert AuditEntry.objects.count() == 2
