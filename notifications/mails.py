"""The one type of mail of the outbox itself."""

from .faults import REPORT

__all__ = ["REPORT"]
