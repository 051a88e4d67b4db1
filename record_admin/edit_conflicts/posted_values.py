"""Values as a browser would send them, and as an officer reads them."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _

LONGEST = 400  # characters of a value that is shown beside another one


def as_posted(field: forms.Field, html_name: str, value: object) -> dict[str, list[str]]:
    """What a form sends for a field that shows this value; nothing for a file, which stays where it is."""
    return _of_widget(field.widget, html_name, field.prepare_value(value))


def _of_widget(widget: forms.Widget, html_name: str, value: object) -> dict[str, list[str]]:
    widget = getattr(widget, "widget", widget)  # inside the links to add and change
    if isinstance(widget, forms.MultiWidget):
        whole: Any = widget
        parts = zip(whole.widgets, whole.widgets_names, whole.decompress(value), strict=True)
        sent: dict[str, list[str]] = {}
        for part, suffix, single in parts:
            sent |= _of_widget(part, html_name + suffix, single)
        return sent
    if isinstance(widget, forms.FileInput):
        return {}
    if isinstance(widget, forms.CheckboxInput):
        return {html_name: ["on"]} if value else {}
    shown = widget.format_value(value)
    listed = shown if isinstance(shown, list | tuple) else [shown]
    return {html_name: [str(one) for one in listed if one is not None]}


def in_words(field: forms.Field, value: object) -> str:
    """A value of a form's field, given as the record holds it or as it was typed."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, models.QuerySet | list | tuple):
        return _shortened(", ".join(in_words(field, one) for one in value if one not in (None, "")))
    if value in (None, ""):
        return _shortened("")
    if isinstance(field, forms.ModelChoiceField):
        offered: Any = field.queryset
        found = offered.filter(**{field.to_field_name or "pk": value}).first()
        return str(found or value)
    if isinstance(field, forms.ChoiceField | forms.TypedChoiceField):
        return str(_labels(field.choices).get(str(value), value))
    return _shortened(str(value))


def _labels(choices: Any) -> dict[str, object]:
    """Labels by code, also of choices in groups."""
    labels: dict[str, object] = {}
    for code, label in choices:
        labels |= _labels(label) if isinstance(label, list | tuple) else {str(code): label}
    return labels


def _shortened(text: str) -> str:
    return Truncator(text).chars(LONGEST) or _("nothing")
