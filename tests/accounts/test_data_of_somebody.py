"""Officers find, take out, correct and erase what is held about anybody: with an account or without."""

import datetime as dt
import io
import json
import time
import zipfile

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Person, RoleRequest, User
from activities.models import AttendanceMatch
from designated_sites.models import Stewardship
from desk.models import OfferRequest
from events.models import AttendanceMatch as EventMatch
from events.models import Registration
from history.models import AuditEntry, Change
from network.models import Document
from notifications import outbox
from notifications.models import Address, Mail
from notifications.recipients import of_address
from record_admin.nameless_log import NamelessLog, is_about_people
from reserves.models import BiosphereReserve
from tests.factories import (
    ApplicationFactory,
    DocumentFactory,
    EventFactory,
    PersonFactory,
    ProgrammeFactory,
    RegistrationFactory,
    UserFactory,
)
from tests.people import signed_in
from trainings.models import ApplicationFile

pytestmark = pytest.mark.django_db
PAGE = "/admin/accounts/person/privacy/"
PAST = timezone.now() - dt.timedelta(days=90)


@pytest.fixture
def guest(db: None) -> Person:
    """Registered once, without an account."""
    person = PersonFactory(name="Tuya Ganbold", email="tuya@example.org", organisation="Hustai")
    RegistrationFactory(person=person, event=EventFactory(starts_at=PAST, status="held"))
    return person


def look(client: Client, ref: str) -> dict[str, str]:
    """What the hidden fields hold once somebody was chosen."""
    response = client.post(PAGE, {"whose": ref})
    assert response.status_code == 200
    return {"whose": ref, "seen": response.context["found"].seen, "why": "asked"}


def erase(client: Client, ref: str, **more: object) -> None:
    asked = client.post(PAGE, {**look(client, ref), **more, "erase": "1"})
    assert "Erase this for good?" in asked.content.decode()
    done = client.post(PAGE, {**look(client, ref), **more, "sure": "on", "now": "1"}, follow=True)
    assert "It is erased." in done.content.decode()


def test_somebody_is_found_by_address_and_by_name(officer_client: Client, guest: Person) -> None:
    for words in ("tuya@example.org", "Ganbold"):
        found = [one.ref for one in officer_client.post(PAGE, {"words": words, "find": "1"}).context["candidates"]]
        assert f"person:{guest.pk}" in found
    strangers = officer_client.post(PAGE, {"words": "Nobody@Example.org", "find": "1"}).context["candidates"]
    assert [one.ref for one in strangers] == ["address:nobody@example.org"]


def test_page_asks_who_sits_there(officer_client: Client) -> None:
    """What was shown at the sign-in admits to the admin for hours, and here for a few minutes."""
    assert officer_client.get(PAGE).status_code == 200
    with time_machine.travel(time.time() + 6 * 60):
        assert officer_client.get("/admin/").status_code == 200
        assert officer_client.get(PAGE)["Location"].startswith("/accounts/2fa/reauthenticate/")


def test_form_that_came_too_late_is_done_once_the_factor_is_shown(officer: Person, guest: Person) -> None:
    """A password is not enough, and what was typed is typed once."""
    Authenticator.objects.filter(user=officer.user).delete()
    client, secret = signed_in(officer.user), totp.generate_totp_secret()
    totp.TOTP.activate(officer.user, secret)

    def code() -> dict[str, str]:
        return {"code": totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))}

    client.post(f"/accounts/2fa/reauthenticate/?next={PAGE}", code())
    typed = {**look(client, f"person:{guest.pk}"), "why": "law", "erase": "1"}
    with time_machine.travel(time.time() + 6 * 60):
        led = client.post(PAGE, typed)["Location"]
        assert led.startswith("/accounts/2fa/reauthenticate/?next=")
        answer = client.post(led, code())
    assert answer.context["sure_form"].initial["why"] == "law"
    guest.refresh_from_db()
    assert guest.name == "Tuya Ganbold"  # asked once more, as ever


def test_nobody_but_officers_comes_in(focal_point: Person, stranger: Person) -> None:
    for person in (focal_point, stranger):
        assert signed_in(person.user).get(PAGE).status_code in (302, 403)
        assert signed_in(person.user).post(PAGE, {"whose": f"person:{person.pk}"}).status_code in (302, 403)


def test_what_becomes_of_each_is_shown_first(officer_client: Client, guest: Person) -> None:
    text = officer_client.get(f"{PAGE}person/{guest.pk}/").content.decode()
    assert "Registrations for events" in text
    assert "Stays without a name: Reports count who took part" in text
    assert f"/admin/events/registration/{guest.registrations.get().pk}/change/" in text


def test_guest_is_erased_asked_twice_and_accounted_for(officer_client: Client, guest: Person, officer: Person) -> None:
    RoleRequest.objects.create(person=guest, role="trainer", message="I am Tuya")
    erase(officer_client, f"person:{guest.pk}")
    guest.refresh_from_db()
    assert (guest.name, guest.email, guest.organisation) == ("–", "", "")
    assert (Registration.objects.get().person_id, RoleRequest.objects.count()) == (guest.pk, 0)
    entry = AuditEntry.objects.get(what="erased")
    assert (entry.actor_id, entry.subject_id, entry.detail) == (officer.user.pk, guest.pk, "asked texts:0")


def test_first_press_erases_nothing_and_the_second_wants_the_tick(officer_client: Client, guest: Person) -> None:
    facts = look(officer_client, f"person:{guest.pk}")
    officer_client.post(PAGE, {**facts, "erase": "1"})
    refused = officer_client.post(PAGE, {**facts, "now": "1"})
    assert refused.context["form"].errors == {"sure": ["Tick this to erase it."]}
    assert "This field is required." in str(
        officer_client.post(PAGE, {**facts, "why": "", "erase": "1"}).context["form"].errors
    )
    guest.refresh_from_db()
    assert guest.name == "Tuya Ganbold"


def test_what_came_meanwhile_is_looked_at_first(officer_client: Client, guest: Person) -> None:
    facts = look(officer_client, f"person:{guest.pk}")
    RegistrationFactory(person=guest, event=EventFactory())
    refused = officer_client.post(PAGE, {**facts, "sure": "on", "now": "1"})
    assert "What is kept has changed since you looked." in refused.content.decode()
    guest.refresh_from_db()
    assert guest.erased_at is None


def test_stranger_without_a_person_is_erased_by_address(officer_client: Client) -> None:
    """Who asked for an offer, never confirmed an account, and stands in a list."""
    email = "stranger@example.org"
    OfferRequest.objects.create(
        programme=ProgrammeFactory(kind="offer"), name="Str Anger", email="Stranger@example.org", organisation="X", message="Call 555"
    )  # fmt: skip
    user = UserFactory(email=email)
    outbox.put(kind="accounts.no_account", subject=("accounts.nobody", 0), recipient=of_address(email))
    event = EventFactory()
    AttendanceMatch.objects.create(activity=event, key=email, email=email, name="S. Anger")
    erase(officer_client, f"address:{email}")
    asked, match, mail = OfferRequest.objects.get(), AttendanceMatch.objects.get(), Mail.objects.get()
    assert (asked.name, asked.email, asked.message) == ("–", "", "")
    assert (match.name, match.email, match.state) == ("–", "", "nobody")
    assert (mail.email, mail.state, mail.recipient_key) == ("", "dropped", f"erased:{mail.pk}")
    assert not User.objects.filter(pk=user.pk).exists()


def test_name_in_public_records_goes_only_where_it_is_chosen(officer_client: Client, guest: Person) -> None:
    by, about = (DocumentFactory(title=f"Report {word} Tuya Ganbold") for word in ("by", "about"))
    erase(officer_client, f"person:{guest.pk}", also=[f"network_document:{by.pk}"])
    assert Document.objects.get(pk=by.pk).title == "Report by –"
    assert Document.objects.get(pk=about.pk).title == "Report about Tuya Ganbold"
    told = [
        str(change.old) + str(change.new)
        for change in Change.objects.filter(table_name="network_document", key=str(by.pk))
    ]
    assert told
    assert not [text for text in told if "Tuya" in text]
    assert AuditEntry.objects.get(what="erased").detail == f"asked texts:3 left:network_document:{about.pk}"


def test_officer_of_the_secretariat_is_erased_by_an_administrator_alone(
    officer_client: Client, officer: Person, administrator_client: Client
) -> None:
    colleague = PersonFactory(name="Col League", user=UserFactory(email="col@example.org", is_staff=True))
    refused = officer_client.post(PAGE, {**look(officer_client, f"person:{colleague.pk}"), "erase": "1"})
    assert "Only an administrator erases the account of an officer." in refused.content.decode()
    erase(administrator_client, f"person:{colleague.pk}")
    assert not User.objects.filter(email="col@example.org").exists()


def test_account_is_erased_for_who_asks(officer_client: Client, stranger: Person) -> None:
    erase(officer_client, f"person:{stranger.pk}")
    assert not User.objects.filter(email="jin@example.org").exists()
    assert not Person.objects.filter(pk=stranger.pk).exists()


def test_data_are_taken_out_with_page_and_files(officer_client: Client, guest: Person, officer: Person) -> None:
    application = ApplicationFactory(person=guest, answers={"why": "Lakes"})
    file = ApplicationFile(application=application, purpose="answer", code="cv", name="CV Туя.pdf", kind="pdf", size=3)
    file.file.save("applications/cv.pdf", ContentFile(b"%PDF"), save=True)
    response = officer_client.post(PAGE, {**look(officer_client, f"person:{guest.pk}"), "take": "1"})
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as packed:  # type: ignore[attr-defined]
        names = packed.namelist()
        held = json.loads(packed.read("data.json"))
        page = packed.read("data.html").decode()
        assert packed.read(f"files/trainings/{file.pk}-CV-Туя.pdf") == b"%PDF"
    assert names == ["data.html", "data.json", f"files/trainings/{file.pk}-CV-Туя.pdf"]
    assert held["person"]["person"][0]["email"] == "tuya@example.org"
    assert "Lakes" in page
    assert "http" not in page.replace("http://testserver", "")
    entry = AuditEntry.objects.get(what="exported")
    assert (entry.actor_id, entry.detail) == (officer.user.pk, "data of a person, with files: asked")


def test_name_and_address_are_corrected_wherever_they_are_kept(officer_client: Client, guest: Person) -> None:
    OfferRequest.objects.create(
        programme=ProgrammeFactory(kind="offer"), name="Tuja", email="tuya@example.org", organisation="X", message="Help"
    )  # fmt: skip
    facts = {
        **look(officer_client, f"person:{guest.pk}"),
        "name": "Tuyaa Ganbold",
        "email": "Tuyaa@example.org",
        "correct": "1",
    }
    assert officer_client.post(PAGE, facts).status_code == 302
    guest.refresh_from_db()
    assert (guest.name, guest.email) == ("Tuyaa Ganbold", "tuyaa@example.org")
    assert OfferRequest.objects.values_list("name", "email").get() == ("Tuyaa Ganbold", "tuyaa@example.org")
    assert AuditEntry.objects.get(what="corrected").detail == "asked rows:2"


def test_address_of_an_account_is_not_corrected_by_others(officer_client: Client, stranger: Person) -> None:
    facts = {**look(officer_client, f"person:{stranger.pk}"), "email": "else@example.org", "correct": "1"}
    assert "changes the address there, and proves it" in officer_client.post(PAGE, facts).content.decode()
    stranger.refresh_from_db()
    assert stranger.email == "jin@example.org"


def test_admin_deletes_nobody_by_its_own_way(administrator_client: Client, guest: Person) -> None:
    """Its deletion knows neither files nor mails nor texts."""
    for address in (f"/admin/accounts/person/{guest.pk}/delete/", f"/admin/accounts/user/{UserFactory().pk}/delete/"):
        assert administrator_client.post(address, {"post": "yes"}).status_code == 403


def test_log_of_the_admin_names_nobody_whatever_is_worked_on(
    administrator: User, guest: Person, rf: RequestFactory
) -> None:
    """Addresses, places, rows of lists: the log of each would hold what they are called."""
    request = rf.get("/")
    request.user = administrator
    address = Address.objects.create(email="tuya@example.org", wishes={})
    match = AttendanceMatch.objects.create(activity=EventFactory(), key="t", name="Tuya Ganbold")
    for row in (address, guest, guest.registrations.get(), EventMatch.objects.get(pk=match.pk)):
        changed = admin.site._registry[type(row)].log_change(request, row, [{"changed": {"fields": ["Name"]}}])
        assert changed is not None
    named = LogEntry.objects.values_list("object_repr", "change_message")
    assert sorted(named) == sorted(
        (f"{row._meta.verbose_name} {row.pk}", "[]") for row in (address, guest, guest.registrations.get(), match)
    )
    for model in (Address, Mail, RoleRequest, Registration, OfferRequest, AttendanceMatch):
        assert is_about_people(model)
    for record in (BiosphereReserve, Document):
        assert not is_about_people(record)


def test_rows_about_people_in_a_record_have_no_words_in_the_log(guest: Person) -> None:
    message = [{"added": {"name": "steward", "object": "Tuya Ganbold"}}, {"changed": {"fields": ["Area"]}}]

    class Ground:
        def construct_change_message(self, *_given: object) -> list[dict[str, dict[str, object]]]:
            return message

    class Rows:
        model = Stewardship

    Log = type("Log", (NamelessLog,), {"__init__": lambda self: None})
    with override(None):
        message[0]["added"]["name"] = str(Stewardship._meta.verbose_name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.contrib.admin.ModelAdmin.construct_change_message", Ground.construct_change_message)
        told = Log().construct_change_message(None, None, [Rows], False)
    assert "Tuya" not in str(told)
    assert told[1] == {"changed": {"fields": ["Area"]}}
