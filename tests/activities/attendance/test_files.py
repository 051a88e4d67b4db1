"""Attendance lists as providers write them: which rows they hold, and what is told about broken ones."""

import contextlib
import csv
import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font

from activities.attendance.files import MOST_BYTES, read
from activities.attendance.lengths import HOUR, minutes, whole
from activities.attendance.list_times import Order, moment, order_of, written
from activities.attendance.rows import Presence, Problem, Reading, understand
from activities.models import Session
from records.formats.typed_text import tidy_name
from tests.factories import EventFactory

BEIJING = ZoneInfo("Asia/Shanghai")
START = dt.datetime(2026, 11, 10, 6, tzinfo=dt.UTC)  # 14:00 in Beijing
ZOOM = (
    "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room\n"
)
META = 'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n812 3456 7890,"Lakes, and water",11/10/2026 01:50:00 PM,11/10/2026 04:10:00 PM,host@example.org,140,3\n\n'
CHINESE = "名称（原始名称）,用户电子邮件,加入时间,离开时间,持续时间（分钟）,访客,在等候室\n"


def reading(
    content: bytes | str, session: object = None, *, days: float = 2 / 24, order: Order | None = None
) -> Reading:
    event = EventFactory.build(starts_at=START, ends_at=START + dt.timedelta(days=days), timezone="Asia/Shanghai")
    raw = content.encode() if isinstance(content, str) else content
    return understand(read(raw, "list.csv"), activity=event, zone=BEIJING, session=session, order=order)  # type: ignore[arg-type]


def read_or_refused(content: bytes) -> bool:
    """Whether a list says something whatever is in it: rows, faults with advice, or why it is refused. Never silence."""
    try:
        found = reading(content, session=object())
    except ValidationError as refused:
        return all(refused.messages)
    said = found.presences or found.problems or found.left_out
    return bool(said) and all(one.advice for one in found.problems)


def at(hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, 10, hour, minute, tzinfo=BEIJING)


def bat(row: int) -> Presence:
    return Presence(row, "Bat", "bat@example.org", at(14), at(14, 57))


ROW = "Bat,Bat@example.org,11/10/2026 02:00:00 PM,11/10/2026 02:57:00 PM,57,Yes,,No\n"


@pytest.mark.parametrize(("text", "row"), [(ZOOM + ROW, 2), (META + ZOOM + ROW, 5)], ids=["plain", "with its head"])
def test_zoom_report_with_and_without_the_lines_about_the_meeting(text: str, row: int) -> None:
    found = reading(text)
    assert (found.provider, found.presences, found.problems) == ("zoom", [bat(row)], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_chinese_zoom_report_in_every_encoding(encoding: str) -> None:
    row = "巴特,bat@example.org,2026-11-10 14:00:00,2026-11-10 14:57:00,57,是,否\n"
    found = reading((CHINESE + row).encode(encoding))
    assert found.provider == "zoom"
    assert found.presences == [Presence(2, "巴特", "bat@example.org", at(14), at(14, 57))]


def test_rows_of_the_waiting_room_and_of_people_who_never_came_are_left_out() -> None:
    found = reading(ZOOM + ROW.replace(",No\n", ",Yes\n") + ROW)
    assert (found.presences, found.left_out) == ([bat(3)], 1)


def test_webinar_report_holds_several_lists() -> None:
    text = (
        "Attendee Report\nTopic,Webinar ID\nLakes,812\nHost Details,\n"
        "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest\n"
        "Yes,Host,host@example.org,11/10/2026 02:00:00 PM,11/10/2026 02:57:00 PM,57,No\n"
        "Attendee Details,\n"
        "Attended,User Name (Original Name),First Name,Last Name,Email,Join Time,Leave Time,Time in Session (minutes)\n"
        "Yes,Bat,Bat,,bat@example.org,11/10/2026 02:00:00 PM,11/10/2026 02:57:00 PM,57\n"
        "No,Jin,Jin,,jin@example.org,--,--,--\n"
    )
    found = reading(text)
    assert [(one.row, one.email) for one in found.presences] == [(6, "host@example.org"), (9, "bat@example.org")]
    assert (found.problems, found.left_out) == ([], 1)


def workbook(**sheets: list[list[str]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


HEAD = [["会议主题:", "湖泊"], ["会议号:", "123 456"], ["会议创建者:", "x"], []]
SUMS = [*HEAD, ["用户昵称（入会昵称）", "首次入会时间", "最后退会时间", "入会次数", "累计参会时长", "身份"]]
DETAILS = [*HEAD, ["用户昵称（入会昵称）", "入会时间", "退会时间", "身份"]]


def test_tencent_list_that_tells_sums_counts_a_share_of_who_came_twice() -> None:
    rows = [
        ["巴特(Bat)", "2026-11-10 14:00:00", "2026-11-10 14:57:00", "1", "0:57:00", "成员"],
        ["Jin", "2026-11-10 14:00:00", "2026-11-10 15:00:00", "2", "0:30:00", "成员"],
    ]
    found = reading(workbook(成员参会概况=[*SUMS, *rows]))
    assert found.provider == "voov"
    assert [(one.name, one.share) for one in found.presences] == [("巴特(Bat)", 1.0), ("Jin", 0.5)]


def test_tencent_list_that_tells_each_coming_is_taken_before_its_sums() -> None:
    sums = [["Jin", "2026-11-10 14:00:00", "2026-11-10 15:00:00", "2", "0:30:00", "成员"]]
    details = [["Jin", f"2026-11-10 14:{one}:00", f"2026-11-10 14:{one + 15}:00", "成员"] for one in (10, 40)]
    found = reading(workbook(成员参会概况=[*SUMS, *sums], 成员参会明细=[*DETAILS, *details]))
    assert [(one.joined_at, one.left_at) for one in found.presences] == [
        (at(14, 10), at(14, 25)), (at(14, 40), at(14, 55)),
    ]  # fmt: skip


def test_who_stands_among_the_sums_alone_is_not_lost() -> None:
    sums = [[name, "2026-11-10 14:00:00", "2026-11-10 15:00:00", "2", "0:30:00", "成员"] for name in ("Jin", "Bat")]
    details = [["Jin", "2026-11-10 14:10:00", "2026-11-10 14:25:00", "成员"]]
    found = reading(workbook(成员参会概况=[*SUMS, *sums], 成员参会明细=[*DETAILS, *details]))
    assert sorted((one.name, one.share) for one in found.presences) == [("Bat", 0.5), ("Jin", 1.0)]


def test_of_copies_of_a_sheet_one_is_taken_and_the_other_told() -> None:
    rows = [["name", "minutes"], ["Bat", "20"]]
    content = workbook(One=rows, Copy=[*rows, ["Jin", "5"]])
    assert [(one.name, one.minutes) for one in reading(content, session=object()).presences] == [("Bat", 20)]
    assert [(one.row, one.words, one.sheet) for one in read(content, "list.xlsx").unread] == [
        (2, "Bat · 20", "Copy"), (3, "Jin · 5", "Copy"),
    ]  # fmt: skip


def test_every_broken_cell_is_told_at_once_with_row_column_and_advice() -> None:
    text = (
        ZOOM + ROW
        + ",,11/10/2026 02:00:00 PM,11/10/2026 02:57:00 PM,57,,,\n"
        + "Jin,jin at example,soon,11/10/2026 02:57:00 PM,57,,,\n"
        + "Oyun,,11/10/2026 02:57:00 PM,11/10/2026 02:00:00 PM,57,,,\n"
        + "Saruul,,03/01/2026 02:57:00 PM,03/01/2026 03:00:00 PM,57,,,\n"
    )  # fmt: skip
    found = reading(text)
    assert [(one.row, one.column, one.value) for one in found.problems] == [
        (3, "Name (Original Name)", ""),
        (4, "User Email", "jin at example"),
        (4, "Join Time", "soon"),
        (5, "Leave Time", "11/10/2026 02:00:00 PM"),
        (6, "Join Time", "03/01/2026 02:57:00 PM"),
        (6, "Leave Time", "03/01/2026 03:00:00 PM"),
    ]
    assert found.problems[2] == Problem(
        4, "Join Time", "soon", "This is no time that can be read. Write it like 2026-12-09 14:30."
    )
    assert found.presences == [bat(2)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "No list was found"),
        (b"a,b\n1,2\n", "No list was found"),
        (b"\x89PNG\x00\x00\x81\x00", "no text that can be read"),
        (b"PK\x03\x04broken", "The Excel file cannot be opened"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "old Excel file"),
        (b"x" * (MOST_BYTES + 1), "larger than 1 MB"),
    ],
)
def test_file_that_is_no_list_is_refused_with_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read(content, "list.csv")
    assert words in refused.value.messages[0]


def test_list_without_times_asks_for_the_session() -> None:
    with pytest.raises(ValidationError) as refused:
        reading("name,email,minutes\nBat,bat@example.org,45\n")
    assert refused.value.code == "session"
    found = reading("name;email;minutes\nBat;bat@example.org;0:45\n", session=object())
    assert (found.provider, [one.minutes for one in found.presences]) == ("sheet", [45])


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-10 14:00:00", "2026-11-10 14:00", "2026-11-10T06:00:00Z", "11/10/2026 02:00:00 PM", "10/11/2026 14:00",
        "10.11.2026 14:00:00", "2026/11/10 14:00", "2026/11/10 下午 2:00:00", "2026年11月10日 14:00", "Nov 10, 2026 14:00:00",
        "Nov 10, 2026 02:00:00\u202fPM", "14:00", "02:00 PM", "10.11.2026 14:00:00 PM", "11/10/26, 2:00:00 PM", "2026. 11. 10. 오후 2:00:00",
        "2026년 11월 10일 14:00", "2026/11/10 02:00:00 PM", "10.11.2026 г. 14:00", "10 Nov 2026 14:00", "2026年11月10日(火) 14:00",
        "2026-11-10 06:00 UTC", "10/11/26 14:00", "午後2:00:00",
    ],
)  # fmt: skip
def test_moment_is_read_in_every_shape(text: str) -> None:
    found = written(text)
    assert found is not None
    order = order_of([found], dt.date(2026, 11, 8), dt.date(2026, 11, 12)).order
    assert moment(found, order, BEIJING, dt.date(2026, 11, 10)) == START


@pytest.mark.parametrize(
    "text", ["soon", "", "45", "2026-11-10", "25:00", "14:00 AM", "2026-13-10 14:00", "14:00 15:00", "46336.58"]
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert written(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("57", 57), ("57.5", 57.5), ("57,5", 57.5), ("0:45", 45), ("1:02:30", 62.5), ("1小时2分钟", 62), ("1 hr 2 min", 62),
        ("90秒", 1.5), ("57.5 min", 57.5), ("1.5 h", 90), ("1,5 hours", 90), ("1:05 h", 65), ("57:30 min", 57.5), ("1,234", 1234),
        ("1 234", 1234), ("1,234 min", 1234), ("0,500 h", 30), ("1h 27m 51s", 87.85), ("1時間5分30秒", 65.5), ("1 시간 5 분", 65),
        ("1 ч 5 мин", 65), ("25分", 25), ("PT1H5M", 65), ("１：０５", 65), ("long", None), ("-5", None), ("1:5", None), ("1:75", None),
        ("1.5.2", None), ("12 34", None), ("5 min or so", None), ("5 apples", None), ("5 min 1 h", None), ("1.234,5", None), ("1e5", None),
    ],
)  # fmt: skip
def test_length_is_read_whole_or_not_at_all(text: str, said: float | None) -> None:
    found = minutes(text)
    assert (None if found is None else round(found, 2)) == said


def test_bare_number_has_the_unit_of_its_heading_and_halves_count_up() -> None:
    assert [minutes("1.5", HOUR), minutes("30 min", HOUR)] == [90, 30]
    assert [whole(one) for one in (56.5, 57.4, 57.5)] == [57, 57, 58]
    found = reading("name,duration (hours)\nBat,1.5\n", session=object())
    assert [one.minutes for one in found.presences] == [90]


def test_minutes_that_cannot_be_read_whole_are_refused_with_their_row() -> None:
    found = reading('name,minutes\nBat,57.5 min\nJin,"1,5 hours"\nOyun,57 or so\nSaruul,"1,500"\n', session=object())
    assert [one.minutes for one in found.presences] == [58, 90]
    assert [(one.row, one.column, one.value) for one in found.problems] == [
        (4, "minutes", "57 or so"), (5, "minutes", "1,500"),
    ]  # fmt: skip


# Which rows are rows of people --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["Topic", "主题", "Meeting ID", "Attendee Details", "3. Bat", "Name", "ID"])
@pytest.mark.parametrize("place", [0, 1, 5])
def test_any_word_in_a_row_of_people_is_a_cell(word: str, place: int) -> None:
    cells = ["Bat", "", "11/10/2026 02:00:00 PM", "11/10/2026 02:57:00 PM", "57", "Yes", "", "No"]
    cells[place] = word
    found = reading(ZOOM + ",".join(cells) + "\n" + ROW)
    refused = [(2, "User Email")] if place == 1 else []
    assert [(one.row, one.column) for one in found.problems] == refused
    assert [one.row for one in found.presences] == [row for row in (2, 3) if row == 3 or not refused]


def test_rows_that_name_nobody_are_told() -> None:
    lines = read((META + ZOOM + ROW + "\n" + META.replace("Lakes", "Woods") + ZOOM + ROW).encode(), "list.csv")
    assert [one.number for one in lines.lines] == [5, 11]
    assert [(one.row, one.words[:23]) for one in lines.unread] == [
        (1, "Meeting ID · Topic · St"), (2, "812 3456 7890 · Lakes, "), (7, "Meeting ID · Topic · St"), (8, "812 3456 7890 · Woods, "),
    ]  # fmt: skip


def test_list_that_tells_of_the_meeting_on_each_row_takes_what_is_of_the_person() -> None:
    """Zoom's attendance report in Chinese: length and address of the meeting stand before those of the person."""
    text = (
        "主题,类型,ID,主持人名称,主持人电子邮件,开始时间,结束时间,参会者,持续时间（分钟）,参会者总分钟数,名称（原名）,电子邮件,加入时间,离开时间,持续时间（分钟）,访客,在等候室中\n"
        "湖泊,会议,812,主办,host@example.org,2026/11/10 01:50:00 PM,2026/11/10 04:10:00 PM,3,140,200,Bat,bat@example.org,"
        "2026/11/10 02:00:00 PM,2026/11/10 02:57:00 PM,57,是,否\n"
    )
    found = reading(text)
    assert (found.provider, found.presences, [one.said for one in found.presences]) == ("zoom", [bat(2)], [57])


# Providers ----------------------------------------------------------------------------------------------------------------
TEAMS = (
    "1. Summary\nMeeting title\tLakes\nAttended participants\t1\nStart time\t11/10/26, 1:50:00 PM\n\n"
    "2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n"
    "Bat\t11/10/26, 2:00:00 PM\t11/10/26, 2:57:00 PM\t40m 5s\tbat@example.org\tbat@example.org\tAttendee\n"
)
ACTIVITIES = (
    "\n3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n"
    "Bat\t11/10/26, 2:00:00 PM\t11/10/26, 2:10:00 PM\t10m\tbat@example.org\tAttendee\n"
    "Bat\t11/10/26, 2:27:00 PM\t11/10/26, 2:57:05 PM\t30m 5s\tbat@example.org\tAttendee\n"
)
TEAMS_JAPANESE = (
    "1. 要約\n会議のタイトル\tx\n\n2. 参加者\n名前\t初めての参加\t最終退出\t会議の長さ\tメール\t参加者 ID (UPN)\t役割\n"
    "Bat\t2026/11/10 14:00:00\t2026/11/10 14:57:00\t57 分\tbat@example.org\tx\t出席者\n"
)
LISTS = {
    "zoom in korean": ("zoom", "이름(원래 이름),사용자 이메일,참가 시간,나간 시간,기간(분)\nBat,bat@example.org,2026-11-10 14:00:00,2026-11-10 14:57:00,57\n"),
    "zoom in russian": ("zoom", "Имя (настоящее имя),Электронная почта пользователя,Время входа,Время выхода,Продолжительность (минуты),Гость\nBat,bat@example.org,10.11.2026 14:00:00 PM,10.11.2026 14:57:00 PM,57,Да\n"),
    "zoom in japanese": ("zoom", "名前 (元の名前),ユーザーのメール,参加時刻,退出時刻,期間 (分),ゲスト\nBat,bat@example.org,2026/11/10 02:00:00 PM,2026/11/10 02:57:00 PM,57,はい\n"),
    "zoom in traditional chinese": ("zoom", "已出席,使用者名稱（原始名稱）,名字,姓氏,電子郵件地址,加入時間,離開時間,出席時間（分鐘）\n是,Bat,,,bat@example.org,2026年11月10日 下午 2:00:00,2026年11月10日 下午 2:57:00,57\n"),
    "zoom of 2024": ("zoom", "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,In waiting room\nBat,bat@example.org,11/10/2026 02:00:00 PM,11/10/2026 02:57:00 PM,57,Yes,No\n"),
    "zoom in traditional chinese, with the name in parts": ("zoom", "已出席,使用者名稱（原始名稱）,名字,姓氏,電子郵件地址,加入時間,離開時間,出席時間（分鐘）\n是,Bat,at,B,bat@example.org,2026/11/10 14:00,2026/11/10 14:57,57\n"),
    "meet": ("meet", "First name,Last name,Email,Duration,Time joined,Time exited\nBat,,bat@example.org,57 min,2:00 PM,2:57 PM\n"),
    "teams in japanese": ("teams", TEAMS_JAPANESE),
    "sheet in mongolian": ("sheet", "Нэр;И-мэйл;Ирсэн цаг;Гарсан цаг\nBat;bat@example.org;2026-11-10 14:00;2026-11-10 14:57\n"),
}  # fmt: skip


@pytest.mark.parametrize("case", LISTS)
def test_list_of_each_program_and_language_is_read(case: str) -> None:
    provider, text = LISTS[case]
    found = reading(text)
    assert (found.provider, found.problems, [one.key for one in found.presences]) == (
        provider,
        [],
        ["email:bat@example.org"],
    )
    assert [(one.name, one.joined_at, one.left_at, one.share) for one in found.presences] == [
        ("Bat", at(14), at(14, 57), 1.0)
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_report_of_teams_counts_each_coming_else_the_share_that_its_sum_tells(encoding: str) -> None:
    found = reading(TEAMS.encode(encoding))
    assert (found.provider, [round(one.share, 3) for one in found.presences]) == ("teams", [0.703])
    found = reading((TEAMS + ACTIVITIES).encode(encoding))
    assert [(one.row, one.joined_at, one.share) for one in found.presences] == [
        (12, at(14), 1.0),
        (13, at(14, 27), 1.0),
    ]
    assert found.problems == []


@pytest.mark.parametrize(
    ("headings", "cells", "name"),
    [
        ("First name,Last name", "Ada,Nova", "Ada Nova"), ("Имя,Фамилия", "Иван,Петров", "Иван Петров"), ("이름,성", "철수,김", "김철수"),
        ("名,姓", "太郎,佐藤", "佐藤太郎"), ("Name,Last name", "Bat,", "Bat"), ("User Name (Original Name),First Name,Last Name", "Bat B,Bat,Bold", "Bat B"),
    ],
)  # fmt: skip
def test_name_in_two_cells_is_put_together_as_it_is_written(headings: str, cells: str, name: str) -> None:
    found = reading(f"{headings},Email,Duration\n{cells},,5 min\n", session=object())
    assert [one.name for one in found.presences] == [name]


def test_names_in_two_cells_and_hidden_addresses_are_read() -> None:
    found = reading("First name,Last name,Email,Duration\nAda,Nova,r****@example.org,1 hr 2 min\n", session=object())
    assert [(one.name, one.email, one.minutes) for one in found.presences] == [("Ada Nova", "", 62)]


def test_time_without_a_day_is_of_the_session_when_there_are_several_days() -> None:
    text = "Name,Email,Duration,Time joined,Time exited\nBat,,57 min,2:00 PM,2:57 PM\n"
    with pytest.raises(ValidationError) as refused:
        reading(text, days=3)
    assert refused.value.code == "session"
    second = Session(starts_at=START + dt.timedelta(days=1), ends_at=START + dt.timedelta(days=1, hours=2))
    assert [one.joined_at for one in reading(text, second, days=3).presences] == [at(14) + dt.timedelta(days=1)]


# Encodings and signs between cells ----------------------------------------------------------------------------------------
NAMES = {
    "cp949": ["김철수", "박영희", "이민준"], "cp932": ["佐藤太郎", "鈴木さくら", "髙橋健"], "euc_jp": ["佐藤太郎", "田中花子"],
    "gb18030": ["王伟", "李娜", "欧阳雪"], "big5": ["陳志明", "林淑芬"], "cp1251": ["Бат-Эрдэнэ", "Иван Петров"],
    "koi8_r": ["Иван Петров", "Анна Ли"], "utf-16": ["ᠪᠠᠲᠤ", "김철수"],
}  # fmt: skip


@pytest.mark.parametrize("encoding", NAMES)
def test_names_are_read_in_the_encoding_in_which_excel_saved_them(encoding: str) -> None:
    text = "name,email,minutes\n" + "".join(f"{name},,45\n" for name in NAMES[encoding])
    lines = read(text.encode(encoding), "list.csv")
    assert [one.cells["name"] for one in lines.lines] == NAMES[encoding]
    assert lines.encoding.removesuffix("hkscs") == encoding


def test_encoding_in_doubt_is_told_and_can_be_chosen() -> None:
    raw = "name,minutes\n白灵,3\n".encode("gb18030")
    lines = read(raw, "list.csv")
    assert lines.doubt
    lines = read(raw, "list.csv", encoding="gb18030")
    assert ([one.cells["name"] for one in lines.lines], lines.doubt) == (["白灵"], "")
    with pytest.raises(ValidationError) as refused:
        read(raw, "list.csv", encoding="utf-8")
    assert "cannot be read as UTF-8" in refused.value.messages[0]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ('name;email;minutes\n"Bold, Bat, Jr., Dr.";;45\nJin, A, B, C;;30\n', ";"),
        ("name\temail\tminutes\nBold, Bat; Jr., Dr.\t\t45\n", "\t"),
        ("sep=;\nname;minutes\nBold, Bat, Jr.;45\n", ";"),
        ('name,minutes\n"Bold; Bat; Jr; Dr; x",45\n', ","),
    ],
)
def test_cells_are_parted_by_what_parts_the_headings(text: str, delimiter: str) -> None:
    lines = read(text.encode(), "list.csv")
    assert lines.delimiter == delimiter
    assert lines.lines[0].cells["name"].startswith("Bold")
    assert lines.lines[0].cells["minutes"] == "45"


@pytest.mark.parametrize("ends", ["\r", "\n", "\r\n"])
def test_lines_may_end_in_any_way(ends: str) -> None:
    found = reading(f"name,minutes{ends}Bat,45{ends}{ends}Jin,30{ends}", session=object())
    assert [(one.row, one.name) for one in found.presences] == [(2, "Bat"), (4, "Jin")]


def test_cell_longer_than_any_cell_is_refused_in_words() -> None:
    for text in ("x" * 140_000 + ",minutes\nBat,4\n", "name,minutes\nBat,4\n" + "x" * 140_000 + ",5\n"):
        with pytest.raises(ValidationError) as refused:
            read(text.encode(), "list.csv")
        assert (
            "longer than 131,072 letters" in refused.value.messages[0]
            or "No list was found" in refused.value.messages[0]
        )


def test_blank_rows_that_are_only_styled_are_not_there() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["name", "minutes"])
    sheet.append(["Bat", 45])
    sheet.cell(30_000, 1).font = Font(bold=True)
    sheet.cell(30_001, 1, "Jin")
    sheet.cell(30_001, 2, dt.time(0, 30))
    file = io.BytesIO()
    book.save(file)
    found = reading(file.getvalue(), session=object())
    assert [(one.row, one.name, one.minutes) for one in found.presences] == [(2, "Bat", 45), (30_001, "Jin", 30)]


# Order of day and month ---------------------------------------------------------------------------------------------------
ORDERS = "name,joined,left\nBat,{0} 14:00,{0} 14:30\nJin,{1} 14:00,{1} 14:30\n".replace("joined", "join time").replace(
    "left", "leave time"
)


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (("11/24/2026", "12/11/2026"), [(11, 24), (12, 11)]),
        (("24/11/2026", "12/11/2026"), [(11, 24), (11, 12)]),
        (("12/01/2026", "12/11/2026"), [(12, 1), (12, 11)]),  # 12 January is no day of the course
        (("11/11/2026", "12/12/2026"), [(11, 11), (12, 12)]),
        (("26/11/12", "26/12/11"), [(11, 12), (12, 11)]),
    ],
)
def test_one_order_of_day_and_month_holds_for_a_file(dates: tuple[str, str], days: list[tuple[int, int]]) -> None:
    found = reading(ORDERS.format(*dates), days=32)
    assert [(one.joined_at.month, one.joined_at.day) for one in found.presences] == days  # type: ignore[union-attr]


def test_order_that_stays_open_is_asked_for() -> None:
    text = ORDERS.format("12/11/2026", "11/12/2026")
    with pytest.raises(ValidationError) as refused:
        reading(text, days=32)
    assert (refused.value.code, refused.value.messages[0][:30]) == ("order", "In which order day and month s")
    found = reading(text, days=32, order=Order.DAY_FIRST)
    assert [one.joined_at.month for one in found.presences] == [11, 12]  # type: ignore[union-attr]


def test_date_that_does_not_fit_the_order_of_the_others_is_refused_with_its_row() -> None:
    text = ORDERS.format("24/11/2026", "11/25/2026") + "Oyun,23/11/2026 14:00,23/11/2026 14:10\n"
    found = reading(text, days=32)
    assert [(one.row, one.value) for one in found.problems] == [(3, "11/25/2026 14:00"), (3, "11/25/2026 14:30")]


# Names that are alike -----------------------------------------------------------------------------------------------------


def phones(*spans: tuple[int, int]) -> list[tuple[str, int]]:
    rows = "".join(f"iPhone,2026-11-10 14:{one:02},2026-11-10 14:{other:02}\n" for one, other in spans)
    return [(one.key, one.row) for one in reading("name,join time,leave time\n" + rows).presences]


def test_rows_of_one_name_that_overlap_are_of_two_people() -> None:
    assert phones((0, 30), (10, 40)) == [("name:iphone", 2), ("name:iphone#2", 3)]
    assert phones((0, 10), (9, 40)) == [("name:iphone", 2), ("name:iphone", 3)], "somebody who lost the line"
    assert [key for key, _row in phones((0, 30), (10, 20), (31, 40), (25, 50))] == [
        "name:iphone", "name:iphone#2", "name:iphone", "name:iphone#2",
    ]  # fmt: skip
    assert len({key for key, _row in phones((0, 30), (0, 30))}) == 1, "the same row twice"


def test_sums_of_one_name_are_of_two_people_when_they_last_longer_than_the_session() -> None:
    session = Session(starts_at=START, ends_at=START + dt.timedelta(minutes=60))
    for minutes_, keys in ((40, {"name:iphone", "name:iphone#2"}), (20, {"name:iphone"})):
        found = reading(f"name,minutes\niPhone,{minutes_}\niPhone,{minutes_}\n", session)
        assert {one.key for one in found.presences} == keys


@pytest.mark.parametrize(
    ("name", "email", "advice"),
    [
        ("\u200b", "", "Nobody is named."),
        ("Bat\u202etaB", "", "hidden sign (U+202E)"),
        ("\u3164", "", "Nothing of this can be seen."),
    ],
)
def test_name_that_nobody_sees_or_that_deceives_is_refused(name: str, email: str, advice: str) -> None:
    found = reading(f"name,email,minutes\n{name},{email},45\n", session=object())
    assert [(one.row, one.column) for one in found.problems] == [(2, "name")]
    assert advice in found.problems[0].advice
    found = reading("name,email,minutes\nBa\u200bt,qi＠example.org,45\n", session=object())
    assert [(one.name, one.email) for one in found.presences] == [("Bat", "qi@example.org")]


GOOD = workbook(成员参会概况=[*SUMS, ["Jin", "2026-11-10 14:00:00", "2026-11-10 15:00:00", "1", "1:00:00", "成员"]])


@settings(max_examples=150)
@given(place=st.integers(0, len(GOOD) - 1), bytes_=st.binary(min_size=1, max_size=8), cut=st.booleans())
def test_damaged_workbook_is_read_or_refused_in_words(place: int, bytes_: bytes, cut: bool) -> None:
    damaged = GOOD[:place] + bytes_ + (b"" if cut else GOOD[place + len(bytes_) :])
    assert read_or_refused(damaged)


@settings(max_examples=40)
@given(
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30),
    st.sampled_from([",", ";", "\t"]),
)
def test_any_name_comes_back_or_is_refused_with_its_row(name: str, delimiter: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([["name", "email", "minutes"], [name, "", "5"], ["Jin", "", "6"]])
    found = reading(text.getvalue(), session=object())
    assert found.presences[-1].name == "Jin"
    told = [one.row for one in found.problems]
    assert told == [2] or [one.name for one in found.presences] == [tidy_name(name), "Jin"]


@settings(max_examples=150)
@given(
    st.lists(st.lists(st.text(max_size=20), min_size=1, max_size=9), max_size=5), st.sampled_from(["utf-8", "utf-16"])
)
def test_any_rows_under_a_good_heading_are_read_or_told_as_broken(rows: list[list[str]], encoding: str) -> None:
    text = ZOOM + "\n".join(",".join(row) for row in rows)
    with contextlib.suppress(ValidationError):
        found = reading(text.encode(encoding, errors="replace"), session=object())
        assert all(one.advice for one in found.problems)
