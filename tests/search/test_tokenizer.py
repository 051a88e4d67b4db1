"""Words of names brought to a form in which ways of typing the same name meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import tokenizer


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("長白山", "长白山"),
        ("屋久島", "屋久岛"),
        ("竜門", "龙门"),
        ("Ｋｈｕｖｓｇｕｌ", "khuvsgul"),
        ("Khövsgöl", "KHOVSGOL"),
        ("Хөвсгөл", "ховсгол"),
        ("Қорғалжын", "коргалжын"),
        ("Ёлка", "елка"),
        ("Tsentral'nochernozem", "tsentral’nochernozem"),
        ("Mt. Paektu", "Mount Paektu"),
        ("Changbai-shan", "Changbaishan"),
        ("Sikhote-Alin", "sikhote alin"),
    ],
)
def test_two_ways_of_typing_one_name_have_one_key(one: str, other: str) -> None:
    assert tokenizer.joined(one) == tokenizer.joined(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Khuvsgul", "huvsgul"), ("Kronotskiy", "Kronotsky"), ("Katunskij", "Katunskiy"), ("Kanna", "Kana")],
)
def test_romanisations_meet_loosely(one: str, other: str) -> None:
    assert tokenizer.loose(tokenizer.joined(one)) == tokenizer.loose(tokenizer.joined(other))


@pytest.mark.parametrize(
    ("one", "other"), [("Seoul", "Sejong"), ("Altay", "Alatau"), ("설악산", "서울"), ("大山", "太山")]
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert tokenizer.loose(tokenizer.joined(one)) != tokenizer.loose(tokenizer.joined(other))


def test_east_asian_text_becomes_overlapping_pairs() -> None:
    assert tokenizer.vector(["長白山"]) == "'长白':1 '白山':2 '山':3"
    assert tokenizer.query("白山") == "('白山')"
    assert tokenizer.query("山") == "'山':*"


def test_words_of_two_names_are_no_phrase() -> None:
    assert tokenizer.vector(["白", "山"]) == "'白':1 '山':4"


@pytest.mark.parametrize("text", ["", "  ", "!?", "—", "'"])
def test_nothing_to_search_for(text: str) -> None:
    assert tokenizer.query(text) == ""


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("khuvsgul", "khuvsgul", 0),
        ("khuvsgul", "khuvsgl", 1),
        ("khuvsgul", "khuvsglu", 1),
        ("khuvsgul", "khuvsgull", 1),
        ("khuvsgul", "khuvagul", 1),
        ("байкал", "бйакла", 2),
        ("", "ab", 2),
    ],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert tokenizer.slips(one, other) == tokenizer.slips(other, one) == slips


@given(st.text(alphabet="abcdefgh", min_size=4, max_size=9), st.data())
def test_words_one_slip_apart_share_a_mark(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghz"))
    changed = [
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    ]
    for other in changed:
        if len(other) >= tokenizer.FEWEST:
            assert set(tokenizer.near([word])) & set(tokenizer.near([other]))


@given(st.text(max_size=80))
def test_any_text_can_be_written_and_asked(text: str) -> None:
    assert isinstance(tokenizer.vector([text]), str)
    assert isinstance(tokenizer.query(text), str)
