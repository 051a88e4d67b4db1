"""Which texts exist in up to seven languages: one real column each, English the source."""

from modeltranslation.translator import TranslationOptions, register

from .models import Question, Training


@register(Training)
class TrainingTranslation(TranslationOptions):
    fields = ("title", "venue", "summary", "target_group", "costs")


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("label", "help")
