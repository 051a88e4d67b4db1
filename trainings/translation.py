"""Which texts exist in up to seven languages: one real column each, English the source."""

from modeltranslation.translator import TranslationOptions, register

from events import translation as _events_first  # noqa: F401 - Event before what descends from it here

from .models import CallForm, Question, Training


@register(Training)
class TrainingTranslation(TranslationOptions):
    fields = ("target_group", "costs")


@register(CallForm)
class CallFormTranslation(TranslationOptions):
    """Those of the training."""


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("label", "help")
