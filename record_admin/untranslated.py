"""Which public records lack words in a language: the title, name or summary by which readers find them."""

from typing import Final, cast

from django.conf import settings
from django.db.models import Count, Model, Q, QuerySet
from modeltranslation.translator import translator

from records.models import RecordQuerySet

TEXTS: Final = ("title", "name", "summary")  # long texts beside them may wait


def lacks(model: type[Model], language: str) -> Q:
    """A text is there in English and not in the language; of English itself: a text is not there at all."""
    suffix, source = language.replace("-", "_"), settings.LANGUAGE_CODE
    found = Q(pk__in=[])
    for text in _texts_of(model):
        empty = _is_empty(f"{text}_{suffix}")
        found |= empty if language == source else empty & ~_is_empty(f"{text}_{source}")
    return found


def lacking(queryset: QuerySet, language: str) -> QuerySet:
    """The public records of a queryset that lack words in a language."""
    return cast(RecordQuerySet, queryset).published().filter(lacks(queryset.model, language))


def lacking_counts(model: type[Model]) -> dict[str, int]:
    """How many public records of a kind lack words, by language. One query."""
    counted = {code.replace("-", "_"): Count("pk", filter=lacks(model, code)) for code, _name in settings.LANGUAGES}
    found = cast(RecordQuerySet, model._default_manager.all()).published().order_by().aggregate(**counted)
    return {code: found[code.replace("-", "_")] for code, _name in settings.LANGUAGES}


def _texts_of(model: type[Model]) -> list[str]:
    return [text for text in TEXTS if text in translator.get_options_for_model(model).all_fields]


def _is_empty(column: str) -> Q:
    return Q(**{f"{column}__isnull": True}) | Q(**{column: ""})
