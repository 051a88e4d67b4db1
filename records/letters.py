"""Which letters our papers can show: those that one of their fonts has. Everything that people type comes through here
before it is set: what is no letter at all is taken out, and for a letter without a font stands a sign that says so.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final

from noto_cjk_sans_otc import FONT_PATH

FONTS: Final = Path(__file__).parent / "fonts"
CJK_FONTS: Final = Path(str(FONT_PATH)).parent
SUBSTITUTE: Final = "□"
# Signs without a shape that join or part letters in the scripts of India, Tibet and Mongolia, or choose a shape of a letter.
_SHAPING: Final = frozenset("\u200c\u200d\u180b\u180c\u180d\u180e\u180f")
_SPACES: Final = frozenset("\t\n\r\x0b\x0c\x85\u2028\u2029")
_NOT_WRITTEN: Final = frozenset({"Cc", "Cf", "Cs"})
# Letters of most names, all of which the fonts have: for them no table need be read.
USUAL: Final = ((" ", "~"), ("\xa0", "\u017f"), ("\u0400", "\u045f"), ("\u4e00", "\u9fef"), ("\uac00", "\ud7a3"))
MOST_TOLD: Final = 5  # letters named in one warning


def printable(text: str) -> str:
    """The text as a paper shows it."""
    return "".join(SUBSTITUTE if _lacks_font(letter) else letter for letter in written(text))


def written(text: str) -> str:
    """The text without what no reader sees: composed, a line break as a space, control characters gone."""
    spaced = (" " if letter in _SPACES else letter for letter in unicodedata.normalize("NFC", text))
    return "".join(one for one in spaced if one in _SHAPING or not _is_silent(one))


def without_font(text: str) -> list[str]:
    """The letters that a paper cannot show, each once, in their order."""
    return list(dict.fromkeys(filter(_lacks_font, written(text))))


def plain(text: str) -> str:
    """The same in letters that need no shaping: for a text that could not be set."""
    return "".join(one if ord(one) < 0x2E9 or _stands_alone(one) else SUBSTITUTE for one in printable(text))


def _is_silent(letter: str) -> bool:
    """Control characters, marks of direction, halves of a letter, wishes for another shape of a Han letter or a picture."""
    chooses_shape = 0xFE00 <= ord(letter) <= 0xFE0F or 0xE0100 <= ord(letter) <= 0xE01EF
    return chooses_shape or unicodedata.category(letter) in _NOT_WRITTEN


def _stands_alone(letter: str) -> bool:
    """Of Latin, Greek, Cyrillic, Han, Kana or Hangul."""
    name = unicodedata.name(letter, "")
    return name.startswith(("LATIN", "GREEK", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "WHITE SQUARE")) or (
        letter.isspace() or unicodedata.category(letter).startswith("P")
    )


def _lacks_font(letter: str) -> bool:
    if any(first <= letter <= last for first, last in USUAL):
        return False
    return ord(letter) not in _covered() and letter not in _SHAPING


@cache
def _covered() -> frozenset[int]:
    files = [*FONTS.glob("*.ttf"), *CJK_FONTS.glob("*.[ot]t[cf]")]
    return frozenset(code for file in sorted(files) for code in _codes_of(file))


def _codes_of(file: Path) -> Iterator[int]:
    """The letters of a font, from its table `cmap`; of a collection those of its first font, which has them all."""
    with file.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as data:
        start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
        for number in range(struct.unpack_from(">H", data, start + 4)[0]):
            tag, _check, offset, _length = struct.unpack_from(">4sIII", data, start + 12 + 16 * number)
            if tag == b"cmap":
                yield from _codes_of_table(data, offset)


def _codes_of_table(data: mmap, table: int) -> Iterator[int]:
    for number in range(struct.unpack_from(">H", data, table + 2)[0]):
        _platform, _encoding, offset = struct.unpack_from(">HHI", data, table + 4 + 8 * number)
        kind = struct.unpack_from(">H", data, table + offset)[0]
        if kind == 4:
            yield from _codes_of_16_bits(data, table + offset)
        elif kind == 12:
            for group in range(struct.unpack_from(">I", data, table + offset + 12)[0]):
                first, last, _glyph = struct.unpack_from(">III", data, table + offset + 16 + 12 * group)
                yield from range(first, last + 1)


def _codes_of_16_bits(data: mmap, table: int) -> Iterator[int]:
    """Format 4: runs of letters by their ends and starts. A letter of a run may have no shape all the same."""
    count = struct.unpack_from(">H", data, table + 6)[0] // 2
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{count}H", data, table + 14 + shift + 2 * count * part)
        for part, shift in enumerate((0, 2, 2, 2))
    )
    at = table + 16 + 6 * count
    for number in range(count):
        for code in range(starts[number], min(ends[number], 0xFFFE) + 1):
            glyph = code
            if ranges[number]:
                place = at + 2 * number + ranges[number] + 2 * (code - starts[number])
                glyph = struct.unpack_from(">H", data, place)[0]
            if (glyph or not ranges[number]) and (glyph + deltas[number]) & 0xFFFF:
                yield code
