"""Numbers of certificates: not to be guessed, easy to type, and a slip of one letter is found.

Twelve signs in three groups, the last one a check sign. No sign looks like another (no 0 and O, 1 I and L, 5 and S, U and
V): 29 are left, a prime number, so that one wrong sign or two neighbours exchanged never give a sound number.
"""

import secrets
from typing import Final

SIGNS: Final = "23456789ABCDEFGHJKMNPQRTVWXYZ"
LENGTH: Final = 12
GROUP: Final = 4


def new_number() -> str:
    """53 bits of chance, grouped: K7QM-2XWP-9TRF."""
    drawn = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH - 1))
    return _grouped(drawn + _check(drawn))


def as_printed(typed: str) -> str:
    """The number that somebody typed, as it is printed: capitals, grouped. Empty when it cannot be one."""
    signs = "".join(sign for sign in typed.upper() if sign not in " -–\t")
    sound = len(signs) == LENGTH and set(signs) <= set(SIGNS) and _check(signs[:-1]) == signs[-1]
    return _grouped(signs) if sound else ""


def _check(signs: str) -> str:
    return SIGNS[sum(weight * SIGNS.index(sign) for weight, sign in enumerate(signs, 2)) % len(SIGNS)]


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))
