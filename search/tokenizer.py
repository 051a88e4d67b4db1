"""Words of names in any script, brought to a form in which different ways of typing the same name meet.

Search never goes through the database's own text parser, which keeps 长白山生物圈保护区 as one word: the words are made here
and handed over as literals. Han, kana and Hangul, which are written without spaces, become overlapping pairs of
characters, so that one or two of them find a name they stand in the middle of.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

import opencc

_EAST_ASIAN: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\u3005"
_RUNS: Final = re.compile(f"[{_EAST_ASIAN}]+|[^\\W_{_EAST_ASIAN}]+")
_IS_EAST_ASIAN: Final = re.compile(f"[{_EAST_ASIAN}]")
_APOSTROPHES: Final = re.compile("['’‘ʼʹ`´]")
# Letters that a keyboard without them types as another one: ө as о, қ as к, ё as е
_CYRILLIC: Final = str.maketrans("өүұқңғәіһйё", "оуукнгаихие")
# Abbreviations in names of places
_WHOLE: Final = {
    "mt": "mount",
    "mts": "mountains",
    "mtn": "mountain",
    "mtns": "mountains",
    "st": "saint",
    "natl": "national",
}
# What romanisations write differently for one sound, in their order; compared loosely, never shown
_LOOSE: Final = (
    ("kh", "h"), ("zh", "j"), ("dj", "j"), ("dzh", "j"), ("iy", "i"), ("yi", "i"), ("ij", "i"), ("ii", "i"), ("ei", "e"), ("yy", "y"),
)  # fmt: skip
LONGEST: Final = 60  # characters of a word that are kept
FEWEST: Final = 4  # letters a word needs before a typing error in it can be told from another word


@cache
def _han() -> dict[int, str]:
    """Traditional and Japanese forms by their simplified one, from the tables of OpenCC."""
    letters = [chr(code) for code in range(0x4E00, 0xA000)]
    text = opencc.OpenCC("t2s").convert(opencc.OpenCC("jp2t").convert("\n".join(letters)))
    return {ord(letter): plain for letter, plain in zip(letters, text.split("\n"), strict=True) if letter != plain}


def plain(text: str) -> str:
    """Full width, case, diacritics and variant characters dropped; spaces and signs kept."""
    letters: list[str] = []
    for letter in unicodedata.normalize("NFKC", text).casefold():
        parts = unicodedata.normalize("NFD", letter)
        letters.append(parts[0] if len(parts) > 1 and parts[0].isascii() else letter)
    return _APOSTROPHES.sub("", "".join(letters)).translate(_CYRILLIC).translate(_han())


def runs(text: str) -> list[str]:
    """The words of a text; a run of East Asian characters is one."""
    return [_WHOLE.get(run, run)[:LONGEST] for run in _RUNS.findall(plain(text))]


def joined(text: str) -> str:
    """The whole name without spaces and signs, by which "changbai shan" is Changbaishan."""
    return "".join(runs(text))


def is_east_asian(run: str) -> bool:
    return bool(_IS_EAST_ASIAN.match(run))


def loose(word: str) -> str:
    """A word in Latin letters as other romanisations may write it: huvsgul for khuvsgul, kronotski for kronotskiy."""
    if not word.isascii():
        return word
    for written, meant in _LOOSE:
        word = word.replace(written, meant)
    word = re.sub(r"y$", "i", word)
    return re.sub(r"(.)\1", r"\1", word)


def _pairs(run: str) -> list[str]:
    """Overlapping pairs, and the last character alone: every character begins one of them."""
    return [run[place : place + 2] for place in range(len(run))]


def vector(texts: Iterable[str]) -> str:
    """The literal of a `tsvector` of all words with their places; a gap parts one text from the next."""
    placed: list[str] = []
    place = 0
    for text in texts:
        words = runs(text)
        for word in words:
            for token in _pairs(word) if is_east_asian(word) else [word]:
                place = min(place + 1, 16_000)
                placed.append(f"{_quoted(token)}:{place}")
        latin = [word for word in words if not is_east_asian(word)]
        placed += [_quoted(other) for word in latin if (other := loose(word)) != word]
        if len(latin) > 1:
            placed += {_quoted("".join(latin)), _quoted(loose("".join(latin)))}
        place += 2
    return " ".join(placed)


def query(text: str) -> str:
    """The literal of a `tsquery`: every word, or the words written together; a word may be the beginning of a longer one.

    Empty when the text holds no letter or digit.
    """
    words = runs(text)
    if not words:
        return ""
    every = " & ".join(_of_word(word) for word in words)
    latin = [word for word in words if not is_east_asian(word)]
    if len(latin) < 2 or len(latin) < len(words):
        return every
    together = "".join(latin)[:LONGEST]
    return f"({every}) | {_begins(together)} | {_begins(loose(together))}"


def _of_word(word: str) -> str:
    if is_east_asian(word):
        pairs = _pairs(word)[:-1] if len(word) > 1 else []
        return f"({' <-> '.join(map(_quoted, pairs))})" if pairs else _begins(word)
    other = loose(word)
    return _begins(word) if other == word else f"({_begins(word)} | {_begins(other)})"


def _begins(word: str) -> str:
    return f"{_quoted(word)}:*"


def _quoted(token: str) -> str:
    escaped = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


# Typing errors ----------------------------------------------------------------------------------------------------------


def spelled(text: str) -> list[str]:
    """The words of a text in which a typing error can be told: Latin or Cyrillic, and not too short."""
    return [word for word in runs(text) if len(word) >= FEWEST and not is_east_asian(word) and word.isalpha()]


def near(texts: Iterable[str]) -> list[int]:
    """Marks by which words one typing error apart meet: of each word itself and of it without one of its letters."""
    return sorted({mark for text in texts for word in spelled(text) for mark in _marks(word)})


def _marks(word: str) -> Iterator[int]:
    for shorter in {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}:
        yield zlib.crc32(shorter.encode()) - 2**31  # the database's integers have a sign


def slips(one: str, other: str) -> int:
    """Typing errors between two words: letters left out, added, changed, or swapped with their neighbour."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, above = above, current
    return above[-1]
