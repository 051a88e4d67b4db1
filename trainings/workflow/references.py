"""References of applications: short enough to be said on the telephone, without letters that are taken for one another."""

import secrets
from typing import Final

from ..models import Application, Training

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 and O, 1, I and L, nor U, which is read as V
LENGTH: Final = 5
PATTERN: Final = r"T\d{2}-[0-9A-Z]{5}"


def drawn(training: Training) -> str:
    """T27-7K3F9: the year in which the training begins, then letters drawn by lot. Twenty-four million a year."""
    lot = "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))
    return f"T{training.starts_at.astimezone(training.zone):%y}-{lot}"


def free(training: Training) -> str:
    """One that no application has yet."""
    while Application.objects.filter(reference=(reference := drawn(training))).exists():
        continue
    return reference
