"""The mails of trainings."""

from . import progress

__all__ = ["progress"]
