"""How a form of the admin is laid out in parts, and where the languages of a text stand in it."""

from collections.abc import Iterable, Sequence
from typing import Required, TypeAlias, TypedDict

from django.conf import settings
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import TranslationOptions

from records.template_context import Label

Line: TypeAlias = str | list[str] | tuple[str, ...]
"""One line of a form: a field, or several side by side."""


class FieldOptions(TypedDict, total=False):
    """One part of a form: its lines, whether it is folded, and what is said above them."""

    fields: Required[list[Line] | tuple[Line, ...]]
    classes: Sequence[str]
    description: Label


Fieldset: TypeAlias = tuple[Label | None, FieldOptions]
Fieldsets: TypeAlias = list[Fieldset] | tuple[Fieldset, ...]

SOURCE_LANGUAGE = settings.LANGUAGE_CODE
OTHER_LANGUAGES = [(code.replace("-", "_"), name) for code, name in settings.LANGUAGES if code != SOURCE_LANGUAGE]
# How far the facts of a record carry, and who sees it: the last part of every record's form.
RECORD_FIELDSET: Fieldset = (
    _("Record"),
    {"fields": ["slug", "published", "sources", "internal_note", ("created_at", "updated_at")]},
)


class EnglishFirst(BaseModelAdmin):
    """`fieldsets` name a text once: English stands there, the other languages follow, folded away, at the end."""

    trans_opts: TranslationOptions
    fold_for_each_language = True

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Fieldsets:
        shown: list[Fieldset] = []
        texts: list[str] = []
        for title, options in self.lines_of(request):
            shown.append((title, {**options, "fields": self._in_english(options["fields"], texts)}))
        by_language = [(language, [f"{text}_{suffix}" for text in texts]) for suffix, language in OTHER_LANGUAGES]
        if not self.fold_for_each_language:
            everything: list[Line] = [name for _language, names in by_language for name in names]
            return [*shown, (_("Other languages"), {"classes": ["collapse"], "fields": everything})]
        for language, names in by_language if texts else ():
            title = format_lazy("{}: {}", _("Other languages"), language)
            shown.append((title, {"classes": ["collapse"], "fields": [*names]}))
        return shown

    def lines_of(self, request: HttpRequest) -> Fieldsets:
        """The parts of the form as the class lays them out; a page that is a part of the form lays out its own."""
        return self.fieldsets or ()

    def _in_english(self, lines: Iterable[Line], texts: list[str]) -> list[Line]:
        return [
            self._one_in_english(line, texts)
            if isinstance(line, str)
            else tuple(self._one_in_english(name, texts) for name in line)
            for line in lines
        ]

    def _one_in_english(self, name: str, texts: list[str]) -> str:
        if name not in self.trans_opts.all_fields:
            return name
        texts.append(name)
        return f"{name}_{SOURCE_LANGUAGE}"
