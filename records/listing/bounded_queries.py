"""Whether an address is one of a known, small number, so that what was made for it may be kept: anybody can think up as
many others as a cache has room for."""

from typing import Final

from django import forms
from django.http import QueryDict

from .lists import PAGE

MOST: Final = 2  # values at once; more are set by few, and their combinations have no end


def is_bounded(query: QueryDict, form: object) -> bool:
    """The query holds nothing but values of the page's own form, a few of them, none twice, each one of those there are;
    or the number of a page. Words that somebody types, and areas with decimals, are none of a small number."""
    asked = [(name, value) for name, values in query.lists() if name != PAGE for value in values]
    pages = query.getlist(PAGE)
    if len(pages) > 1 or not all(map(_is_number, pages)):
        return False
    if not asked:
        return True
    if not isinstance(form, forms.Form) or not form.is_bound or not form.is_valid():
        return False
    return len(asked) <= MOST and len(set(asked)) == len(asked) and all(_is_one_of_few(form, *one) for one in asked)


def _is_one_of_few(form: forms.Form, name: str, value: str) -> bool:
    """A form that is valid has only values of its choices, and numbers of its range."""
    field = form.fields.get(name)
    if isinstance(field, forms.IntegerField):
        return _is_number(value)
    return isinstance(field, forms.ChoiceField) and bool(value.strip())


def _is_number(value: str) -> bool:
    """Written the one way a number is written."""
    return value.isascii() and value.isdigit() and not value.startswith("0")
