"""Attendance lists as providers write them: which rows they hold, and what is told about broken ones."""

import contextlib
import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from activities.attendance.files import MOST_BYTES, read
from activities.attendance.list_times import minutes, moment
from activities.attendance.rows import Presence, Problem, Reading, understand
from tests.factories import EventFactory

BEIJING = ZoneInfo("Asia/Shanghai")
START = dt.datetime(2026, 11, 10, 6, tzinfo=dt.UTC)  # 14:00 in Beijing
ZOOM = (
    "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room\n"
)
META = 'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n812 3456 7890,"Lakes, and water",11/10/2026 01:50:00 PM,11/10/2026 04:10:00 PM,host@example.org,140,3\n\n'
CHINESE = "名称（原始名称）,用户电子邮件,加入时间,离开时间,持续时间（分钟）,访客,在等候室\n"


def reading(content: bytes | str, session: object = None) -> Reading:
    event = EventFactory.build(starts_at=START, ends_at=START + dt.timedelta(hours=2), timezone="Asia/Shanghai")
    raw = content.encode() if isinstance(content, str) else content
    return understand(read(raw, "list.csv"), activity=event, zone=BEIJING, session=session)  # type: ignore[arg-type]


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
        "Nov 10, 2026 02:00:00\u202fPM", "14:00", "02:00 PM",
    ],
)  # fmt: skip
def test_moment_is_read_in_every_shape(text: str) -> None:
    assert moment(text, BEIJING, START) == START


@pytest.mark.parametrize(
    ("text", "said"),
    [("57", 57), ("57.5", 57.5), ("0:45", 45), ("1:02:30", 62.5), ("1小时2分钟", 62), ("1 hr 2 min", 62), ("90秒", 1.5), ("long", None), ("-5", None)],
)  # fmt: skip
def test_length_is_read_in_every_shape(text: str, said: float | None) -> None:
    assert minutes(text) == said


GOOD = workbook(成员参会概况=[*SUMS, ["Jin", "2026-11-10 14:00:00", "2026-11-10 15:00:00", "1", "1:00:00", "成员"]])


@settings(max_examples=150)
@given(place=st.integers(0, len(GOOD) - 1), bytes_=st.binary(min_size=1, max_size=8), cut=st.booleans())
def test_damaged_workbook_is_read_or_refused_in_words(place: int, bytes_: bytes, cut: bool) -> None:
    damaged = GOOD[:place] + bytes_ + (b"" if cut else GOOD[place + len(bytes_) :])
    assert read_or_refused(damaged)


@settings(max_examples=150)
@given(
    st.lists(st.lists(st.text(max_size=20), min_size=1, max_size=9), max_size=5), st.sampled_from(["utf-8", "utf-16"])
)
def test_any_rows_under_a_good_heading_are_read_or_told_as_broken(rows: list[list[str]], encoding: str) -> None:
    text = ZOOM + "\n".join(",".join(row) for row in rows)
    with contextlib.suppress(ValidationError):
        found = reading(text.encode(encoding, errors="replace"), session=object())
        assert all(one.advice for one in found.problems)
