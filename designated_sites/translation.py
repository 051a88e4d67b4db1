"""Which texts of every site exist in up to seven languages: one real column each, English the source."""

from modeltranslation.translator import TranslationOptions, register

from .models import DesignatedSite


@register(DesignatedSite)
class SiteTranslation(TranslationOptions):
    fields = ("admin_region", "summary")
