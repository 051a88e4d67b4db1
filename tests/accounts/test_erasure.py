"""What becomes of an account that is erased, and what a person can take out before."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Consent, Person, RoleRequest, User
from accounts.persons import consents
from accounts.persons.recipients import recipient_of
from designated_sites.models import LinkedSite
from desk.models import OfferRequest
from events.models import Registration
from history.models import AuditEntry
from notifications import outbox
from notifications.models import Address, Mail
from tests.factories import (
    PASSWORD,
    BiosphereReserveFactory,
    EventFactory,
    MemberStateFactory,
    PersonFactory,
    ProgrammeFactory,
    RegistrationFactory,
    RoleGrantFactory,
    TrainingFactory,
)
from tests.people import signed_in
from trainings.models import Application, Certificate

pytestmark = pytest.mark.django_db
AGES_AGO, FAR_OFF = timezone.now() - dt.timedelta(days=999), timezone.now() + dt.timedelta(days=999)


@pytest.fixture
def client_of(stranger: Person) -> Client:
    """Jin's browser, in which the password was given a moment ago."""
    client = signed_in(stranger.user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def erase(client: Client) -> Any:
    return client.post("/me/delete/", {"sure": "on"}, follow=True)


def test_erasing_asks_for_the_password_first(stranger: Person) -> None:
    client = signed_in(stranger.user)
    to_password = client.get("/me/delete/")["Location"]
    assert to_password.startswith("/accounts/reauthenticate/")
    assert client.post(to_password, {"password": PASSWORD})["Location"] == "/me/delete/"
    page = client.get("/me/delete/").content.decode()
    assert "What goes" in page
    assert "Your places at events that are still to come." in page
    assert User.objects.filter(pk=stranger.user.pk).exists()


def test_form_that_is_sent_late_waits_for_the_password(stranger: Person) -> None:
    client = signed_in(stranger.user)
    response = client.post("/me/delete/", {"sure": "on"})
    assert response["Location"].startswith("/accounts/reauthenticate/")
    client.post(response["Location"], {"password": "not-this-one"})
    assert User.objects.filter(pk=stranger.user.pk).exists()
    assert client.post(response["Location"], {"password": PASSWORD})["Location"] == "/"
    assert not User.objects.filter(pk=stranger.user.pk).exists()


def test_anonymous_erases_nobody(client: Client) -> None:
    assert client.post("/me/delete/", {"sure": "on"})["Location"].startswith("/accounts/login/")


def test_erasing_wants_the_tick(client_of: Client, stranger: Person) -> None:
    response = client_of.post("/me/delete/", {})
    assert response.context["form"].errors == {"sure": ["Tick this to erase the account."]}
    assert User.objects.filter(pk=stranger.user.pk).exists()


def test_who_took_part_in_nothing_is_gone_whole(client_of: Client, stranger: Person) -> None:
    consents.give(person=stranger, what=Consent.What.TRANSFER, how=Consent.How.OWN_PAGE)
    response = erase(client_of)
    assert response.redirect_chain[-1] == ("/", 302)
    assert "Your account is erased." in response.content.decode()
    assert (User.objects.count(), Person.objects.count(), Consent.objects.count()) == (0, 0, 0)
    assert client_of.get("/me/").status_code == 302


def test_who_took_part_stays_without_a_name(client_of: Client, stranger: Person) -> None:
    Person.objects.filter(pk=stranger.pk).update(
        member_state=MemberStateFactory(code="JP"), native_name="진", organisation="Park", sex="female", birth_year=1990,
        nationality="KR", position="Ranger",
    )  # fmt: skip
    past = RegistrationFactory(person=stranger, event=EventFactory(starts_at=AGES_AGO, status="held"))
    coming = RegistrationFactory(person=stranger, event=EventFactory(starts_at=FAR_OFF))
    LinkedSite.objects.create(person=stranger, site=BiosphereReserveFactory())
    RoleRequest.objects.create(person=stranger, role="trainer")
    token = coming.join_token
    erase(client_of)
    left = Person.objects.get(pk=stranger.pk)
    assert (left.name, left.native_name, left.email, left.organisation, left.position) == ("–", "", "", "", "")
    assert (left.user, left.birth_year, left.nationality) == (None, None, "")
    assert (left.member_state_id, left.sex) == ("JP", "female")
    assert left.erased_at is not None
    states = Registration.objects.order_by("pk").values_list("pk", "state")
    assert list(states) == [(past.pk, "confirmed"), (coming.pk, "cancelled")]
    assert not Registration.objects.filter(join_token=token).exists()
    assert (LinkedSite.objects.count(), RoleRequest.objects.count(), User.objects.count()) == (0, 0, 0)


def test_place_that_is_given_back_goes_to_the_next_and_no_mail_to_who_is_gone(
    client_of: Client, stranger: Person
) -> None:
    event = EventFactory(starts_at=FAR_OFF, capacity_online=1)
    RegistrationFactory(person=stranger, event=event)
    waiting = RegistrationFactory(
        person=PersonFactory(email="next@example.org"), event=event, state="waiting", queued_at=AGES_AGO
    )
    erase(client_of)
    waiting.refresh_from_db()
    assert waiting.state == "offered"
    going = Mail.objects.filter(subject_label__startswith="events.").exclude(state="dropped")
    assert {mail.email for mail in going} == {"next@example.org"}
    assert not Mail.objects.filter(email="jin@example.org").exists()


def test_application_is_withdrawn_and_certificate_loses_its_name(client_of: Client, stranger: Person) -> None:
    state = MemberStateFactory()
    coming = Application.objects.create(
        training=TrainingFactory(starts_at=FAR_OFF), person=stranger, member_state=state, reference="A-1", state="selected",
        answer_by=FAR_OFF,
        submitted_at=AGES_AGO, answers={"diet": "none"},
    )  # fmt: skip
    done = Application.objects.create(
        training=TrainingFactory(starts_at=AGES_AGO, status="held"), person=stranger, member_state=state, reference="A-2",
        state="completed", submitted_at=AGES_AGO,
    )  # fmt: skip
    Certificate.objects.create(number="C-1", activity=done.training, person=stranger, name="Jin", title="T", dates="D")
    other = Certificate.objects.create(
        number="C-2", activity=done.training, person=None, name="Other", title="T", dates="D"
    )
    erase(client_of)
    coming.refresh_from_db()
    assert (coming.state, coming.answers) == ("declined", {})
    assert list(coming.steps.values_list("from_state", "to_state")) == [("selected", "declined")]
    assert Application.objects.get(pk=done.pk).state == "completed"
    assert Certificate.objects.get(number="C-1").name == "–"
    other.refresh_from_db()
    assert other.name == "Other"


def test_user_without_a_person_takes_nothing_of_nobody(administrator: User) -> None:
    """No person is not the same as the rows that belong to nobody."""
    Certificate.objects.create(
        number="C-2", activity=TrainingFactory(), person=None, name="Other", title="T", dates="D"
    )
    AuditEntry.objects.create(what="mass_mail", actor_id=None)
    held = signed_in(administrator).get("/me/data.json").json()
    assert held["trainings"]["certificates"] == []
    assert held["account"]["acts_accounted_for"] == []


def test_addresses_are_blanked_in_the_outbox_and_rows_stay(client_of: Client, stranger: Person) -> None:
    mine, others = stranger, PersonFactory(email="other@example.org")
    for person in (mine, others):
        grant = RoleGrantFactory(person=person)
        outbox.put(kind="accounts.role_granted", subject=grant, recipient=recipient_of(person))
    Address.objects.create(email=stranger.email, wishes={"digest": "weekly"})
    OfferRequest.objects.create(
        programme=ProgrammeFactory(kind="offer"), name="Jin", email=stranger.email, organisation="Park", message="Help"
    )
    erase(client_of)
    rows = Mail.objects.filter(kind="accounts.role_granted").order_by("pk")
    assert list(rows.values_list("email", "state")) == [("", "dropped"), ("other@example.org", "queued")]
    assert not Address.objects.exists()
    asked = OfferRequest.objects.get()
    assert (asked.name, asked.email, asked.message) == ("–", "", "")


def test_mail_in_care_goes_through_another_focal_point(focal_point: Person) -> None:
    colleague = PersonFactory(email="colleague@example.org")
    RoleGrantFactory(person=colleague, role="focal_point", member_state=MemberStateFactory(code="MN"))
    in_care = PersonFactory(email="", care_of=focal_point, member_state=focal_point.member_state)
    client = signed_in(focal_point.user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    erase(client)
    in_care.refresh_from_db()
    assert in_care.care_of == colleague


def test_last_administrator_stays(administrator: User) -> None:
    client = signed_in(administrator)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    response = client.post("/me/delete/", {"sure": "on"})
    if response.status_code == 302:  # asks for the second factor, which a test has not got
        assert response["Location"].startswith("/accounts/")
    else:
        assert response.context["form"].errors == {
            "__all__": ["You are the only administrator. Name another one first."]
        }
    assert User.objects.filter(pk=administrator.pk).exists()


def test_data_hold_all_of_mine_and_nothing_of_others(stranger: Person, focal_point: Person) -> None:
    RegistrationFactory(person=stranger, event=EventFactory(slug="mine"))
    RegistrationFactory(person=focal_point, event=EventFactory(slug="theirs"))
    Certificate.objects.create(
        number="C-1", activity=TrainingFactory(), person=None, name="Nobody", title="T", dates="D"
    )
    response = signed_in(stranger.user).get("/me/data.json")
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="eabrn-my-data.json"'
    held = json.loads(response.content)
    assert set(held) == {
        "made_at", "portal", "account", "person", "mail", "requests_to_the_secretariat", "events", "trainings", "reserves",
        "geoparks", "acts", "lists",
    }  # fmt: skip
    assert [row["event__slug"] for row in held["events"]["registrations"]] == ["mine"]
    assert [row["email"] for row in held["account"]["addresses"]] == ["jin@example.org"]
    text = response.content.decode()
    assert [word for word in ("bat@example.org", "theirs", "Nobody", "password", "md5") if word in text.lower()] == []
    entry = AuditEntry.objects.get(what="exported")
    assert (entry.actor_id, entry.origin) == (stranger.user.pk, "127.0.0.0/24")
