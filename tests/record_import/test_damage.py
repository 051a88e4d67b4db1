"""Text that was damaged on its way into a file is told from text in many scripts."""

import csv
from pathlib import Path

import pytest
from django.conf import settings

from record_import.damage import damage

ANOTHER = "UTF-8 that was read in another encoding and saved again"
TWO_SCRIPTS = "letters of two scripts in one word: damaged, or letters that only look Latin"
ROUNDED = "a spreadsheet has turned the value into a rounded number, its digits are lost. Enter it again, as text"

# Text of ours that, read wrongly, makes characters which could be meant: one accent or one letter says too little.
TOO_SHORT_TO_TELL = {
    ("gb18030", "Min茅-Akiyoshidai Karst Plateau UNESCO Global Geopark"),
    ("big5", "Min矇-Akiyoshidai Karst Plateau UNESCO Global Geopark"),
    ("cp949", "Min챕-Akiyoshidai Karst Plateau UNESCO Global Geopark"),
    ("cp932", "邯ｾ"),
    ("cp1250", "TĂ¶v Province"),
    ("cp1250", "Ulaanbaatar and TĂ¶v Province"),
    ("cp1250", "KhĂ¶vsgĂ¶l Province"),
    ("cp1250", "MinĂ©-Akiyoshidai Karst Plateau UNESCO Global Geopark"),
    ("cp1250", "Dornod and SĂĽkhbaatar Provinces"),
}


def our_cells() -> set[str]:
    cells: set[str] = set()
    for path in sorted((Path(settings.BASE_DIR) / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            cells.update(cell for row in csv.reader(stream) for cell in row)
    return cells


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("鈥淢an and the Biosphere鈥", f"holds “鈥淢an and the Biosphere鈥”: {ANOTHER}"),
        ("鈥淢an and the Biosphere鈥\ufffd", "holds the character U+FFFD, which no text has: it was read in the wrong encoding"),
        ("KhÃ¶vsgÃ¶l", f"holds “KhÃ¶vsgÃ¶l”: {ANOTHER} (perhaps “Khövsgöl” was meant)"),
        ("Ð¡Ð°Ñ€Ñ‹", f"holds “Ð¡Ð°Ñ€Ñ‹”: {ANOTHER} (perhaps “Сары” was meant)"),
        ("РњРѕРЅРіРѕР»", f"holds “РњРѕРЅРіРѕР»”: {ANOTHER} (perhaps “Монгол” was meant)"),
        ("í•œ", f"holds “í•œ”: {ANOTHER} (perhaps “한” was meant)"),
        ("Man â€“ nature", f"holds “Man â€“ nature”: {ANOTHER} (perhaps “Man – nature” was meant)"),
        ("S√ºkhbaatar", f"holds “S√ºkhbaatar”: {ANOTHER}"),
        ("Khu茅vsgul", f"holds “u茅v”, {TWO_SCRIPTS}"),
        ("Baikаl", f"holds “kаl”, {TWO_SCRIPTS}"),
        ("\ufeffLake", "holds the character U+FEFF, which no text has: it was read in the wrong encoding"),
        ("Lake\x00", "holds the character U+0000, which no text has: it was read in the wrong encoding"),
        ("5.56E+08", f"holds 5.56E+08: {ROUNDED}"),
        (" 5,56e+08 ", f"holds 5,56e+08: {ROUNDED}"),
        ("1E5", f"holds 1E5: {ROUNDED}"),
        ("#REF!", "holds #REF!, the error message of a spreadsheet, instead of a value"),
        ("########", "holds ########, the error message of a spreadsheet, instead of a value"),
    ],
)  # fmt: skip
def test_damaged_text_is_refused(text: str, why: str) -> None:
    assert damage(text) == why


@pytest.mark.parametrize(
    "text",
    [
        "", "Lake Khövsgöl", "“Man and the Biosphere” – 1971…", "Хөвсгөл нуур", "Қорғалжын; Сары-Арқа", "卧龙 / 臥龍", "百合",
        "大台ヶ原・大峯山", "ユネスコエコパーク", "백두산", "Łódź", "São Tomé", "Việt Nam", "UNESCO世界地质公园", "中国—东盟", "½ °C, 25 μm, 5 ㎢",
        "MAB中国", "IHP-IX", "E5", "phase 1E5 of the plan", "№ 5", "Übergröße", "10 × 20", "བོད་", "ไทย",
    ],
)  # fmt: skip
def test_text_in_any_script_is_taken(text: str) -> None:
    assert damage(text) == ""


def test_no_cell_of_ours_is_refused() -> None:
    cells = our_cells()
    assert len(cells) > 4000
    assert {cell: why for cell in cells if (why := damage(cell))} == {}


@pytest.mark.parametrize(
    "encoding",
    ["cp1252", "latin-1", "cp1250", "cp1251", "mac-roman", "cp437", "cp850", "koi8-r", "gb18030", "big5", "cp932", "cp949"],
)  # fmt: skip
def test_our_cells_read_in_another_encoding_are_refused(encoding: str) -> None:
    missed, tried = set(), 0
    for cell in our_cells():
        try:
            read = cell.encode().decode(encoding)
        except UnicodeDecodeError:  # a program would have refused it, or left a replacement character
            continue
        if read != cell:
            tried += 1
            missed |= set() if damage(read) else {(encoding, read)}
    assert missed == {one for one in TOO_SHORT_TO_TELL if one[0] == encoding}
    assert tried >= 8
