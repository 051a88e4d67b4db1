"""Names of places and bodies in any script, made comparable.

String similarity cannot bridge Khuvsgul and Hovsgol, so every spelling is kept as a name of its own; what this module
does is make two ways of typing the *same* spelling equal.
"""

import re
import unicodedata

_IGNORED = re.compile(r"[\W_]+")
_SCRIPTS = (
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("han", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")),
    ("cyrillic", re.compile(r"[\u0400-\u052f]")),
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f]")),
)


def fold(text: str) -> str:
    """The search key of a name: compatible forms joined, case and diacritics dropped, only letters and digits kept.

    Full-width letters become plain ones, "Mt. Sorak-san" and "mt soraksan" become the same. Kana keep their voicing
    marks, Hangul stays composed and Cyrillic й and ё keep theirs, since there they make another letter.
    """
    letters: list[str] = []
    for letter in unicodedata.normalize("NFKC", text).casefold():
        plain = unicodedata.normalize("NFD", letter)
        letters.append(plain[0] if len(plain) > 1 and plain[0].isascii() else letter)
    return _IGNORED.sub("", "".join(letters))


def script_of(text: str) -> str:
    """The script a name is written in: ko, ja, han, cyrillic, latin, or '' when it has no letters we know."""
    return next((script for script, pattern in _SCRIPTS if pattern.search(text)), "")
