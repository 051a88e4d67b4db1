"""People at an event: filtered, taken out, added, confirmed, released, moved, cancelled, undone, noted as present, written to."""

import datetime as dt
import io
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from openpyxl import load_workbook

from accounts.models import Person, User
from activities.models import Attendance
from events.hub import people_sheet
from events.models import Event, PlaceAct, Registration
from events.registration import adding, by_officers, undoable
from notifications.delivery import sending
from notifications.models import Mail
from tests.factories import EventFactory, MemberStateFactory, PersonFactory, RegistrationFactory, UserFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
START = dt.datetime(2026, 12, 9, 7, tzinfo=dt.UTC)
UNTIL = NOW + dt.timedelta(hours=5)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def event() -> Event:
    made = EventFactory(
        title="Four designations", format="online", timezone="Asia/Shanghai", capacity_online=3, starts_at=START,
        ends_at=START + dt.timedelta(hours=2), end_precision="minute", registration_closes_at=START - dt.timedelta(days=1),
    )  # fmt: skip
    made.sessions.create(title="Welcome", starts_at=START, ends_at=START + dt.timedelta(minutes=50))
    return made


def place(event: Event, name: str, state: str = "confirmed", **facts: Any) -> Registration:
    if state in ("held", "offered"):
        facts.setdefault("held_until", UNTIL)
    if state == "waiting":
        facts.setdefault("queued_at", NOW)
    person = facts.pop("person", None) or PersonFactory(name=name, email=f"{name.split()[0].lower()}@example.org")
    return RegistrationFactory(event=event, person=person, state=state, **facts)


def page(event: Event, rest: str = "") -> str:
    return f"/admin/events/event/{event.pk}/registrations/{rest}"


def names(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return [one.person.name for one in answer.context["page_obj"].object_list]


def act(client: Client, event: Event, name: str, *chosen: Registration, query: str = "", **facts: Any) -> Any:
    """Does an act as an officer does it: the page before, if there is one, and its button."""
    data, acts = {"act": name, "chosen": [one.pk for one in chosen], **facts}, PlaceAct.objects.count()
    answer = client.post(page(event, f"act/{query}"), data)
    if answer.status_code == 200 and "found" in answer.context:
        assert PlaceAct.objects.count() == acts
        seen = answer.context["found"].fingerprint
        answer = client.post(page(event, f"act/{query}"), data | {"confirm": "1", "seen": seen})
    return answer


def said(client: Client, answer: Any) -> str:
    assert answer.status_code == 302, answer.content.decode()[:3000]
    shown = client.get(answer["Location"])
    return " | ".join(str(one) for one in shown.context["messages"])


def state_of(registration: Registration) -> str:
    return Registration.objects.get(pk=registration.pk).state


# The list ----------------------------------------------------------------------------------------------------------------
def test_list_is_narrowed_by_everything_an_officer_asks_for(event: Event, administrator_client: Client) -> None:
    state = MemberStateFactory(code="MN", name="Mongolia")
    bat = PersonFactory(
        name="Bat Erdene", native_name="Бат-Эрдэнэ", email="bat@example.org", member_state=state, organisation="Hustai"
    )
    place(event, "Bat", person=bat, audience="site")
    place(event, "Chen Li", "held", audience="academia")
    place(event, "Kim Min", "cancelled")
    place(EventFactory(), "Stranger")
    client = administrator_client
    assert names(client, page(event)) == ["Kim Min", "Chen Li", "Bat Erdene"]
    for query, found in {
        "?state=held": ["Chen Li"], "?state=held&state=cancelled": ["Kim Min", "Chen Li"], "?audience=site": ["Bat Erdene"],
        "?member_state=MN": ["Bat Erdene"], "?q=Эрдэнэ": ["Bat Erdene"], "?q=hustai": ["Bat Erdene"], "?q=chen@example.org": ["Chen Li"],
        f"?q=%23{event.registrations.get(person=bat).pk}": ["Bat Erdene"], "?state=held&audience=site": [], "?sort=name": ["Bat Erdene", "Chen Li", "Kim Min"],
        "?presence=onsite": [], "?presence=online&state=cancelled": ["Kim Min"],
    }.items():  # fmt: skip
        assert names(client, page(event, query)) == found, query
    shown = client.get(page(event, "?state=nonsense"))
    assert shown.status_code == 200
    assert not shown.context["form"].is_valid()
    assert shown.context["found"] == 0


def test_contact_is_for_those_who_may_and_the_sheet_holds_what_is_filtered(
    event: Event, administrator_client: Client
) -> None:
    place(event, "Bat Erdene", "held")
    place(event, "Chen Li")
    assert "bat@example.org" in administrator_client.get(page(event)).content.decode()
    answer = administrator_client.get(f"/admin/events/event/{event.pk}/registrations.xlsx?state=held")
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    heads = rows[0]
    assert [dict(zip(heads, row, strict=True))["E-mail"] for row in rows[1:]] == ["bat@example.org"]
    assert dict(zip(heads, rows[1], strict=True))["Registered"] == "Monday 30 November 2026, 16:00"


def test_two_thousand_people_are_a_page_of_as_many_queries_as_twenty(
    event: Event, administrator_client: Client
) -> None:
    def queries(number: int) -> int:
        people = Person.objects.bulk_create(
            [Person(name=f"P {n}", email=f"p{number}-{n}@example.org") for n in range(number)]
        )
        Registration.objects.bulk_create(
            [Registration(event=event, person=one, state="waiting", queued_at=NOW) for one in people]
        )
        administrator_client.get(page(event))
        with CaptureQueriesContext(connection) as asked:
            assert len(names(administrator_client, page(event))) <= 25
        return len(asked)

    assert queries(30) == queries(300)


# Acts --------------------------------------------------------------------------------------------------------------------
def test_confirming_is_done_at_once_told_later_and_undone_as_one(event: Event, administrator_client: Client) -> None:
    first, second = place(event, "Bat", "held"), place(event, "Chen", "held")
    answer = act(administrator_client, event, "confirm", first, second, query="?state=held")
    assert answer["Location"] == page(event, "?state=held")
    assert said(administrator_client, answer).startswith("2 places were confirmed.")
    assert {state_of(first), state_of(second)} == {"confirmed"}
    mails = Mail.objects.filter(kind="events.place_confirmed")
    assert {mail.mailing_id is not None and mail.due > NOW for mail in mails} == {True}
    assert sending.send_due() == sending.Pass()
    last = PlaceAct.objects.get()
    undo = administrator_client.post(page(event, f"undo/{last.pk}/"))
    assert said(administrator_client, undo) == "Undone: 2 places stand as before. No mail of it goes out."
    assert {state_of(first), state_of(second)} == {"held"}
    assert Registration.objects.get(pk=first.pk).held_until == UNTIL
    assert set(mails.values_list("state", flat=True)) == {"dropped"}
    assert not Mail.objects.filter(kind__startswith="events.reminder", state="queued").exists()


def test_undoing_is_refused_once_a_mail_has_gone_or_a_place_has_moved(event: Event, clock: Any) -> None:
    officer, one = UserFactory(), place(event, "Bat", "held")

    def confirm() -> PlaceAct:
        done = undoable.each(event=event, chosen=[one], label="x", by=officer, act=lambda it: by_officers.give_place(registration=it, by=officer))  # fmt: skip
        assert done.act
        return done.act

    gone = confirm()
    clock.move_to(NOW + dt.timedelta(minutes=11))
    assert sending.send_due().sent == 1
    with pytest.raises(ValidationError, match="have gone out"):
        undoable.undo(act=gone, by=officer)
    by_officers.move_to_waiting(registration=one, by=officer)
    moved = confirm()
    clock.shift(dt.timedelta(seconds=5))
    by_officers.cancel(registration=one, by=officer, why="called")
    with pytest.raises(ValidationError, match="moved again since"):
        undoable.undo(act=moved, by=officer)
    assert state_of(one) == "cancelled"


def test_cancelling_says_before_who_moves_up_and_is_undone_with_them(
    event: Event, administrator_client: Client
) -> None:
    going, _second, _third = place(event, "Bat"), place(event, "Chen"), place(event, "Kim")
    waiting = place(event, "Sato", "waiting")
    asked = administrator_client.post(page(event, "act/"), {"act": "cancel", "chosen": going.pk})
    assert "This field is required" not in asked.content.decode()
    assert "Reason" in asked.content.decode()
    facts = {"asked": "1", "reason": "telephone call, ill", "told": "on"}
    look = administrator_client.post(page(event, "act/"), {"act": "cancel", "chosen": going.pk, **facts})
    text = " ".join(strip_tags(look.content.decode()).split())
    assert look.context["found"].total == 2
    assert "1 other person moves by it." in text
    assert "Why: telephone call, ill" in text
    assert state_of(going) == "confirmed"
    answer = act(administrator_client, event, "cancel", going, **facts)
    assert "1 registration was cancelled. 1 other person moved by it." in said(administrator_client, answer)
    assert (state_of(going), state_of(waiting)) == ("cancelled", "offered")
    assert going.steps.last().why == "telephone call, ill"
    undo = administrator_client.post(page(event, f"undo/{PlaceAct.objects.get().pk}/"))
    assert "2 places stand as before" in said(administrator_client, undo)
    assert (state_of(going), state_of(waiting)) == ("confirmed", "waiting")
    assert not Mail.objects.filter(state="queued", kind__in=["events.place_cancelled", "events.place_offered"]).exists()


def test_a_cancellation_is_undone_later_as_long_as_a_place_is_free(event: Event, clock: Any) -> None:
    officer = UserFactory()
    event.capacity_online = 1
    event.save()
    one = place(event, "Bat")
    by_officers.cancel(registration=one, by=officer, why="by mistake")
    other = place(event, "Chen")
    with pytest.raises(ValidationError, match="No place is free"):
        by_officers.bring_back(registration=one, by=officer)
    by_officers.cancel(registration=other, by=officer, why="called")
    by_officers.bring_back(registration=one, by=officer)
    assert state_of(one) == "confirmed"
    assert Registration.objects.get(pk=one.pk).cancelled_at is None
    reminders = Mail.objects.filter(kind__startswith="events.reminder", recipient_key=f"person:{one.person_id}")
    assert set(reminders.values_list("state", flat=True)) == {"queued"}
    with pytest.raises(ValidationError, match="nothing to bring back"):
        by_officers.bring_back(registration=one, by=officer)


def test_released_and_moved_places_go_to_those_who_wait(event: Event, administrator_client: Client, clock: Any) -> None:
    held, confirmed, _third = place(event, "Bat", "held"), place(event, "Chen"), place(event, "Kim")
    first, second = (
        place(event, "Sato", "waiting"),
        place(event, "Ito", "waiting", queued_at=NOW + dt.timedelta(seconds=1)),
    )
    answer = act(administrator_client, event, "release", held)
    assert "1 place was released. 1 other person moved by it." in said(administrator_client, answer)
    assert (state_of(held), state_of(first), state_of(second)) == ("expired", "offered", "waiting")
    clock.shift(dt.timedelta(minutes=1))
    answer = act(administrator_client, event, "wait", confirmed, asked="1", why="room is small")
    assert "1 person was moved to the waiting list." in said(administrator_client, answer)
    assert (state_of(confirmed), state_of(second)) == ("waiting", "offered")
    answer = act(administrator_client, event, "release", confirmed)
    assert "Only a place that is held or offered can be released." in said(administrator_client, answer)


def test_a_place_is_given_before_the_queue_only_if_one_is_free(event: Event, administrator_client: Client) -> None:
    late = place(event, "Bat", "waiting", queued_at=NOW + dt.timedelta(seconds=9))
    place(event, "Sato", "waiting")
    assert "1 place was confirmed." in said(administrator_client, act(administrator_client, event, "confirm", late))
    place(event, "Chen"), place(event, "Kim")
    other = place(event, "Ito", "waiting")
    answer = act(administrator_client, event, "confirm", other)
    assert "No place is free" in said(administrator_client, answer)
    assert state_of(other) == "waiting"


def test_all_that_match_is_done_on_all_pages_with_the_filter_kept(event: Event, administrator_client: Client) -> None:
    event.capacity_online = 100
    event.save()
    held = [place(event, f"P{n}", "held") for n in range(30)]
    kept = place(event, "Kept")
    data = {"act": "release", "all": "30"}
    look = administrator_client.post(page(event, "act/?state=held"), data)
    assert len(look.context["outcome"]().changed) == 30
    seen = look.context["found"].fingerprint
    answer = administrator_client.post(page(event, "act/?state=held"), data | {"confirm": "1", "seen": seen})
    assert answer["Location"] == page(event, "?state=held")
    assert {state_of(one) for one in held} == {"expired"}
    assert state_of(kept) == "confirmed"


# People added ------------------------------------------------------------------------------------------------------------
def form(**facts: Any) -> dict[str, Any]:
    return {"name": "Oyun", "email": "", "presence": "online", "language": "mn", "told": "on", **facts}


def test_a_person_is_added_by_hand_and_found_by_the_address(event: Event, administrator_client: Client) -> None:
    known = PersonFactory(name="Bat Erdene", email="bat@example.org")
    answer = administrator_client.post(page(event, "add/"), form(email="BAT@example.org", name="Somebody else"))
    assert said(administrator_client, answer) == "Bat Erdene has a place."
    assert Registration.objects.get().person == known
    again = administrator_client.post(page(event, "add/"), form(email="bat@example.org"))
    assert "is registered for this event already" in again.content.decode()
    state = MemberStateFactory(code="MN", time_zones=["Asia/Ulaanbaatar"])
    answer = administrator_client.post(page(event, "add/"), form(member_state=state.pk, another="1"))
    assert answer["Location"] == page(event, "add/")
    made = Person.objects.get(name="Oyun")
    assert (made.member_state_id, made.time_zone, made.language) == ("MN", "Asia/Ulaanbaatar", "mn")
    assert "came" not in administrator_client.get(page(event, "add/")).context["form"].fields


def test_a_walk_in_counts_for_attendance_even_beyond_the_places(event: Event, administrator: User, clock: Any) -> None:
    for name in ("Bat", "Chen", "Kim"):
        place(event, name)
    session = event.sessions.get()
    with pytest.raises(ValidationError, match="Attendance is taken once it has begun"):
        adding.note_present(registration=event.registrations.first(), sessions=[session], by=UserFactory())
    clock.move_to(START + dt.timedelta(hours=1))
    administrator_client = signed_in(administrator)
    answer = administrator_client.post(page(event, "add/"), form(came=[session.pk]))
    assert said(administrator_client, answer) == "Oyun is on the list, as present. Nobody is written to."
    oyun = Person.objects.get(name="Oyun")
    assert Attendance.objects.get(person=oyun).minutes == 50
    assert event.people_with_place().filter(pk=oyun.pk).exists()
    assert Event.objects.get(pk=event.pk).capacity_online == 4
    assert not Mail.objects.exists()
    bat = event.registrations.get(person__name="Bat")
    assert "1 person was noted as present." in said(
        administrator_client, act(administrator_client, event, "present", bat)
    )
    assert names(administrator_client, page(event, "?more=present&sort=name")) == ["Bat", "Oyun"]


def test_a_sheet_is_looked_at_first_then_everybody_of_it_is_added(event: Event, administrator_client: Client) -> None:
    event.capacity_online = 10
    event.save()
    MemberStateFactory(code="KZ", name="Kazakhstan")
    place(event, "Bat")
    rows = "姓名\te-mail\tCountry\tComes as\nAru\taru@example.org\tKazakhstan\tStudent\nBat\tbat@example.org\tKZ\t\nNobody\tno address\tMars\t\nKim\t\tkz\tsite"
    look = administrator_client.post(page(event, "sheet/"), {"rows": rows, "told": "on"})
    people = look.context["people"]
    assert [(row.number, bool(row.who)) for row in people.doubtful_first] == [
        (4, False),
        (5, True),
        (2, True),
        (3, True),
    ]
    assert people.doubtful_first[0].problems == ("email: “no address” is no address.", "state: “Mars” is not known.")
    assert Registration.objects.count() == 1
    data = {"kept": look.context["kept"], "told": "on", "take": "1"}
    answer = administrator_client.post(page(event, "sheet/"), data)
    told = said(administrator_client, answer)
    assert "2 people were added." in told
    assert "Bat: Bat is registered for this event already." in told
    assert sorted(event.registrations.values_list("person__name", flat=True)) == ["Aru", "Bat", "Kim"]
    undo = administrator_client.post(page(event, f"undo/{PlaceAct.objects.get().pk}/"))
    assert "2 places stand as before" in said(administrator_client, undo)
    assert sorted(event.registrations.active().values_list("person__name", flat=True)) == ["Bat"]


@pytest.mark.parametrize("rows", ["", "a,b\nc,d", "name\n", "\x00"])
def test_a_sheet_without_people_says_what_is_wrong(event: Event, administrator_client: Client, rows: str) -> None:
    answer = administrator_client.post(page(event, "sheet/"), {"rows": rows, "told": "on"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["rows"]


# Letters -----------------------------------------------------------------------------------------------------------------
def test_some_are_written_to_after_a_look_and_it_can_be_called_back(event: Event, administrator_client: Client) -> None:
    one, _other = place(event, "Bat"), place(event, "Chen")
    letter = {"chosen": one.pk, "subject": "Bring a map", "text": "Dear all,\nbring a map.", "language": "en"}
    address = page(event, "write/?state=confirmed")
    look = administrator_client.post(address, letter)
    assert look.context["found"].recipients == ["bat@example.org"]
    answer = administrator_client.post(address, letter | {"confirm": "1", "seen": look.context["found"].fingerprint})
    assert "1 mail goes out at 16:10" in said(administrator_client, answer)
    mail = Mail.objects.get(kind="events.letter")
    assert mail.mailing
    assert mail.state == "queued"
    everybody = administrator_client.post(page(event, "write/"), {key: letter[key] for key in ("subject", "text", "language")})  # fmt: skip
    assert everybody.context["found"].total == 2


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("name,email\nBold\u200b,qi＠example.org\n".encode(), ["Bold"]),
        ("이름,이메일\n김철수,a@example.org\n".encode("cp949"), ["김철수"]),
        (b"name;email\r\rBold, Bat, Jr.;a@example.org\r", ["Bold, Bat, Jr."]),
        ("name\temail\nBold\ta@example.org\n".encode("utf-16"), ["Bold"]),
    ],
    ids=["unseen", "korean", "semicolons", "tabs"],
)
def test_a_sheet_is_read_as_any_other_table(event: Event, content: bytes, names: list[str]) -> None:
    people = people_sheet.read(content, event)
    assert [row.name for row in people.rows] == names
    assert [one.email for one in people.sound] == [
        "qi@example.org" if "\u200b".encode() in content else "a@example.org"
    ]


def test_a_name_that_deceives_is_refused_with_its_row_and_a_huge_cell_in_words(event: Event) -> None:
    [row] = people_sheet.read("name\n\nBold\u202etaB\n".encode(), event).rows
    assert (row.number, row.who) == (3, None)
    assert "hidden sign (U+202E)" in row.problems[0]
    with pytest.raises(ValidationError, match="longer than 131,072"):
        people_sheet.read(b"name\n" + b"x" * 140_000 + b"\n", event)
