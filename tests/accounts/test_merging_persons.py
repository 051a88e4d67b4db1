"""Two records of a human being become one: nothing is lost, the old number leads on, and who may not, does not."""

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client
from django.utils import timezone

from accounts.models import Consent, DifferentPersons, FormerPerson, Person, RoleGrant
from accounts.persons import duplicates, merging
from accounts.persons.former import present_id
from accounts.persons.recipients import recipient_of
from activities.attendance.recording import recount
from activities.models import Attendance, AttendanceFile, Session
from designated_sites.models import LinkedSite, Stewardship
from events.models import CalendarToken
from history.models import AuditEntry
from notifications import outbox
from notifications.models import Mail
from tests.factories import (
    ApplicationFactory,
    BiosphereReserveFactory,
    EventFactory,
    MemberStateFactory,
    PersonFactory,
    RegistrationFactory,
    RoleGrantFactory,
    TrainingFactory,
)
from tests.people import signed_in, with_account
from trainings.models import Certificate

pytestmark = pytest.mark.django_db
PAGE = "/admin/accounts/person/duplicates/{}/{}/"


def merged(first: Person, second: Person, by: Person, **take: str) -> Person:
    first, second = Person.objects.get(pk=first.pk), Person.objects.get(pk=second.pk)
    seen = merging.seen_of(first, second)
    return merging.merge(first=first.pk, second=second.pk, take=take, seen=seen, why="told", by=by.user)


def rows_pointing_to(person: Person) -> dict[str, int]:
    found = {}
    for relation in person._meta.get_fields(include_hidden=True):
        key: Any = getattr(relation, "field", None)
        if isinstance(key, models.ForeignKey) and not key.model._meta.proxy and key.model is not FormerPerson:
            found[f"{key.model._meta.label}.{key.name}"] = key.model._base_manager.filter(**{key.name: person}).count()
    return found


def certificate(person: Person, activity: Any, number: str, **facts: Any) -> Certificate:
    printed = {"name": person.name, "title": "Sample", "dates": "2026"}
    return Certificate.objects.create(activity_id=activity.pk, person=person, number=number, **printed, **facts)


def test_everything_goes_over_and_the_old_number_leads_on(officer: Person, officer_client: Client) -> None:
    mongolia = MemberStateFactory(code="MN")
    first = PersonFactory(name="Bat Dorj", email="", member_state=mongolia)
    second = with_account("dorj@example.org", "Dorj Bat", member_state=mongolia, position="Ranger")
    Person.objects.filter(pk=second.pk).update(email="dorj@example.org")
    second.refresh_from_db()
    event, training = EventFactory(), TrainingFactory()
    session = Session.objects.create(
        activity=event, title="One", starts_at=event.starts_at, ends_at=event.starts_at + dt.timedelta(hours=2)
    )
    session.trainers.add(first, second)
    RegistrationFactory(event=event, person=second)
    application = ApplicationFactory(training=training, person=second)
    ApplicationFactory(training=TrainingFactory(), nominated_by=second)
    paper = certificate(second, event, "EABRN-1")
    RoleGrantFactory(person=second, role=RoleGrant.Role.TRAINER)
    site = BiosphereReserveFactory(confirmed_by=second)
    Stewardship.objects.create(site=site, person=second)
    LinkedSite.objects.create(site=site, person=second)
    Consent.objects.create(person=second, what="notice", version="1", how="form")
    in_care = PersonFactory(name="In care", email="", care_of=second)
    outbox.put(
        kind="events.moved", subject=event, recipient=recipient_of(second), due=timezone.now() + dt.timedelta(days=1)
    )
    before, own = rows_pointing_to(second), rows_pointing_to(first)
    shown = officer_client.get(PAGE.format(first.pk, second.pk)).content.decode()
    assert "Make the two records one" in shown
    assert "User account" not in shown  # whose the account is, is not chosen between
    number, account = second.pk, second.user
    kept = merged(first, second, officer)
    after = {label: before[label] + own[label] for label in before}
    after["activities.Session_trainers.person"] -= 1  # both had led the session
    assert rows_pointing_to(kept) == after
    assert sum(before.values()) > 9
    kept.refresh_from_db()
    assert (kept.name, kept.email, kept.user, kept.position) == ("Bat Dorj", "dorj@example.org", account, "Ranger")
    assert in_care.__class__.objects.get(pk=in_care.pk).care_of == kept
    mail = Mail.objects.get(kind="events.moved")
    assert (mail.recipient_key, mail.email) == (f"person:{kept.pk}", "dorj@example.org")
    answer = officer_client.get(f"/admin/accounts/person/{number}/change/")
    assert (answer.status_code, answer["Location"]) == (301, f"/admin/accounts/person/{kept.pk}/change/")
    entry = AuditEntry.objects.get(what="merged")
    assert (entry.actor_id, entry.subject_id, "Dorj" in entry.detail) == (officer.user.pk, kept.pk, False)
    assert officer_client.get(f"/certificates/{paper.number}/").status_code == 200
    application.refresh_from_db()
    assert application.person == kept
    third = PersonFactory(name="Third", email="")
    assert merged(third, kept, officer).pk == present_id(number)


def test_what_both_have_is_settled_by_a_rule_or_refused_with_names(officer: Person) -> None:
    first, second = PersonFactory(name="One"), PersonFactory(name="Two")
    event, site = EventFactory(title="Seminar on dunes"), BiosphereReserveFactory()
    session = Session.objects.create(
        activity=event, title="One", starts_at=event.starts_at, ends_at=event.starts_at + dt.timedelta(hours=2)
    )
    Stewardship.objects.create(site=site, person=first, since=dt.date(2024, 1, 1))
    Stewardship.objects.create(site=site, person=second, since=dt.date(2020, 1, 1))
    for person, minutes in ((first, 10), (second, 30)):
        RoleGrantFactory(person=person, role=RoleGrant.Role.TRAINER)
        Consent.objects.create(person=person, what="notice", version="1", how="form")
        CalendarToken.objects.create(person=person)
        LinkedSite.objects.create(site=site, person=person)
        Attendance.objects.create(session=session, person=person, minutes=minutes, source="by hand")
        outbox.put(kind="events.moved", subject=event, recipient=recipient_of(person))
    papers = [certificate(first, event, "A"), certificate(second, event, "B")]
    places = [RegistrationFactory(event=event, person=person, state="confirmed") for person in (first, second)]
    outlook = merging.look(first, second, officer.user)
    assert len(outlook.refusals) == 2  # two places, two certificates
    with pytest.raises(ValidationError, match="Seminar on dunes"):
        merged(first, second, officer)
    assert rows_pointing_to(second)["activities.Attendance.person"] == 1  # nothing was done
    places[0].__class__.objects.filter(pk=places[0].pk).update(state="cancelled")
    Certificate.objects.filter(pk=papers[0].pk).update(revoked_at=timezone.now(), revoke_reason="Twice")
    kept = merged(first, second, officer)
    assert kept.stewardships.get().since == dt.date(2020, 1, 1)
    assert Attendance.objects.get(session=session).minutes == 30
    assert kept.roles.active().count() == 1
    assert kept.roles.count() == 2
    assert kept.consents.count() == kept.site_links.count() == 1
    assert CalendarToken.objects.get().person == kept
    assert Certificate.objects.get(number="A").person is None
    assert Certificate.objects.get(number="B").person == kept
    assert sorted(Mail.objects.filter(kind="events.moved").values_list("state", flat=True)) == ["dropped", "queued"]


@pytest.mark.sweep
def test_names_in_lists_are_counted_together(officer: Person) -> None:
    first, second = PersonFactory(name="One"), PersonFactory(name="Two")
    event = EventFactory()
    begins = event.starts_at
    session = Session.objects.create(
        activity=event, title="One", starts_at=begins, ends_at=begins + dt.timedelta(hours=2)
    )
    taken = AttendanceFile.objects.create(activity=event, provider="zoom", digest="x", rows=2)
    for person, (starts, ends) in ((first, (0, 30)), (second, (20, 50))):
        match = event.attendance_matches.create(
            key=f"person:{person.pk}", name=person.name, state="name", person=person
        )
        span = [begins + dt.timedelta(minutes=minute) for minute in (starts, ends)]
        taken.spans.create(match=match, joined_at=span[0], left_at=span[1])
    asked = event.attendance_matches.create(key="name:x", name="X", candidates=[second.pk, first.pk])
    recount(activity=event)
    kept = merged(first, second, officer)
    assert Attendance.objects.get(session=session, person=kept).minutes == 50
    asked.refresh_from_db()
    assert asked.candidates == [kept.pk]


@pytest.mark.sweep
def test_refusals_say_what_to_do(officer: Person, officer_client: Client, administrator: Any) -> None:
    one, other = with_account("a@example.org", "A"), with_account("b@example.org", "B")
    page = officer_client.get(PAGE.format(one.pk, other.pk)).content.decode()
    assert "Both have an account" in page
    assert "Make the two records one" not in page
    with pytest.raises(ValidationError, match="Both have an account"):
        merged(one, other, officer)
    stranger = PersonFactory(name="Oyun", email="")
    with pytest.raises(ValidationError, match="Only an administrator"):
        merged(stranger, officer, officer)
    sending = PersonFactory(name="Sent to")
    outbox.put(kind="events.moved", subject=EventFactory(), recipient=recipient_of(sending))
    Mail.objects.update(state="sending", lease_until=timezone.now())
    with pytest.raises(ValidationError, match="just being sent"):
        merged(one, sending, officer)


@pytest.mark.parametrize("stays", ["bearer", "in care"])
def test_somebody_who_was_typed_twice_from_one_mailbox_is_one(officer: Person, stays: str) -> None:
    bearer = PersonFactory(name="Bat", email="park@example.org")
    in_care = PersonFactory(name="Bat Dorj", email="", care_of=bearer)
    other = PersonFactory(name="Somebody else", email="", care_of=bearer)
    kept = merged(bearer, in_care, officer) if stays == "bearer" else merged(in_care, bearer, officer)
    kept.refresh_from_db()
    assert (kept.email, kept.care_of) == ("park@example.org", None)
    other.refresh_from_db()
    assert other.care_of == kept


def test_pairs_are_found_by_address_and_by_name_in_any_script_and_order(
    officer: Person, officer_client: Client
) -> None:
    mongolia, japan = MemberStateFactory(code="MN"), MemberStateFactory(code="JP")
    people = {
        "latin": PersonFactory(name="Bat-Erdene Dorj", member_state=mongolia),
        "turned": PersonFactory(name="DORJ, Bat-Erdene", member_state=mongolia),
        "elsewhere": PersonFactory(name="Bat-Erdene Dorj", member_state=japan),
        "kanji": PersonFactory(name="Sato Hana", native_name="佐藤 花", member_state=japan),
        "also kanji": PersonFactory(name="Satou Hana", native_name="佐藤花", member_state=japan),
        "born later": PersonFactory(name="Kim", member_state=japan, birth_year=1990),
        "born earlier": PersonFactory(name="Kim", member_state=japan, birth_year=1960),
        "account": with_account("private@example.org", "Somebody"),
        "mailbox": PersonFactory(name="S. Body", email="office@example.org"),
    }
    EmailAddress.objects.create(user=people["account"].user, email="office@example.org", verified=True)
    found = {(pair.first, pair.second) for pair in duplicates.candidates()}
    wanted = [("latin", "turned"), ("kanji", "also kanji"), ("account", "mailbox")]
    assert found == {tuple(sorted((people[one].pk, people[other].pk))) for one, other in wanted}
    assert "Pairs of people that may be one" in officer_client.get("/admin/").content.decode()
    assert "DORJ, Bat-Erdene" in officer_client.get("/admin/accounts/person/duplicates/").content.decode()
    first, second = people["latin"], people["turned"]
    another = officer_client.get(f"/admin/accounts/person/duplicates/?of={first.pk}&q=kim").content.decode()
    assert PAGE.format(first.pk, people["born later"].pk) in another  # also who was not found as a pair
    assert officer_client.get("/admin/accounts/person/duplicates/?of=x&q=kim").status_code == 200
    form = f"/admin/accounts/person/{second.pk}/change/"
    assert "May be one with Bat-Erdene Dorj" in officer_client.get(form).content.decode()
    officer_client.post(PAGE.format(second.pk, first.pk), {"apart": "1"})
    assert DifferentPersons.objects.get().first == min(first, second, key=lambda one: one.pk)
    assert "May be one with" not in officer_client.get(form).content.decode()


@pytest.mark.sweep
def test_officer_chooses_values_and_the_factor_is_asked_once_more(officer: Person, officer_client: Client) -> None:
    first, second = PersonFactory(name="Name", position="Old"), PersonFactory(name="Name", position="New")
    address = PAGE.format(first.pk, second.pk)
    seen = officer_client.get(address).context["outlook"].seen
    typed = {"seen": seen, "why": "told", "take-position": "second", "take-email": "second", "take-name": "first"}
    Person.objects.filter(pk=second.pk).update(organisation="Meanwhile")
    late = officer_client.post(address, typed)
    assert "changed since you looked" in late.content.decode()
    typed["seen"] = officer_client.get(address).context["outlook"].seen
    done = officer_client.post(address, typed, follow=True)
    assert "is one with" in done.content.decode()
    kept = Person.objects.get(pk=first.pk)
    assert (kept.position, kept.email) == ("New", second.email)
    assert not Person.objects.filter(pk=second.pk).exists()
    plain = Client()
    plain.force_login(officer.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert plain.get(address).status_code == 302
    assert signed_in(with_account("jin@example.org", "Jin").user).get(address).status_code in (302, 403)
