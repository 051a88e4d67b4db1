"""Words every floor needs: languages, confidence, designations, zones. Values are those of the data files."""

import zoneinfo
from functools import cache
from typing import Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Confidence(models.TextChoices):
    """How far the sources of a record carry it."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class Designation(models.TextChoices):
    """Designations a place can hold beside the one its record is about."""

    WORLD_HERITAGE = "world_heritage", _("World Heritage")
    GLOBAL_GEOPARK = "global_geopark", _("UNESCO Global Geopark")
    BIOSPHERE_RESERVE = "biosphere_reserve", _("Biosphere reserve")
    RAMSAR = "ramsar", _("Ramsar site")


class Language(models.TextChoices):
    """Languages of names and documents as BCP 47 tags, each under its own name."""

    ENGLISH = "en", "English"
    CHINESE = "zh-Hans", "简体中文"
    CHINESE_TRADITIONAL = "zh-Hant", "繁體中文"
    JAPANESE = "ja", "日本語"
    KOREAN = "ko", "한국어"
    HANJA = "ko-Hani", "漢字 (한국)"
    MONGOLIAN = "mn", "Монгол"
    RUSSIAN = "ru", "Русский"
    KAZAKH = "kk", "Қазақша"
    FRENCH = "fr", "Français"


UNSET: Final = "UTC"  # the zone of a person whom nobody has asked


@cache
def zone_names() -> frozenset[str]:
    """IANA names of all time zones the current database knows."""
    return frozenset(zoneinfo.available_timezones())


def validate_zone(value: str) -> None:
    """Refuses what is not an IANA time zone name."""
    if value not in zone_names():
        raise ValidationError(gettext("“%(zone)s” is not a time zone name such as Asia/Ulaanbaatar.") % {"zone": value})
