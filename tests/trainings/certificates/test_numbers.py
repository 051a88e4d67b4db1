"""Numbers of certificates: hard to guess, and a slip is found."""

import pytest

from trainings.certificates.numbers import SIGNS, as_printed, new_number


def test_new_numbers_are_sound_and_differ() -> None:
    numbers = {new_number() for _time in range(500)}
    assert len(numbers) == 500
    assert all(as_printed(number) == number for number in numbers)


def test_no_sign_looks_like_another() -> None:
    assert not set("01ILOSU") & set(SIGNS)


def test_number_is_known_however_it_is_typed() -> None:
    number = new_number()
    plain = number.replace("-", "")
    for typed in (number.lower(), plain, f" {plain[:4]} {plain[4:8]} {plain[8:]} ", number.replace("-", "–")):
        assert as_printed(typed) == number


@pytest.mark.parametrize("typed", ["", "K7QM", "EABRN-1", "O000-0000-0000", "22222222222222222222", "../../etc/passwd"])
def test_what_can_be_no_number_is_empty(typed: str) -> None:
    assert as_printed(typed) == ""


def test_one_wrong_sign_and_two_neighbours_exchanged_are_found() -> None:
    number = new_number().replace("-", "")
    for place, sign in enumerate(number):
        for other in SIGNS:
            if other != sign:
                assert as_printed(number[:place] + other + number[place + 1 :]) == ""
    for place in range(len(number) - 1):
        first, second = number[place], number[place + 1]
        if first != second:
            assert as_printed(number[:place] + second + first + number[place + 2 :]) == ""
