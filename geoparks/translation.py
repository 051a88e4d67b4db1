"""Which texts of geoparks alone exist in up to seven languages; those of every site are registered first."""

from modeltranslation.translator import TranslationOptions, register

from designated_sites.translation import SiteTranslation

from .models import Geopark

__all__ = ["GeoparkTranslation", "SiteTranslation"]


@register(Geopark)
class GeoparkTranslation(TranslationOptions):
    fields = ("geological_theme",)
