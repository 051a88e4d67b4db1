"""How a name may be written otherwise, for tables that are searched as they stand: names of people are in no index of words."""

import re
from collections import defaultdict
from functools import cache
from itertools import chain
from typing import Final

from . import tokenizer

# Latin with its signs, Cyrillic of all seven states, Han: the letters that fold to others.
LETTERS: Final = (range(0x41, 0x5B), range(0x61, 0x7B), range(0xC0, 0x250), range(0x400, 0x530), range(0x1E00, 0x1F00))
HAN: Final = range(0x4E00, 0xA000)
APOSTROPHE: Final = "['’‘ʼʹ`´]?"  # in romanised names: Ch'oe
LONGEST: Final = 40


@cache
def _written() -> dict[str, str]:
    """All letters that are one letter to a reader who has no keyboard for them, by the plain one."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in chain(*LETTERS, HAN):
        found[tokenizer.plain(chr(code))].append(chr(code))
    return {plain: "".join(letters) for plain, letters in found.items() if len(plain) == 1}


def pattern(word: str) -> str:
    """A regular expression for PostgreSQL: the word in capitals or small, with signs or without, in traditional,
    simplified or Japanese characters."""
    parts = []
    for letter in tokenizer.plain(word)[:LONGEST]:
        letters = _written().get(letter, letter)
        parts.append(f"[{letters}]" if len(letters) > 1 else re.escape(letter))
    return APOSTROPHE.join(parts)
