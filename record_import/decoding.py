"""The text of an uploaded CSV file: in UTF-8, or in the Chinese encoding where nothing else can be meant."""

import csv
import io
from collections.abc import Collection
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Letters that stand in almost every Chinese text on places and nature, and that no other encoding gives by chance so often.
_FREQUENT: Final = frozenset(
    "的一是在有和与为中国大地区省市县自治州山河湖江海岛林森草原湿沙漠保护生物圈公园世界质自然学科家级北南东西上下新长白年会议"
)
_ENOUGH: Final = 0.12
_DELIMITERS: Final = ",;\t"


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. ValidationError when it cannot be told."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and (encoding != "gb18030" or _is_chinese(text)):
            return text, encoding.removesuffix("-sig").upper()
    raise ValidationError(
        _("The file is neither UTF-8 nor plainly Chinese text in GB18030. In Excel choose “Save as”, “CSV UTF-8”, or save"
          " it as .xlsx.")
    )  # fmt: skip


def _is_chinese(text: str) -> bool:
    """Bytes of other encodings read as Chinese give letters that hardly ever stand in a text."""
    strange = [letter for letter in text if letter > "\x7f"]
    han = [letter for letter in strange if "\u4e00" <= letter <= "\u9fff"]
    return len(han) >= 0.7 * len(strange) and sum(letter in _FREQUENT for letter in han) >= _ENOUGH * len(han)


def delimiter_of(text: str, headings: Collection[str]) -> str:
    """What parts the cells: by which of the usual ones the first line names most columns that are known."""
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    return max(_DELIMITERS, key=lambda one: len(set(headings) & {cell.strip() for cell in _cells(first, one)}))


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(line), delimiter=delimiter), [])
