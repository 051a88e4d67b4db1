"""A record in the words of a language in which the portal itself does not speak yet: for whoever looks a translation over."""

from typing import TypeVar

from django.conf import settings
from django.db import models
from modeltranslation.translator import NotRegistered, translator

R = TypeVar("R", bound=models.Model)


def in_words_of(record: R, language: str) -> R:
    """The record with its texts of that language, as far as they are written, where the page asks for English. Never saved."""
    try:
        texts = translator.get_options_for_model(type(record)).all_fields
    except NotRegistered:
        return record
    for name in texts:
        if words := getattr(record, f"{name}_{language.replace('-', '_')}", ""):
            setattr(record, f"{name}_{settings.LANGUAGE_CODE}", words)
    return record
