"""The types of mail of the outbox itself."""

from .faults import REPORT
from .letter_to_oneself import TEST

__all__ = ["REPORT", "TEST"]
