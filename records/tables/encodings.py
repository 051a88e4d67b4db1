"""In which encoding a text was saved: Excel writes CSV in that of its country, and no file says which one that was.

UTF-8 and UTF-16 are known by their form. Of the encodings of China, Korea, Japan and Russia several can read the same bytes:
each reading is judged by how far its letters are those that people of that country write, by the words that are expected
(the headings of a list), and by charset-normalizer's measure of disorder. What stays near another reading is doubtful, and
whoever takes the text over is told; what no reading makes sense of is refused.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from charset_normalizer import from_bytes
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# By their names in Python: what they are called, and where they are at home. The order is that of choosing by hand.
ENCODINGS: Final = {
    "utf-8": ("UTF-8", ""),
    "utf-16": ("UTF-16", ""),
    "gb18030": ("GB18030", gettext_lazy("Chinese, simplified")),
    "big5hkscs": ("BIG5", gettext_lazy("Chinese, traditional")),
    "cp949": ("CP949", gettext_lazy("Korean")),
    "cp932": ("SHIFT_JIS", gettext_lazy("Japanese")),
    "euc_jp": ("EUC-JP", gettext_lazy("Japanese")),
    "cp1251": ("WINDOWS-1251", gettext_lazy("Cyrillic")),
    "koi8_r": ("KOI8-R", gettext_lazy("Cyrillic")),
    "cp1252": ("WINDOWS-1252", gettext_lazy("Western Europe")),  # by hand only: it reads anything
}
OF_COUNTRIES: Final = ("gb18030", "big5hkscs", "cp949", "cp932", "euc_jp", "cp1251", "koi8_r")
_MOST_STRANGE: Final = 0.35  # share of letters that nobody of that country writes, beyond which a reading is none
_NEAR: Final = 0.1  # readings that lie nearer together leave a doubt
_LOOKED_AT: Final = 20_000  # letters beyond ASCII by which a reading is judged
_MOST_MEASURED: Final = 512 * 1024  # bytes of which charset-normalizer is asked
_DISORDER: Final = 0.3  # of a reading that charset-normalizer has thrown out

Expected = Callable[[str], int]


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding it was read in, and the one that might be meant as well: '' where there is no doubt."""

    text: str
    encoding: str
    doubt: str = ""

    @property
    def charset(self) -> str:
        """As browsers and mails call it."""
        return {"big5hkscs": "big5", "cp932": "shift_jis", "cp949": "euc-kr", "cp1251": "windows-1251"}.get(
            self.encoding, self.encoding.replace("_", "-")
        )

    @property
    def label(self) -> str:
        return ENCODINGS[self.encoding][0]


def named(name: str) -> str:
    """The encoding that is called so; '' for none that is known."""
    return next((encoding for encoding, (called, _home) in ENCODINGS.items() if called == name), "")


def label(encoding: str) -> str:
    """An encoding with where it is at home, for people to choose."""
    name, home = ENCODINGS[encoding]
    return f"{name} ({home})" if home else name


def decoded(data: bytes, *, given: str = "", expected: Expected = lambda text: 0) -> Decoded:
    """The text. `given` is the encoding that somebody has chosen; `expected` counts words in a text that such files hold.
    ValidationError, with what to do, when it cannot be told."""
    if given:
        return _as_given(data, given)
    wide = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else _wide(data)
    if wide and (text := _read(data, wide)) is not None:
        return Decoded(text, "utf-16")
    if (text := _read(data, "utf-8-sig")) is not None:
        return Decoded(text, "utf-8")
    if b"\x00" in data:
        raise ValidationError(_("The file is no text that can be read. Save it as CSV in UTF-8, or as .xlsx."))
    return _of_countries(data, expected)


def _as_given(data: bytes, encoding: str) -> Decoded:
    wide = _wide(data) if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff") else ""
    text = _read(data, {"utf-8": "utf-8-sig"}.get(encoding, wide or encoding))
    if text is None:
        raise ValidationError(
            _("The file cannot be read as %(encoding)s. Choose another encoding.") % {"encoding": label(encoding)},
            code="encoding",
        )
    return Decoded(text, encoding)


def _read(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of Latin letters and digits is nought."""
    start = data[:4000]
    if len(start) < 4 or start.count(0) * 5 < len(start):
        return ""
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


def _of_countries(data: bytes, expected: Expected) -> Decoded:
    texts = {encoding: text for encoding in OF_COUNTRIES if (text := _read(data, encoding)) is not None}
    sample = data if len(data) <= _MOST_MEASURED else data[: data.rfind(b"\n", 0, _MOST_MEASURED) + 1] or data
    found = {one.encoding: one.chaos for one in from_bytes(sample, cp_isolation=list(texts))} if texts else {}
    words = {encoding: expected(text) for encoding, text in texts.items()}
    most = max(words.values(), default=0)
    ranked = sorted(
        (_strangeness(text, encoding) + found.get(encoding.removesuffix("hkscs"), found.get(encoding, _DISORDER)) / 2, encoding)
        for encoding, text in texts.items()
        if words[encoding] == most
    )  # fmt: skip
    if not ranked or ranked[0][0] > _MOST_STRANGE:
        raise _unreadable()
    (best, encoding), *others = ranked
    near = [other for score, other in others if score - best < _NEAR and texts[other] != texts[encoding]]
    return Decoded(texts[encoding], encoding, near[0] if near else "")


def _unreadable() -> ValidationError:
    return ValidationError(
        _("In which encoding the file was saved cannot be told. In Excel choose “Save as”, “CSV UTF-8”, or save it as .xlsx;"
          " where the form asks for the encoding, it can be chosen."), code="encoding",
    )  # fmt: skip


# How far a reading is such as people of that country write ----------------------------------------------------------------
_WORD: Final = re.compile(r"[^\W\d_]+")
_CASED: Final = re.compile(r"[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+")
_HAN: Final = frozenset(
    "的一是在有和与为中国大地区省市县自治州山河湖江海岛林森草原湿沙漠保护生物圈公园世界质自然学科家级北南东西上下新长白年会议"
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂红玉梅志建华文小晓雪云峰龙鹏宇飞名姓时间分钟加入离开用户邮件参电子"
)
_TRADITIONAL: Final = frozenset(
    "的一是在有和與為中國大地區省市縣山河湖江海島林森草原濕沙漠保護生物圈公園世界質自然學科家級北南東西上下新長白年會議"
    "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余趙盧梁顏柯孫魏翁戴范宋方鄧杜傅侯曹薛"
    "志明淑芬美玲雅婷家豪俊傑怡君建宏名稱時間分鐘加入離開使用者電子郵件參"
)
_HANGUL: Final = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길"
    "영수철희민준서연지현우진경미숙자순호은혜태상동재훈기용성보전지역생물권산섬호수제주도름간사용자일참가나시분게스트의는을를에"
)
_KANJI: Final = frozenset(
    "佐藤鈴木高橋田中伊渡辺邊山本村小林加吉松井上清斎斉原石池森阿部川野内岡坂口前長沢澤近遠浜濱髙﨑崎島後福太郎花子一二三美恵雄介健翔"
    "大和真由香奈明幸博之正浩久元名氏時刻間分参加退出"
)
_KANA: Final = re.compile(r"[\u3041-\u3096\u30a1-\u30fc]")


def _strangeness(text: str, encoding: str) -> float:
    """From nought, all of it plain, to one. Letters that are frequent take a little away."""
    letters = list(islice((one for one in text if one > "\x7f"), _LOOKED_AT))
    strange, frequent = _JUDGES[encoding](letters, text[: 10 * _LOOKED_AT])
    total = len(letters) or 1
    forbidden = sum(unicodedata.category(one) in {"Cc", "Co", "Cn", "Cs"} for one in letters)
    return (strange + 3 * forbidden - 0.3 * frequent) / total


def _row_of(letter: str, encoding: str) -> int:
    """The first byte of a letter of two bytes: standards hold the usual letters in their first rows."""
    try:
        raw = letter.encode(encoding)
    except UnicodeEncodeError:
        return 0
    return raw[0] if len(raw) == 2 else 0


def _chinese(letters: list[str], text: str) -> tuple[float, float]:
    usual = [one for one in letters if _is_sign(one) or 0xB0 <= _row_of(one, "gb2312") <= 0xD7]
    return len(letters) - len(usual), sum(one in _HAN for one in letters)


def _taiwanese(letters: list[str], text: str) -> tuple[float, float]:
    usual = [one for one in letters if _is_sign(one) or 0xA4 <= _row_of(one, "big5") <= 0xC6]
    return len(letters) - len(usual), sum(one in _TRADITIONAL for one in letters)


def _korean(letters: list[str], text: str) -> tuple[float, float]:
    """Han letters stand among Hangul in old texts only."""
    usual = [one for one in letters if _is_sign(one) or 0xB0 <= _row_of(one, "euc_kr") <= 0xC8]
    return len(letters) - len(usual), sum(one in _HANGUL for one in letters)


def _japanese(letters: list[str], text: str) -> tuple[float, float]:
    """Kana, and the first level of kanji; half-width kana are what other encodings are taken for."""
    kana = sum(bool(_KANA.match(one)) for one in letters)
    rows = [_row_of(one, "cp932") for one in letters]
    usual, rare = sum(0x88 <= one <= 0x97 for one in rows), sum(one >= 0x98 for one in rows)
    signs = sum(_is_sign(one) for one in letters)
    return len(letters) - kana - usual - signs - rare / 2, kana + sum(one in _KANJI for one in letters)


def _cyrillic(letters: list[str], text: str) -> tuple[float, float]:
    """Words of one script, with capitals at their beginning or throughout."""
    words = [one for one in _WORD.findall(text) if not one.isascii()]
    odd = sum(len(one) for one in words if not _CASED.fullmatch(one))
    return odd + sum(not one.isalpha() for one in letters) * 0.3, 0.5 * len(letters)


def _is_sign(letter: str) -> bool:
    """Punctuation and spaces of full width, which all of these countries write."""
    return "\u3000" <= letter <= "\u3011" or "\uff01" <= letter <= "\uff5e" or letter in "·…—–“”‘’№"


_JUDGES: Final = {
    "gb18030": _chinese, "big5hkscs": _taiwanese, "cp949": _korean, "cp932": _japanese, "euc_jp": _japanese,
    "cp1251": _cyrillic, "koi8_r": _cyrillic,
}  # fmt: skip


def choices() -> Iterator[tuple[str, str]]:
    """For a form: found out, or chosen."""
    yield "", _("Found out by itself")
    for encoding in ENCODINGS:
        yield encoding, label(encoding)
