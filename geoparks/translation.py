"""Which texts exist in up to seven languages: one real column each, English the source."""

from modeltranslation.translator import TranslationOptions, register

from .models import Geopark


@register(Geopark)
class GeoparkTranslation(TranslationOptions):
    fields = ("admin_region", "summary", "geological_theme")
