"""People in a sheet: rows under their headings, in the words of several languages, and what is wrong with each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from network.models import MemberState
from records.formats.names import fold
from records.formats.typed_text import address, tidy_address, tidy_name, validate_name
from records.tables.delimited import NotCsvError, delimiter_of, rows_of
from records.tables.encodings import decoded
from records.tables.workbooks import is_workbook, sheets_of

from ..models import Event, Registration
from ..places import capacity
from ..registration.adding import FROM_SHEET, Newcomer

MOST_UNPACKED: Final = 40 * 1024 * 1024
MOST_COLUMNS: Final = 30
MOST_ROWS: Final = 5000
# Headings as `fold` writes them: without signs, spaces and capitals.
HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("name", "nameinlatinletters", "fullname", "participant", "姓名", "名字", "имя", "фио", "名前", "氏名", "이름", "성명", "нэр", "аты"),
    "native_name": ("nativename", "nameintheownscript", "ownscript", "localname"),
    "email": ("email", "emailaddress", "mail", "邮箱", "电子邮件", "почта", "электроннаяпочта", "メール", "メールアドレス", "이메일", "имэйл"),
    "organisation": ("organisation", "organization", "organisationorsite", "affiliation", "institution", "site", "单位", "机构", "организация", "所属", "소속", "байгууллага"),
    "state": ("state", "memberstate", "country", "国家", "страна", "国", "국가", "улс"),
    "audience": ("audience", "comesas", "category"),
    "presence": ("presence", "takespart", "participation"),
    "language": ("language", "语言", "язык", "言語", "언어", "хэл"),
}  # fmt: skip
_COLUMNS: Final = {fold(heading): column for column, headings in HEADINGS.items() for heading in headings}


@dataclass(frozen=True)
class Row:
    """One row as it was understood, or what is wrong with it; `number` is that of the sheet."""

    number: int
    who: Newcomer | None
    name: str
    problems: tuple[str, ...] = ()


@dataclass
class People:
    rows: list[Row] = field(default_factory=list)

    @property
    def sound(self) -> list[Newcomer]:
        return [row.who for row in self.rows if row.who is not None]

    @property
    def doubtful_first(self) -> list[Row]:
        return sorted(self.rows, key=lambda row: (not row.problems, row.number))

    @property
    def broken(self) -> int:
        return sum(row.who is None for row in self.rows)


def read(content: bytes, event: Event) -> People:
    """Everybody in a sheet, as coming to an event."""
    return read_people(content, capacity.presences_of(event))


def read_people(content: bytes, ways: Sequence[str]) -> People:
    """Everybody in a sheet. ValidationError, with what to do, when there is no list of people in it."""
    heads: dict[str, int] = {}
    people, reader = People(), _Reader(ways)
    for number, cells in _rows(content):
        if not heads:
            heads = _heads(cells)
            continue
        if len(people.rows) >= FROM_SHEET:
            raise ValidationError(_("The sheet names more than %(most)d people. Part it.") % {"most": FROM_SHEET})
        row = {column: cells[place].strip() if place < len(cells) else "" for column, place in heads.items()}
        people.rows.append(reader.row(number, row))
    if not people.rows:
        raise ValidationError(_("No people were found. The first row must name the columns, at least: name."))
    return people


def _heads(cells: list[str]) -> dict[str, int]:
    heads: dict[str, int] = {}
    for place, cell in enumerate(cells):
        column = _COLUMNS.get(fold(cell))
        if column:
            heads.setdefault(column, place)
    if "name" not in heads:
        raise ValidationError(_("The first row must name the columns, at least: name. It says: %(row)s") % {
            "row": " | ".join(cells)[:120]
        })  # fmt: skip
    return heads


def _rows(content: bytes) -> list[tuple[int, list[str]]]:
    """The rows in which anything stands, each with its number in the sheet."""
    if is_workbook(content):
        sheets = sheets_of(
            content, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS, values=True, most_unpacked=MOST_UNPACKED
        )
        return [
            (number, ["" if cell.value is None else str(cell.value) for cell in cells])
            for number, cells in sheets[0].rows
        ]
    text = decoded(content, expected=lambda text: _known(re.split(r"[,;\t|]", text.split("\n", 1)[0]))).text
    try:
        return [(row.number, row.cells) for row in rows_of(text, delimiter_of(text, _known))]
    except NotCsvError as error:
        raise ValidationError(
            _("The file is damaged in row %(row)d: %(why)s. Save it anew as CSV.")
            % {"row": error.row, "why": error.why}
        ) from error


def _known(cells: Sequence[str]) -> int:
    return len({_COLUMNS[fold(cell)] for cell in cells if fold(cell) in _COLUMNS})


class _Reader:
    """Knows the words by which a sheet may name states, categories, languages."""

    def __init__(self, ways: Sequence[str]) -> None:
        self.ways = ways
        states = MemberState.objects.all()
        self.states = {fold(name): one for one in states for name in (one.code, one.name, one.local_name) if name}
        self.audiences = _by_words(Registration.Audience.choices)
        self.presences = _by_words(Registration.Presence.choices)
        self.languages = _by_words(settings.LANGUAGES)

    def row(self, number: int, cells: dict[str, str]) -> Row:
        problems: list[str] = []
        names = {one: tidy_name(cells.get(one, "")) for one in ("name", "native_name", "organisation")}
        name, email = names["name"][:150], tidy_address(cells.get("email", "")).lower()
        if not name:
            problems.append(_("name: nobody is named."))
        for column, text in names.items():
            try:
                validate_name(text)
            except ValidationError as error:
                problems.append(f"{column}: {error.messages[0]}")
        if email:
            try:
                address(email)
            except ValidationError:
                problems.append(_("email: “%s” is no address.") % email[:80])
        state = cast(MemberState | None, self._found(cells.get("state", ""), self.states, _("state"), problems))
        audience = self._found(cells.get("audience", ""), self.audiences, _("audience"), problems) or ""
        presence = self._found(cells.get("presence", ""), self.presences, _("presence"), problems) or self.ways[0]
        language = self._found(cells.get("language", ""), self.languages, _("language"), problems) or "en"
        if presence not in self.ways:
            problems.append(_("presence: the event cannot be attended in this way."))
        if problems:
            return Row(number, None, name, tuple(problems))
        who = Newcomer(
            name=name, email=email, native_name=names["native_name"][:150], language=str(language),
            organisation=names["organisation"][:200], member_state=state, audience=str(audience), presence=str(presence),
        )  # fmt: skip
        hints = () if email else (_("No address: no mail can go."),)
        return Row(number, who, name, hints)

    @staticmethod
    def _found(cell: str, known: dict, column: str, problems: list[str]) -> object:
        """What a cell means; an unknown word is told with its column."""
        if not cell or fold(cell) in known:
            return known.get(fold(cell))
        problems.append(_("%(column)s: “%(value)s” is not known.") % {"column": column, "value": cell[:60]})
        return None


def _by_words(choices: object) -> dict[str, str]:
    return {fold(str(word)): str(code) for code, label in choices for word in (code, label)}  # type: ignore[attr-defined]
