"""The mails of trainings."""

from . import certificates, progress

__all__ = ["certificates", "progress"]
