"""Which texts exist in up to seven languages: one real column each, English the source."""

from modeltranslation.translator import TranslationOptions, register

from .models import Event, Series


@register(Series)
class SeriesTranslation(TranslationOptions):
    fields = ("name",)


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ("title", "venue", "summary", "outcomes")
