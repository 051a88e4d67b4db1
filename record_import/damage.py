"""Text that was damaged on its way into a data file: read in the wrong encoding, or rewritten by a spreadsheet."""

import re
from typing import Final

from django.utils.translation import gettext as _

from records.formats.typed_text import TURNING

# UTF-8 read as one of these gives text that looks like words; turned back, it becomes valid UTF-8 again.
_EUROPEAN: Final = ("cp1252", "latin-1", "cp1251", "cp1250", "mac-roman", "cp437", "cp850")
_ASIAN: Final = ("gb18030", "cp932", "cp949", "big5")

# What damaged quotation marks, full-width punctuation and replacement characters look like. None of these characters
# stands in a name or a sentence otherwise.
_MARKS: Final = re.compile(
    r"鈥|銆[\u0080-\uffff]|锛|锟斤拷|烫烫|占쏙옙|縺|繧|繝|â€|ï»¿|[\u2500-\u259f]|Г[¶©ј±]|тА|√[\u0080-\uffff]|[A-Za-z][\uff61-\uff9f]"
)
# A Latin word with one or two letters of another script inside: the rest of an accent, or letters that only look Latin.
_INSIDE: Final = re.compile(r"[a-z][\u0400-\u04ff\u3400-\u9fff\uac00-\ud7af\uff61-\uff9f√]{1,2}[a-z∂]", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufeff\ue000-\uf8ff\ufff0-\uffff]")
# A letter of the wrong reading may have swallowed the plain letter behind it, so that one belongs to the run.
_RUN: Final = re.compile(r"[^\x00-\x7f]+[\x40-\x7e]?")
_BOTH: Final = re.compile(r"[^\x00-\x7f]+")
_SEQUENCE: Final = re.compile(
    rb"(?P<two>[\xc2-\xdf][\x80-\xbf])|(?P<three>[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})|(?P<no>[\x80-\xff])"
)
_MEANT: Final = re.compile(
    r"[\x20-\x7e\u00a0-\u017f\u0400-\u052f\u0f00-\u0fff\u2010-\u2030\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7af\uff00-\uff60]+"
)
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]{3}")
_SPREADSHEET: Final = re.compile(r"#(REF|N/A|VALUE|NAME|DIV/0|NULL|NUM)[!?]?|#{4,}")
_SCIENTIFIC: Final = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+")


def damage(text: str) -> str:
    """Why a cell cannot be taken as it stands; '' when nothing is wrong with it."""
    if found := _FORBIDDEN.search(text):
        return _("holds the character %(code)s, which no text has: it was read in the wrong encoding") % {
            "code": f"U+{ord(found[0]):04X}"
        }
    if turning := next((one for one in text if one in TURNING), ""):
        return _("holds the hidden sign %(code)s, which turns the order of the letters: type the cell anew") % {
            "code": f"U+{ord(turning):04X}"
        }
    if _SPREADSHEET.fullmatch(text.strip()):
        return _("holds %(value)s, the error message of a spreadsheet, instead of a value") % {"value": text.strip()}
    if _SCIENTIFIC.fullmatch(text.strip()):
        return _(
            "holds %(value)s: a spreadsheet has turned the value into a rounded number, its digits are lost. "
            "Enter it again, as text"
        ) % {"value": text.strip()}
    if text.isascii():
        return ""
    marked = _MARKS.search(text)
    if (original := _restored(text)) or marked:
        return (
            _(
                "holds “%(text)s”: UTF-8 that was read in another encoding and saved again (perhaps “%(original)s” was meant)"
            )
            if original
            else _("holds “%(text)s”: UTF-8 that was read in another encoding and saved again")
        ) % {"text": text[:60], "original": original[:60]}
    if inside := _INSIDE.search(text):
        return _("holds “%(word)s”, letters of two scripts in one word: damaged, or letters that only look Latin") % {
            "word": inside[0]
        }
    return ""


def _restored(text: str) -> str:
    """The text as it was before a wrong reading, when some encoding explains one of its runs; '' otherwise."""
    for encoding in (*_EUROPEAN, *_ASIAN):
        asian = encoding in _ASIAN
        if any(_is_utf8(run[0], encoding, asian) for run in (_RUN if asian else _BOTH).finditer(text)):
            return _bytes(text, encoding).decode("utf-8", "ignore")
    return ""


def _bytes(text: str, encoding: str) -> bytes:
    """The text in an encoding, with code points below 256 that it lacks kept as one byte, as browsers read them."""
    out = bytearray()
    for letter in text:
        try:
            out += letter.encode(encoding)
        except UnicodeEncodeError:
            out += letter.encode("latin-1", "ignore")
    return bytes(out)


def _is_utf8(run: str, encoding: str, asian: bool) -> bool:
    """Whether a run of letters, written in the encoding, reads as UTF-8 that somebody may have meant.

    Every byte must fit (a cut-off character at the end excepted). Pairs of bytes fit by chance in short Chinese words,
    so an Asian encoding needs two sequences of three bytes, or three Cyrillic letters, to be believed.
    """
    try:
        data = run.encode(encoding)
    except UnicodeEncodeError:
        if asian:
            return False
        data = _bytes(run, encoding)
        if len(data) < len(run):
            return False
    two = three = 0
    end = len(data)
    for found in _SEQUENCE.finditer(data):
        if found["no"]:
            if asian and three and end - found.start() <= 3:
                break
            return False
        two += bool(found["two"])
        three += bool(found["three"])
    if not asian:
        return bool(three) or two >= (1 if encoding in ("cp1252", "latin-1") else 2)
    meant = data.decode("utf-8", "ignore")
    return bool(_MEANT.fullmatch(meant)) and (three > 1 or bool(_CYRILLIC.search(meant)))
