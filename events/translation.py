"""Which texts exist in up to seven languages: one real column each, English the source."""

from modeltranslation.translator import TranslationOptions, register

from .models import Event, RunningEvent, Series, SurveyQuestion


@register(Series)
class SeriesTranslation(TranslationOptions):
    fields = ("name",)


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ("title", "venue", "summary", "outcomes", "written_summary")


@register(RunningEvent)
class RunningEventTranslation(TranslationOptions):
    """Those of the event."""


@register(SurveyQuestion)
class SurveyQuestionTranslation(TranslationOptions):
    fields = ("label", "choices")
