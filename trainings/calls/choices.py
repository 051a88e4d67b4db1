"""Choices of a question as an officer types them: one line each, `code | English | 中文 | …` in the order of the languages."""

import re
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import slugify
from django.utils.translation import gettext as _

from records.form_fields import plain_newlines

LANGUAGES: Final = [code for code, _name in settings.LANGUAGES]
LONGEST: Final = 200
MOST: Final = 60
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def as_text(choices: Sequence[Any]) -> str:
    """One line for each choice, as far as there are labels."""
    lines = []
    for choice in choices:
        labels = [choice["label"].get(code, "") for code in LANGUAGES]
        while labels and not labels[-1]:
            labels.pop()
        lines.append(" | ".join([choice["code"], *labels]))
    return "\n".join(lines)


def parsed(text: str) -> list[dict[str, Any]]:
    """The choices of a text. ValidationError with one message for each line that is wrong."""
    choices: list[dict[str, Any]] = []
    wrong: list[ValidationError] = []
    lines = [(nth, line) for nth, line in enumerate(plain_newlines(text).split("\n"), 1) if line.strip()]
    for nth, line in lines:
        try:
            choices.append(_choice(line, {choice["code"] for choice in choices}))
        except ValidationError as error:
            message = _("Line %(nth)s: %(why)s") % {"nth": nth, "why": error.messages[0]}
            wrong.append(ValidationError(message, code="line"))
    if len(lines) > MOST:
        wrong.append(ValidationError(_("There are more than %(most)d choices.") % {"most": MOST}, code="many"))
    if wrong:
        raise ValidationError(wrong)
    return choices


def _choice(line: str, known: set[str]) -> dict[str, object]:
    code, *labels = [part.strip() for part in line.split("|")]
    if not labels:  # only words: their code is made from them
        code, labels = slugify(code)[:40].strip("-"), [code]
    if not _CODE.fullmatch(code):
        raise ValidationError(_("The code “%(code)s” is none: small Latin letters, digits, - and _.") % {"code": code})
    if code in known:
        raise ValidationError(_("The code “%(code)s” stands there twice.") % {"code": code})
    if not labels[0]:
        raise ValidationError(_("The English words are missing."))
    if len(labels) > len(LANGUAGES):
        raise ValidationError(_("There are more than %(most)d languages.") % {"most": len(LANGUAGES)})
    if max(map(len, labels)) > LONGEST:
        raise ValidationError(_("A choice is longer than %(most)d letters.") % {"most": LONGEST})
    return {"code": code, "label": {language: text for language, text in zip(LANGUAGES, labels, strict=False) if text}}


def _help() -> str:
    names = " | ".join(str(name) for _code, name in settings.LANGUAGES)
    return _("One per line: code | %(languages)s. Languages may be left out at the end or left empty.") % {
        "languages": names
    }


class ChoicesField(forms.CharField):
    """The choices of a question, one per line; the value is the list that the question keeps."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5, "cols": 90}))
        kwargs.setdefault("help_text", lazy(_help, str)())
        super().__init__(**kwargs)

    def prepare_value(self, value: object) -> object:
        return as_text(value) if isinstance(value, list) else value

    def clean(self, value: object) -> object:
        return parsed(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(parsed(data or "") != (initial or []))
        except ValidationError:
            return True
