"""Files of attendance made into rows of cells, whatever program wrote them, and the columns known by their headings.

Zoom: the participants report in English or Chinese, with or without the lines about the meeting above it, and the report of
a webinar with its parts. Tencent Meeting (VooV): the list of members as CSV or Excel, of which the sheet with each coming
and going is taken before the one with sums. Or any sheet with name, e-mail address and minutes.
"""

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from records.formats.names import fold

from ..models import AttendanceFile

MOST_BYTES: Final = 1024 * 1024
MOST_ROWS: Final = 20_000
MOST_UNPACKED: Final = 40 * 1024 * 1024
Provider = AttendanceFile.Provider
# Headings, folded: without signs, spaces and capitals.
HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "name": (
        "nameoriginalname", "name", "username", "usernameoriginalname", "fullname", "participant", "nickname", "membername",
        "名称原始名称", "姓名原始名称", "姓名原名", "用户名原始名称", "名称", "姓名", "名字", "用户名", "参会者", "与会者", "用户昵称入会昵称",
        "用户昵称", "成员昵称", "昵称", "入会昵称", "nicknamenicknameinmeeting", "usernicknamemeetingnickname", "имя", "名前", "이름",
    ),
    "email": ("useremail", "email", "emailaddress", "mail", "用户电子邮件", "用户电子邮箱", "用户邮箱", "电子邮件", "电子邮箱", "邮箱", "account"),
    "joined": (
        "jointime", "timejoined", "joinedat", "加入时间", "入会时间", "首次入会时间", "进入时间", "firstjointime", "firstjoined",
        "timeofentry", "firstentrytime",
    ),
    "left": (
        "leavetime", "timeleft", "leftat", "离开时间", "退会时间", "离会时间", "最后退会时间", "最后离会时间", "lastleavetime", "lastleft",
        "timeofexit", "lastexittime",
    ),
    "minutes": (
        "durationminutes", "duration", "totaldurationminutes", "timeinsessionminutes", "minutes", "min", "持续时间分钟", "时长分钟",
        "总时长分钟", "总持续时间分钟", "参会时长", "累计参会时长", "在线时长", "参会时长分钟", "分钟", "会话时间分钟", "totalduration", "minutespresent",
    ),
    "times": ("入会次数", "timesjoined", "numberofjoins", "entries"),
    "waiting": ("inwaitingroom", "在等候室", "在等候室中", "在等候室内"),
    "attended": ("attended", "已参加", "参加"),
}  # fmt: skip
_COLUMNS: Final = {heading: column for column, headings in HEADINGS.items() for heading in headings}
_VOOV: Final = {
    "用户昵称入会昵称",
    "用户昵称",
    "成员昵称",
    "昵称",
    "入会昵称",
    "nickname",
    "入会时间",
    "首次入会时间",
    "累计参会时长",
}
_ZOOM: Final = {
    "useremail",
    "用户电子邮件",
    "用户邮箱",
    "nameoriginalname",
    "名称原始名称",
    "guest",
    "访客",
    "usernameoriginalname",
}
# What begins another part of a file: the lines about a Zoom meeting (which name the host's address, length and times too),
# the titles within the report of a webinar.
_PARTS: Final = {
    "topic", "meetingid", "主题", "会议id", "会议主题", "webinarid", "网络研讨会id", "attendeedetails", "panelistdetails",
    "hostdetails", "otherattended", "与会者详细信息", "嘉宾详细信息", "主持人详细信息",
}  # fmt: skip


@dataclass
class Line:
    """One row under a heading: its number in the file, its cells by column, and how the columns are called there."""

    number: int
    cells: dict[str, str]
    called: dict[str, str]
    sheet: str = ""


@dataclass
class Lines:
    provider: str
    lines: list[Line] = field(default_factory=list)


def read(content: bytes, name: str) -> Lines:
    """The rows of a file. ValidationError, with what to do, when it is none that we can read."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 1 MB. Is it the list of participants?"))
    if content[:4] == b"PK\x03\x04":
        return _best([_lines(rows, title) for title, rows in _workbook(content)])
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise ValidationError(_("This is an old Excel file (.xls). Open it and save it as .xlsx or CSV."))
    return _best([_lines(_table(_text(content)), "")])


def _best(found: list[Lines]) -> Lines:
    """Of the sheets of a workbook the one that tells each coming and going, before one that tells sums."""
    usable = [one for one in found if one.lines]
    if not usable:
        raise ValidationError(
            _("No list was found: one of the first rows must name the columns, at least the name and the minutes, or the"
              " name and the times of coming and going. Download the participants report again, or write these headings"
              " over the columns: name, email, minutes.")
        )  # fmt: skip
    detailed = [one for one in usable if "times" not in one.lines[0].called and "joined" in one.lines[0].called]
    return (detailed or usable)[0]


def _text(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ValidationError(_("The file is no text that can be read. Save it as CSV in UTF-8, or as .xlsx."))


def _table(text: str) -> list[list[str]]:
    """Cells of a text, parted by comma, tab or semicolon: by what its heading holds most."""
    sample = text[:4000]
    delimiter = max("\t,;", key=sample.count)
    try:
        return [
            row
            for _number, row in zip(
                range(MOST_ROWS + 1), csv.reader(io.StringIO(text), delimiter=delimiter), strict=False
            )
        ]
    except csv.Error as error:
        raise ValidationError(_("The file is damaged: %(why)s. Save it anew as CSV.") % {"why": error}) from error


def _workbook(content: bytes) -> list[tuple[str, list[list[str]]]]:
    damaged = _("The Excel file cannot be opened. Open it yourself and save it anew, or save it as CSV.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise ValidationError(damaged)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return [
            (sheet.title, [[_cell(value) for value in row] for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=40, values_only=True)])
            for sheet in book.worksheets
        ]  # fmt: skip
    except Exception as error:  # of zip, XML, dates: a damaged file fails anywhere
        raise ValidationError(damaged) from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _lines(rows: Iterable[list[str]], sheet: str) -> Lines:
    """Rows under their headings; a file may hold several lists, each with headings of its own."""
    found, columns, called, voov, zoom = Lines(""), {}, {}, 0, 0  # type: ignore[var-annotated]
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise ValidationError(_("The file has more than %(most)d rows.") % {"most": MOST_ROWS})
        folded = [fold(cell) for cell in row]
        heads = _heads(folded)
        if _PARTS & set(folded):
            columns = {}
        elif heads:
            columns = heads
            called = {column: row[place].strip() for column, place in heads.items()}
            voov, zoom = voov + len(_VOOV & set(folded)), zoom + len(_ZOOM & set(folded))
        elif columns and not any(folded):
            continue
        elif columns:
            cells = {column: row[place].strip() if place < len(row) else "" for column, place in columns.items()}
            found.lines.append(Line(number, cells, called, sheet))
    found.provider = Provider.ZOOM if zoom > voov else Provider.VOOV if voov else Provider.SHEET
    return found


def _heads(folded: list[str]) -> dict[str, int] | None:
    """The places of the columns, when a row names them."""
    places: dict[str, int] = {}
    for place, heading in enumerate(folded):
        column = _COLUMNS.get(heading)
        if column and column not in places:
            places[column] = place
    naming = {"name", "email"} & places.keys()
    how_long = "minutes" in places or {"joined", "left"} <= places.keys()
    return places if naming and how_long else None
