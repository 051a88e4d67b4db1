"""Which texts exist in up to seven languages: one real column each, English the source."""

from modeltranslation.translator import TranslationOptions, register

from .models import BiosphereReserve


@register(BiosphereReserve)
class BiosphereReserveTranslation(TranslationOptions):
    fields = ("admin_region", "summary")
