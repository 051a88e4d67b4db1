"""The words of questions and choices in up to seven languages: in the reader's where they exist, else visibly in another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..models import Question


@dataclass(frozen=True)
class Words:
    """A text with the language it is written in; `language` is empty for what people have typed or for figures."""

    text: str
    language: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def html(self) -> SafeString:
        """With its language, where that is not the language of the page."""
        if not self.language or self.language == (get_language() or "en"):
            return format_html("{}", self.text)
        return format_html('<span lang="{}">{}</span>', self.language, self.text)


def languages_for(language: str) -> list[str]:
    """The language itself, and those in which a text is shown where it is missing."""
    fallbacks: Mapping[str, tuple[str, ...]] = settings.MODELTRANSLATION_FALLBACK_LANGUAGES
    return [language, *fallbacks.get(language, fallbacks["default"])]


def words_of(question: Question, name: str, language: str) -> Words:
    """The text `name` (label or help) of a question."""
    for code in languages_for(language):
        if text := getattr(question, f"{name}_{code.replace('-', '_')}", None):
            return Words(str(text), code)
    return Words(str(getattr(question, name) or ""))


def choice_words(choice: Mapping[str, Any], language: str) -> Words:
    labels: Mapping[str, str] = choice.get("label") or {}
    for code in languages_for(language):
        if labels.get(code):
            return Words(labels[code], code)
    return Words(str(choice["code"]))


def choices_in(question: Question, language: str) -> list[tuple[Any, Words]]:
    """What can be chosen: the values as answers keep them, with their words."""
    if question.kind == Question.Kind.YES_NO:
        return [(True, Words(_("Yes"))), (False, Words(_("No")))]
    return [(choice["code"], choice_words(choice, language)) for choice in question.choices]


def languages_without(questions: list[Question], language: str) -> list[Question]:
    """The questions that are not whole in a language: a label, a help or a choice is shown in another."""

    def is_whole(question: Question) -> bool:
        own = [words_of(question, "label", language)]
        own += [words_of(question, "help", language)] if words_of(question, "help", "en").text else []
        own += [choice_words(choice, language) for choice in question.choices]
        return all(words.language == language for words in own)

    return [question for question in questions if not is_whole(question)]
