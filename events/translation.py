"""Which texts exist in up to seven languages: one real column each, English the source."""

from modeltranslation.translator import TranslationOptions, register

from activities import translation as _activities_first  # noqa: F401 - Activity before what descends from it here

from .models import Event, Series, SurveyQuestion


@register(Series)
class SeriesTranslation(TranslationOptions):
    fields = ("name",)


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ("outcomes", "written_summary")


@register(SurveyQuestion)
class SurveyQuestionTranslation(TranslationOptions):
    fields = ("label", "choices")
