"""The headings of attendance lists in the languages of the region, and what they tell of the program that wrote a list.

Headings are compared folded, without signs, spaces and capitals; what stands in brackets behind one may be left out, so that
"名前 (元の名前)" is "名前". After each language is said how its headings are known: *read* in a file, a program that reads
such files or a manual; *not read* where they follow from the words of the program's own pages, and may be wrong: then the list
is not found, and the officer is told how to head the columns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from records.formats.names import fold

from ..models import AttendanceFile
from .lengths import MINUTE, UNITS

Provider = AttendanceFile.Provider
HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "name": (
        # English: Zoom, Teams, Tencent, Meet, sheets (read)
        "nameoriginalname", "name", "username", "usernameoriginalname", "fullname", "participant", "participantname", "nickname",
        "membername", "nicknamenicknameinmeeting", "usernicknamemeetingnickname", "attendeename", "displayname",
        # Chinese, simplified: Zoom 名称（原名） (read), Tencent 用户昵称（入会昵称） (read); the others of Zoom not read
        "名称原名", "名称原始名称", "姓名原始名称", "姓名原名", "用户名原始名称", "名称", "姓名", "名字", "用户名", "参会者", "与会者",
        "用户昵称入会昵称", "用户昵称", "成员昵称", "昵称", "入会昵称",
        # Chinese, traditional: Zoom's report of a webinar (read), of a meeting (not read)
        "使用者名稱原始名稱", "使用者名稱", "名稱原始名稱", "姓名原始姓名", "名稱", "暱稱", "參與者",
        # Japanese: Zoom, Teams (read). Korean: Zoom (read), Teams (not read). Russian: Zoom (read)
        "名前元の名前", "名前", "氏名", "お名前", "ユーザー名元の名前", "이름원래이름", "이름", "성명", "사용자이름원래이름", "имянастоящееимя",
        "имя", "фио", "участник", "имяпользователянастоящееимя",
        # Mongolian, Kazakh: sheets by hand; neither Zoom nor Tencent speaks them (not read)
        "нэр", "овогнэр", "оролцогч", "аты", "атыжөні", "қатысушы",
    ),
    # Google Meet (read in English only). Where the given name is headed as a name is ("Имя", "이름"), the family name joins it
    "given": ("firstname", "givenname", "名", "имяотчество", "өөрийннэр"),
    "family": ("lastname", "familyname", "surname", "姓", "姓氏", "성", "성씨", "фамилия", "овог", "тегі"),
    "email": (
        "useremail", "email", "emailaddress", "mail", "attendeeemail", "用户电子邮件", "用户电子邮箱", "用户邮箱", "电子邮件", "电子邮箱", "邮箱",
        "使用者電子郵件", "電子郵件地址", "電子郵件", "ユーザーのメール", "ユーザーのメールアドレス", "メール", "メールアドレス", "사용자이메일",
        "이메일", "이메일주소", "전자메일", "메일", "электроннаяпочтапользователя", "электроннаяпочта", "адресэлектроннойпочты", "эпочта", "почта",
        "имэйл", "имейл", "цахимшуудан", "электрондықпошта", "пошта",
    ),
    "account": ("account", "账号", "帐号"),  # of Tencent: an address, a number, or neither
    "joined": (
        "jointime", "timejoined", "joinedat", "timeofentry", "加入时间", "入会时间", "进入时间", "加入時間", "入會時間", "参加時刻", "参加時間",
        "入室時刻", "참가시간", "참여시간", "가입시간", "입장시간", "времявхода", "времяподключения", "времяприсоединения", "ирсэнцаг", "оролцсонцаг",
        "кіругеуақыты", "қосылғануақыты",
    ),
    "left": (
        "leavetime", "timeleft", "leftat", "timeofexit", "timeexited", "离开时间", "退会时间", "离会时间", "離開時間", "退會時間", "退出时间", "退出時刻",
        "退出時間", "退室時刻", "나간시간", "퇴장시간", "времявыхода", "времяотключения", "гарсанцаг", "явсанцаг", "шыққануақыты",
    ),
    # The first coming and the last going: what lies between is not told. Tencent (read), Teams in English and Japanese (read),
    # in Chinese, Korean and Russian (not read)
    "first": (
        "firstjoin", "firstjointime", "firstjoined", "firstentrytime", "首次入会时间", "首次加入", "首次加入时间", "首次加入時間", "初めての参加",
        "最初の参加", "第一次加入", "처음참가", "처음참여", "첫참가", "첫번째참가", "최초참가", "firsttimetojoin", "первоеподключение", "первоеприсоединение", "первыйвход",
    ),
    "last": (
        "lastleave", "lastleavetime", "lastleft", "lastexittime", "最后退会时间", "最后离会时间", "最后离开", "最后离开时间", "最後離開時間",
        "最終退出", "最後の退出", "最後離開", "마지막나가기", "마지막나감", "마지막퇴장", "lasttimetoleave", "последнееотключение", "последнийуход", "последнийвыход",
    ),
    "minutes": (
        "durationminutes", "duration", "totaldurationminutes", "totalduration", "timeinsessionminutes", "timeinsession", "minutes", "min",
        "minutespresent", "inmeetingduration", "attendanceduration", "timeincall", "持续时间分钟", "持续时间", "时长分钟", "时长", "总时长分钟",
        "总持续时间分钟", "参会时长", "累计参会时长", "在线时长", "参会时长分钟", "分钟", "会话时间分钟", "会议持续时间", "会议内持续时间", "会议中的持续时间", "会议时长", "會議持續時間", "會議內持續時間", "會議中的持續時間", "持續時間分鐘", "持續時間",
        "出席時間分鐘", "總持續時間分鐘", "分鐘", "会議の長さ", "会議の期間", "期間分", "時間分", "合計時間分", "期間", "参加時間分", "分", "기간분", "기간",
        "총기간분", "참가시간분", "접속시간분", "모임기간", "모임내기간", "회의기간", "회의내기간", "분", "продолжительностьминуты", "продолжительность",
        "общаяпродолжительностьминуты", "продолжительностьсобрания", "длительностьсобрания", "продолжительностьучастия", "длительность", "времявсеансеминуты", "минуты", "минут", "ұзақтығы", "үргэлжилсэнхугацаа",
    ),
    "times": ("入会次数", "入會次數", "timesjoined", "numberofjoins", "entries"),
    "waiting": (
        "inwaitingroom", "在等候室", "在等候室中", "在等候室内", "在等候室內", "待機室内", "待機室で待機中", "대기실에서", "대기실에있음", "взалеожидания",
    ),
    "attended": ("attended", "已参加", "参加", "已出席", "出席", "参加済み", "참석", "참석함", "присутствовал", "посетил"),
}  # fmt: skip
# Headings of names that are those of given names, where a family name stands beside them.
_ALSO_GIVEN: Final = frozenset({"name", "имя", "이름", "名字", "名前", "нэр", "аты"})
_COLUMNS: Final = {heading: column for column, headings in HEADINGS.items() for heading in headings}
# What only the lists of one program have; the program of which most are found has written a list.
_OF_PROVIDERS: Final = {
    Provider.VOOV: {"用户昵称入会昵称", "用户昵称", "成员昵称", "昵称", "入会昵称", "nickname", "nicknamenicknameinmeeting", "入会时间",
                    "首次入会时间", "最后退会时间", "入会次数", "累计参会时长"},
    Provider.TEAMS: {"participantidupn", "inmeetingduration", "firstjoin", "lastleave", "参加者idupn", "初めての参加", "最終退出", "会議の長さ",
                     "参与者idupn", "參與者idupn", "참가자idupn"},
    Provider.MEET: {"timejoined", "timeexited", "firstseen", "timeincall"},
    Provider.ZOOM: {"useremail", "用户电子邮件", "用户邮箱", "nameoriginalname", "usernameoriginalname", "名称原始名称", "名称原名",
                    "使用者名稱原始名稱", "名稱原始名稱", "名前元の名前", "이름원래이름", "имянастоящееимя", "guest", "访客", "訪客", "ゲスト", "게스트",
                    "гость", "recordingconsent", "inwaitingroom", "사용자이메일", "электроннаяпочтапользователя"},
}  # fmt: skip
# Headings of what is told about a meeting, which names the host's address, length and times too.
_OF_MEETING: Final = frozenset({
    "topic", "meetingid", "webinarid", "id", "type", "starttime", "endtime", "participants", "hostname", "hostemail", "host",
    "creationtime", "department", "hasZoomRooms".casefold(), "主题", "会议id", "会议主题", "网络研讨会id", "开始时间", "结束时间", "主持人名称",
    "主持人电子邮件", "参会者总分钟数", "主題", "會議id", "開始時間", "結束時間", "トピック", "ミーティングid", "開始時刻", "終了時刻", "参加者", "주제", "회의id",
    "시작시간", "종료시간", "참가자", "тема", "идентификаторконференции", "времяначала", "времязавершения", "времяокончания", "участники",
})  # fmt: skip
_NO_HEADING: Final = re.compile(r"@|\d\D*\d\D*\d|.{80}", re.DOTALL)  # told apart at a glance: most cells of a list
_BRACKET: Final = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*$")


@dataclass(frozen=True)
class Columns:
    """Where the columns of a list stand, what they are called there, and the unit of a bare number of its minutes."""

    places: dict[str, int]
    called: dict[str, str]
    unit: float = MINUTE

    @property
    def has_times(self) -> bool:
        return {"joined", "left"} <= self.places.keys()

    @property
    def is_in_two(self) -> bool:
        """Names stand in two cells."""
        given = "given" if "name" not in self.places else "name"
        return "family" in self.places and (given == "given" or fold(self.called["name"]) in _ALSO_GIVEN)

    @property
    def is_sum(self) -> bool:
        """Only first, last and sum are told of somebody who came several times."""
        return not self.has_times and ({"first", "last"} <= self.places.keys() or "times" in self.places)


def columns_of(cells: Sequence[str]) -> Columns | None:
    """The columns, when a row names those of a list of people: who, and from when to when or how long."""
    found = [(place, one) for place, cell in enumerate(cells) if (one := column_of(cell))]
    of_meeting = sum(map(_is_of_meeting, cells))
    places: dict[str, int] = {}
    for place, column in found:
        # Of a list that tells about the meeting on each row, what is of the person stands behind it
        if column not in places or (of_meeting >= 2 and column in ("name", "email", "minutes")):
            places[column] = place
    spans = {"joined", "left"} <= places.keys() or {"first", "last"} <= places.keys()
    if not {"name", "email", "given"} & places.keys() or not (spans or "minutes" in places):
        return None
    if of_meeting >= 2 and not spans:
        return None  # the host's address and how long the meeting was
    called = {column: " ".join(cells[place].split()) for column, place in places.items()}
    return Columns(places, called, _unit(called.get("minutes", "")))


@lru_cache(maxsize=1024)
def column_of(cell: str) -> str:
    """What a heading is of; '' when it is none that is known."""
    if _NO_HEADING.search(cell):
        return ""
    if column := _COLUMNS.get(fold(cell)):
        return column
    bracket = _BRACKET.search(cell)
    column = _COLUMNS.get(fold(cell[: bracket.start()]), "") if bracket else ""
    return "" if column in ("joined", "left", "first", "last") and _unit(cell, 0) else column


def is_of_meeting(cells: Sequence[str]) -> bool:
    """Whether a row heads what is told about a meeting."""
    return sum(map(_is_of_meeting, cells)) >= 2


@lru_cache(maxsize=1024)
def _is_of_meeting(cell: str) -> bool:
    return not _NO_HEADING.search(cell) and fold(cell) in _OF_MEETING


def provider_of(lists: Sequence[Columns]) -> str:
    headings = {fold(called) for one in lists for called in one.called.values()}
    counts = {provider: len(known & headings) for provider, known in _OF_PROVIDERS.items()}
    most = max(counts, key=lambda one: counts[one])
    return most if counts[most] else Provider.SHEET


def _unit(heading: str, otherwise: float = MINUTE) -> float:
    """The unit in the brackets of a heading: "Duration (hours)"."""
    bracket = _BRACKET.search(heading)
    return UNITS.get(bracket[1].strip().rstrip(".").casefold(), otherwise) if bracket else otherwise
