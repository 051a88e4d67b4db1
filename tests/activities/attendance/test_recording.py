"""Attendance taken over: minutes joined and not added, people found, the unsure kept for an officer, corrections kept."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Person
from activities.attendance import recording as attendance
from activities.attendance.rows import Presence, Problem, Reading
from activities.models import Attendance, AttendanceCorrection, AttendanceFile, AttendanceMatch, AttendanceSpan, Session
from events.models import DoorOpening, Event
from tests.admin.pages import send
from tests.factories import EventFactory, PersonFactory, RegistrationFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 10, 6, tzinfo=dt.UTC)


def after(minutes: int) -> dt.datetime:
    return START + dt.timedelta(minutes=minutes)


@pytest.fixture
def event() -> Event:
    """Two sessions, of 30 minutes each, one after the other."""
    event = EventFactory(starts_at=START, ends_at=after(60), timezone="Asia/Shanghai", title="Lakes")
    event.sessions.create(title="One", starts_at=START, ends_at=after(30))
    event.sessions.create(title="Two", starts_at=after(30), ends_at=after(60))
    return event


@pytest.fixture
def one(event: Event) -> Session:
    return event.sessions.get(title="One")


def coming(event: Event, **facts: Any) -> Person:
    return RegistrationFactory(event=event, person=PersonFactory(**facts)).person


def span(name: str, first: int, last: int, email: str = "", share: float = 1) -> Presence:
    return Presence(2, name, email, after(first), after(last), share)


def take(event: Event, *presences: Presence, provider: str = "zoom", session: Session | None = None) -> Any:
    reading = Reading(provider, list(presences))
    return attendance.take_over(activity=event, reading=reading, name="list.csv", session=session, by=None)


def minutes() -> dict[tuple[str, str], int]:
    return {(row.person.name, row.session.title): row.minutes for row in Attendance.objects.all()}


def test_minutes_are_summed_over_reconnections_and_overlaps_count_once(event: Event) -> None:
    coming(event, name="Bat", email="bat@example.org")
    spans = [span("Bat", -10, 5), span("Bat phone", 3, 8), span("Bat", 20, 40)]
    take(event, *[Presence(one.row, one.name, "bat@example.org", one.joined_at, one.left_at) for one in spans])
    assert minutes() == {("Bat", "One"): 18, ("Bat", "Two"): 10}


def test_two_providers_at_once_count_once(event: Event) -> None:
    coming(event, name="Bat", email="bat@example.org")
    take(event, span("Bat", 0, 20))
    take(event, span("Bat", 10, 30), provider="voov")
    assert minutes() == {("Bat", "One"): 30}
    assert Attendance.objects.get().source == "voov, zoom"


def test_share_of_a_span_counts_by_its_length(event: Event) -> None:
    coming(event, name="Bat")
    take(event, span("Bat", 0, 60, share=0.5))
    assert minutes() == {("Bat", "One"): 15, ("Bat", "Two"): 15}


def test_same_list_twice_changes_nothing_in_whatever_order(event: Event) -> None:
    coming(event, name="Bat")
    first, second = span("Bat", 0, 10), span("Bat", 15, 20)
    take(event, first, second)
    outcome = take(event, second, first)
    assert (outcome.known_already, outcome.changed) == (True, 0)
    assert minutes() == {("Bat", "One"): 15}
    assert (AttendanceFile.objects.count(), AttendanceSpan.objects.count()) == (1, 2)


def test_fuller_list_of_the_same_meeting_doubles_nothing(event: Event) -> None:
    coming(event, name="Bat")
    take(event, span("Bat", 0, 10))
    take(event, span("Bat", 0, 10), span("Bat", 15, 20))
    assert minutes() == {("Bat", "One"): 15}


def test_list_without_times_belongs_to_its_session_and_a_newer_one_holds(event: Event, one: Session) -> None:
    coming(event, name="Bat")
    take(event, Presence(2, "Bat", "", minutes=10), provider="sheet", session=one)
    assert minutes() == {("Bat", "One"): 10}
    take(event, Presence(2, "Bat", "", minutes=25), provider="sheet", session=one)
    assert minutes() == {("Bat", "One"): 25}
    take(event, Presence(2, "Bat", "", minutes=500), provider="sheet", session=one)
    assert minutes() == {("Bat", "One"): 30}, "no longer than the session"


def test_broken_rows_stop_the_whole_list(event: Event) -> None:
    reading = Reading("zoom", [span("Bat", 0, 10)], [Problem(3, "Join Time", "soon", "")])
    with pytest.raises(ValidationError):
        attendance.take_over(activity=event, reading=reading, name="", session=None, by=None)
    assert not AttendanceFile.objects.exists()
    assert not AttendanceMatch.objects.exists()


def test_rehearsal_says_what_would_come_and_leaves_nothing(event: Event) -> None:
    coming(event, name="Bat")
    reading = Reading("zoom", [span("Bat", 0, 10), span("Somebody", 0, 10)])
    outcome = attendance.rehearse(activity=event, reading=reading, name="", session=None)
    assert (outcome.rows, outcome.people, outcome.matched, outcome.unsure, outcome.changed) == (2, 2, 1, 1, 1)
    assert not AttendanceMatch.objects.exists()
    assert minutes() == {}


@pytest.mark.parametrize(
    "written",
    [
        "Gantömör Bat",
        "GANTOMOR  BAT",
        "гантөмөр бат",
        "Bat from Hovd (Gantomor Bat)",
        "Guest（Гантөмөр Бат）",
        "Ｇａｎｔｏｍｏｒ Ｂａｔ",
    ],
)
def test_name_is_found_in_any_script_and_spelling(event: Event, written: str) -> None:
    coming(event, name="Gantömör Bat", native_name="Гантөмөр Бат")
    take(event, span(written, 0, 10))
    assert minutes() == {("Gantömör Bat", "One"): 10}
    assert AttendanceMatch.objects.get().state == "name"


def test_address_is_taken_before_the_name_also_of_who_did_not_register(event: Event) -> None:
    coming(event, name="Bat", email="bat@example.org")
    PersonFactory(name="Jin", email="jin@example.org")
    take(event, span("Bat", 0, 10, email="jin@example.org"))
    assert minutes() == {("Jin", "One"): 10}


def test_name_that_two_bear_waits_with_both_as_candidates(event: Event) -> None:
    both = [coming(event, name="Bat").pk, coming(event, name="BAT").pk]
    take(event, span("bat", 0, 10))
    match = AttendanceMatch.objects.get()
    assert (match.state, match.candidates, match.minutes) == ("open", both, 10)
    assert minutes() == {}


def test_mailbox_of_a_focal_point_does_not_make_others_the_focal_point(event: Event) -> None:
    focal = coming(event, name="Oyun", email="committee@example.org")
    care = coming(event, name="Saruul", email="", care_of=focal)
    take(event, span("Saruul", 0, 10, email="committee@example.org"))
    assert minutes() == {("Saruul", "One"): 10}
    AttendanceMatch.objects.all().delete()
    take(event, span("Laptop", 0, 11, email="committee@example.org"))
    assert AttendanceMatch.objects.get().candidates == [focal.pk, care.pk]


def test_who_opened_the_door_just_then_is_a_candidate(event: Event) -> None:
    registration = RegistrationFactory(event=event, person__name="Jin")
    coming(event, name="Bat")
    DoorOpening.objects.create(registration=registration, at=after(1))
    take(event, span("iPhone", 3, 10))
    assert AttendanceMatch.objects.get().candidates == [registration.person_id]


def test_decision_counts_and_holds_for_lists_to_come(event: Event) -> None:
    person = coming(event, name="Bat")
    take(event, span("iPhone", 0, 10))
    attendance.decide(match=AttendanceMatch.objects.get(), person=person, by=None)
    assert minutes() == {("Bat", "One"): 10}
    take(event, span("iPhone", 12, 20))
    assert minutes() == {("Bat", "One"): 18}
    attendance.decide(match=AttendanceMatch.objects.get(), person=None, by=None)
    assert minutes() == {}


def test_somebody_who_registers_later_is_found_by_the_next_list(event: Event) -> None:
    take(event, span("Bat", 0, 10))
    coming(event, name="Bat")
    take(event, span("Bat", 0, 20))
    assert minutes() == {("Bat", "One"): 20}


def test_corrected_minutes_are_noted_and_no_list_overrules_them(event: Event, one: Session) -> None:
    person = coming(event, name="Bat")
    take(event, span("Bat", 0, 10))
    attendance.correct(session=one, person=person, minutes=30, reason="Sat beside Jin.", by=None)
    outcome = take(event, span("Bat", 0, 20))
    assert (minutes(), outcome.kept) == ({("Bat", "One"): 30}, 1)
    [note] = AttendanceCorrection.objects.all()
    assert (note.person, note.was, note.became, note.reason) == (person, 10, 30, "Sat beside Jin.")
    assert attendance.correct(session=one, person=person, minutes=30, reason="", by=None) is None


def test_list_taken_back_takes_its_minutes_along(event: Event) -> None:
    coming(event, name="Bat")
    take(event, span("Bat", 0, 10))
    take(event, span("Bat", 20, 30), span("iPhone", 0, 10))
    attendance.forget_list(file=AttendanceFile.objects.first())
    assert minutes() == {("Bat", "One"): 10}
    assert [match.name for match in AttendanceMatch.objects.all()] == ["Bat"]


# In the admin -------------------------------------------------------------------------------------------------------------

LIST = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\nBat,,11/10/2026 02:00:00 PM,11/10/2026 02:10:00 PM,10\n"


def post(client: Client, event: Event, content: str = "", **data: Any) -> Any:
    file = {"file": SimpleUploadedFile("list.csv", content.encode())} if content else {}
    address = f"/admin/events/attendancefile/event/{event.pk}/import/"
    return client.post(address, {"zone": "Asia/Shanghai", "session": "", "kept": "", **file, **data})


def test_file_is_checked_first_and_then_taken_without_choosing_it_again(officer_client: Client, event: Event) -> None:
    coming(event, name="Bat")
    checked = post(officer_client, event, LIST)
    assert checked.context["outcome"].matched == 1
    assert "Checked: nothing has been changed yet" in checked.content.decode()
    assert minutes() == {}
    taken = post(officer_client, event, kept=checked.context["kept"], take="1")
    assert taken.status_code == 302
    assert minutes() == {("Bat", "One"): 10}
    assert AttendanceFile.objects.get().name == "list.csv"


def test_rows_are_shown_as_they_were_understood_the_doubtful_first(officer_client: Client, event: Event) -> None:
    coming(event, name="Bat")
    coming(event, name="Jin")
    rows = [
        "Bat,,11/10/2026 02:00:00 PM,11/10/2026 02:10:00 PM,10", "Somebody,,11/10/2026 02:00:00 PM,11/10/2026 02:10:00 PM,10",
        "Jin,,11/10/2026 02:00:00 PM,11/10/2026 02:10:00 PM,55", "Bat,,11/10/2026 02:05:00 PM,11/10/2026 02:30:00 PM,25",
        "Jin,,11/10/2026 08:00:00 PM,11/10/2026 08:10:00 PM,10",
    ]  # fmt: skip
    page = post(officer_client, event, LIST.splitlines()[0] + "\n" + "\n".join(rows) + "\n")
    shown = [
        (row.presence.row, row.whom, row.minutes, [one[:22] for one in row.odd]) for row in page.context["page_obj"]
    ]
    twice = "The name is there seve"
    assert shown == [
        (2, "Bat", 10, [twice]),
        (3, "", 10, ["Who it is waits for yo"]),
        (4, "Jin", 10, ["The list says 55 minut"]),
        (5, "", 25, ["Who it is waits for yo", twice]),
        (6, "Jin", 10, ["Outside all sessions: "]),
    ]
    text = page.content.decode()
    assert "Month first: 11/25/2026" in text
    assert "UTF-8" in text
    assert "<td>Tuesday 10 November 2026, 14:00</td>" in text
    assert not AttendanceFile.objects.exists()


def test_second_of_a_name_waits_and_the_first_counts(event: Event) -> None:
    person = coming(event, name="Bat")
    take(event, span("Bat", 0, 20), span("Bat", 10, 30))
    assert minutes() == {("Bat", "One"): 20}
    assert [(one.name, one.state, one.candidates) for one in AttendanceMatch.objects.order_by("key")] == [
        ("Bat", "name", []), ("Bat", "open", [person.pk]),
    ]  # fmt: skip
    attendance.decide(match=AttendanceMatch.objects.open().get(), person=person, by=None)
    assert minutes() == {("Bat", "One"): 30}, "two devices of one person are joined"


def test_phones_of_one_name_at_once_are_decided_one_by_one(event: Event, one: Session) -> None:
    bat, jin = coming(event, name="Bat"), coming(event, name="Jin")
    take(event, span("iPhone", 0, 20), span("iPhone", 10, 30))
    first, second = AttendanceMatch.objects.order_by("key")
    assert (first.name, second.name, first.minutes, second.minutes) == ("iPhone", "iPhone", 20, 20)
    attendance.decide(match=first, person=bat, by=None)
    attendance.decide(match=second, person=jin, by=None)
    assert minutes() == {("Bat", "One"): 20, ("Jin", "One"): 20}
    signed = [Presence(line, "Saruul", "", minutes=30) for line in (1, 2)]
    take(event, *signed, provider="signed", session=one)
    assert AttendanceMatch.objects.filter(name="Saruul").count() == 2, "nobody was there for twice the session"


def test_long_list_is_shown_in_pages_and_kept_between_them(officer_client: Client, event: Event) -> None:
    rows = "".join(f"Guest {n},,11/10/2026 02:00:00 PM,11/10/2026 02:10:00 PM,10\n" for n in range(60))
    first = post(officer_client, event, LIST + rows)
    second = post(officer_client, event, kept=first.context["kept"], page="2")
    assert [len(page.context["page_obj"]) for page in (first, second)] == [50, 11]
    assert '<button class="button quiet" name="page" value="2"' in first.content.decode()
    broken = post(officer_client, event, LIST + rows.replace("02:10:00 PM", "soon"))
    assert len(broken.context["page_obj"]) == 50
    assert len(post(officer_client, event, kept=broken.context["kept"], page="2").context["page_obj"]) == 10


def test_what_is_asked_is_answered_without_choosing_the_file_again(officer_client: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(ends_at=START + dt.timedelta(days=32))
    event.sessions.create(title="Later", starts_at=after(60 * 24), ends_at=after(60 * 25))
    coming(event, name="Bat")
    asked = post(officer_client, event, LIST.replace("11/10/2026", "11/12/2026"))
    assert list(asked.context["form"].errors) == ["order"]
    assert "list.csv is kept" in asked.content.decode()
    told = post(officer_client, event, kept=asked.context["kept"], order="month")
    assert [str(row.presence.joined_at.date()) for row in told.context["page_obj"]] == ["2026-11-12"]
    sheet = post(officer_client, event, "name,minutes\nBat,10\n")
    assert list(sheet.context["form"].errors) == ["session"]
    one = event.sessions.get(title="One")
    told = post(officer_client, event, kept=sheet.context["kept"], session=one.pk)
    assert [row.minutes for row in told.context["page_obj"]] == [10]
    taken = post(officer_client, event, kept=told.context["kept"], session=one.pk, take="1")
    assert (taken.status_code, minutes()) == (302, {("Bat", "One"): 10})


def test_rows_pasted_from_a_spreadsheet_are_taken(officer_client: Client, event: Event, one: Session) -> None:
    coming(event, name="Bat")
    pasted = "name\tminutes\r\nBat\t12.5 min\r\n白灵\t3\r\n"
    looked = post(officer_client, event, pasted=pasted, session=one.pk, encoding="gb18030")
    assert [(row.presence.name, row.minutes) for row in looked.context["page_obj"]] == [("白灵", 3), ("Bat", 13)]
    post(officer_client, event, kept=looked.context["kept"], session=one.pk, encoding="utf-8", take="1")
    assert (minutes(), AttendanceFile.objects.get().name) == ({("Bat", "One"): 13}, "Pasted rows")


def test_encoding_is_shown_with_its_doubt_and_can_be_chosen(officer_client: Client, event: Event, one: Session) -> None:
    address = f"/admin/events/attendancefile/event/{event.pk}/import/"
    raw = "name,minutes\n白灵,3\n".encode("gb18030")
    data = {"zone": "Asia/Shanghai", "session": one.pk}
    page = officer_client.post(address, data | {"file": SimpleUploadedFile("list.csv", raw)})
    assert "it might be GB18030 (Chinese, simplified)" in page.content.decode()
    page = officer_client.post(address, data | {"kept": page.context["kept"], "encoding": "gb18030"})
    assert [row.presence.name for row in page.context["page_obj"]] == ["白灵"]
    wrong = officer_client.post(address, data | {"kept": page.context["kept"], "encoding": "utf-8"})
    assert wrong.context["form"].errors["encoding"] == ["The file cannot be read as UTF-8. Choose another encoding."]
    assert wrong.context["kept"]


def test_broken_file_shows_every_broken_cell_and_takes_nothing(officer_client: Client, event: Event) -> None:
    answer = post(officer_client, event, LIST + "Jin,nobody,soon,never,\n", take="1")
    assert answer.status_code == 200
    assert [(one.row, one.column) for one in answer.context["reading"].problems] == [
        (3, "User Email"), (3, "Join Time"), (3, "Leave Time"),
    ]  # fmt: skip
    assert "3 cells are broken: nothing was imported" in answer.content.decode()
    assert not AttendanceFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "data", "words"),
    [
        ("", {}, "Choose the file, or paste its rows."),
        ("", {"kept": "made up"}, "The check is older than a day."),
        ("nothing,of,use\n", {}, "No list was found"),
        ("name,minutes\nBat,10\n", {}, "Choose the session that it is of"),
        (LIST, {"zone": "Mars/Base"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_read_is_told_at_the_form(
    officer_client: Client, event: Event, content: str, data: dict[str, str], words: str
) -> None:
    answer = post(officer_client, event, content, **data)
    assert answer.status_code == 200
    assert words in answer.content.decode().replace("\n", " ")
    assert not AttendanceFile.objects.exists()


def test_signed_list_counts_the_whole_session_and_queues_unknown_names(
    officer_client: Client, event: Event, one: Session
) -> None:
    person = coming(event, name="Bat")
    data = {"session": one.pk, "people": [person.pk], "others": "Somebody\n", "minutes": ""}
    for _time in range(2):
        assert officer_client.post(f"/admin/events/attendancefile/event/{event.pk}/on-site/", data).status_code == 302
    assert minutes() == {("Bat", "One"): 30}
    assert [(match.name, match.state) for match in AttendanceMatch.objects.open()] == [("Somebody", "open")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Bat\u202etaB", "Line 2: This holds a hidden sign"),
        ("Bat, bat@", "Line 2: Enter a valid email"),
        ("\u3164", "Line 2: Nothing of this"),
    ],
)
def test_line_of_a_signed_list_that_says_nobody_is_told(
    officer_client: Client, event: Event, one: Session, line: str, words: str
) -> None:
    data = {"session": one.pk, "others": f"Jin\n{line}\n", "minutes": ""}
    page = officer_client.post(f"/admin/events/attendancefile/event/{event.pk}/on-site/", data)
    assert words in page.content.decode()
    assert not AttendanceFile.objects.exists()


def test_signed_name_with_a_comma_is_kept_whole_and_an_address_is_what_is_meant(
    officer_client: Client, event: Event, one: Session
) -> None:
    data = {"session": one.pk, "others": "Bold, Bat\nQi，qi＠example.org\n", "minutes": ""}
    officer_client.post(f"/admin/events/attendancefile/event/{event.pk}/on-site/", data)
    found = AttendanceMatch.objects.order_by("name").values_list("name", "email")
    assert list(found) == [("Bold, Bat", ""), ("Qi", "qi@example.org")]


def test_sign_in_sheet_names_confirmed_people_only(officer_client: Client, event: Event) -> None:
    RegistrationFactory(event=event, person__name="Bat", presence="onsite")
    RegistrationFactory(event=event, person__name="Jin", presence="onsite", state="waiting")
    text = officer_client.get(f"/admin/events/attendancefile/event/{event.pk}/sheet/").content.decode()
    assert "Bat" in text
    assert "Jin" not in text


def test_officer_decides_whom_a_name_means(officer_client: Client, officer: Person, event: Event) -> None:
    person = coming(event, name="Bat Bold")
    take(event, span("Bold B.", 0, 10))
    match = AttendanceMatch.objects.get()
    assert match.candidates == [person.pk]
    assert send(officer_client, match, whom=str(person.pk)).status_code == 302
    match.refresh_from_db()
    assert (match.state, match.person, match.decided_by) == ("officer", person, officer.user)
    assert minutes() == {("Bat Bold", "One"): 10}


def test_officer_must_say_whom_when_it_is_somebody_else(officer_client: Client, event: Event) -> None:
    take(event, span("iPhone", 0, 10))
    match = AttendanceMatch.objects.get()
    answer = send(officer_client, match, whom="other")
    assert answer.status_code == 200
    assert "Choose somebody, or write an address." in answer.content.decode()


def test_minutes_changed_in_the_rows_of_a_session_go_into_the_log(
    officer_client: Client, officer: Person, event: Event, one: Session
) -> None:
    coming(event, name="Bat")
    take(event, span("Bat", 0, 10))
    rows = {"attendance-0-minutes": "22", "attendance-0-reason": "Lost the line."}
    answer = send(officer_client, one, rows=rows)
    assert answer.status_code == 302, answer.context["error_summary"]
    [note] = AttendanceCorrection.objects.all()
    assert (note.was, note.became, note.reason, note.by) == (10, 22, "Lost the line.", officer.user)
    assert minutes() == {("Bat", "One"): 22}


@pytest.mark.parametrize("page", ["import", "on-site", "sheet"])
def test_pages_are_for_officers_only(stranger: Person, event: Event, page: str) -> None:
    answer = signed_in(stranger.user).get(f"/admin/events/attendancefile/event/{event.pk}/{page}/")
    assert answer.status_code in (302, 403)
