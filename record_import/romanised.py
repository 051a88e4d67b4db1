"""Telling a romanised name ("Paektusan" of 백두산, "Khustain Nuruu" of Хустайн нуруу) from a translated or other one.

Romanisations differ in vowels, in voicing and in signs; what they share are the consonants in their order. So both sides are
brought to a skeleton of classes of consonants and compared. Where the skeletons differ nothing is claimed. Han letters and
kana tell nothing here.
"""

import re
import unicodedata
from typing import Final

from records.formats.names import script_of

_INITIALS: Final = "kkntTlmppss-jjckTph"  # ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ
_FINALS: Final = ["", *"kkk", *["n"] * 3, "t", *["l"] * 8, "m", "p", "p", "t", "t", "n", "t", "t", "k", "t", "p", "t"]
_CYRILLIC: Final = {
    "б": "p", "в": "v", "г": "k", "ғ": "k", "д": "t", "ж": "j", "з": "s", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n",
    "ң": "n", "п": "p", "р": "l", "с": "s", "т": "t", "ф": "f", "х": "h", "һ": "h", "ц": "c", "ч": "c", "ш": "s", "щ": "s",
}  # fmt: skip
_GROUPS: Final = (
    ("shch", "s"), ("tch", "c"), ("dzh", "j"), ("kh", "h"), ("zh", "j"), ("ch", "c"), ("sh", "s"), ("ts", "c"), ("tz", "c"),
    ("ng", "n"), ("dj", "j"),
)  # fmt: skip
_SINGLE: Final = str.maketrans("bdgqzrxw", "ptkkslhv", "aeiouy")
FEWEST: Final = 3  # fewer consonants than this agree by chance


def is_romanised(name: str, others: list[str]) -> bool:
    """Whether a name in Latin letters has the consonants of one of the others, in Hangul or Cyrillic."""
    if script_of(name) != "latin":
        return False
    # A w is a v in Slavic names and part of a vowel in Korean ones.
    wanted = {
        skeleton for skeleton in (_of_latin(name), _of_latin(name.lower().replace("w", ""))) if len(skeleton) >= FEWEST
    }
    return any(_skeleton(other) in wanted for other in others)


def _skeleton(name: str) -> str:
    script = script_of(name)
    if script == "ko":
        return _merged("".join(map(_of_syllable, name)))
    if script == "cyrillic":
        return _merged("".join(_CYRILLIC.get(letter, "") for letter in name.lower()))
    return ""


def _of_syllable(letter: str) -> str:
    number = ord(letter) - 0xAC00
    if not 0 <= number < 11172:
        return ""
    return _INITIALS[number // 588].lower().replace("-", "") + _FINALS[number % 28]


def _of_latin(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.lower())
    letters = "".join(letter for letter in letters if letter.isalpha())
    for group, one in _GROUPS:
        letters = letters.replace(group, one)
    return _merged(letters.translate(_SINGLE))


def _merged(skeleton: str) -> str:
    """Doubled consonants count once; the affricates c and j are one, since Korean ㅊ and ㅈ are written either way."""
    return re.sub(r"(.)\1+", r"\1", skeleton.replace("c", "j"))
