"""Reserves have no further texts in several languages than those of every site, which are registered first."""

from modeltranslation.translator import TranslationOptions, register

from designated_sites.translation import SiteTranslation

from .models import BiosphereReserve

__all__ = ["ReserveTranslation", "SiteTranslation"]


@register(BiosphereReserve)
class ReserveTranslation(TranslationOptions):
    fields = ()
