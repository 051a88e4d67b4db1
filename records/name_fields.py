"""Fields for names and addresses, of models and of forms: everywhere the one rule of `formats.typed_text`.

The fields of models are those of Django to migrations: the rule is the portal's, no column's.
"""

from typing import Any

from django import forms
from django.db import models

from .formats.typed_text import tidy_address, tidy_name, validate_latin, validate_name


class NameFormField(forms.CharField):
    default_validators = [validate_name]

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return tidy_name(text) if isinstance(text, str) else text


class LatinNameFormField(NameFormField):
    """A name as certificates print it."""

    default_validators = [validate_name, validate_latin]


class AddressFormField(forms.EmailField):
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return tidy_address(text) if isinstance(text, str) else text


class SeenField(models.CharField):
    """What something is called, kept as it was written: it can be seen, and reads as it is kept."""

    default_validators = [validate_name]

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class NameField(SeenField):
    """What somebody, or the body somebody belongs to, is called."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return tidy_name(text) if isinstance(text, str) else text

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"form_class": NameFormField} | kwargs))


class AddressField(models.EmailField):
    """An e-mail address."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return tidy_address(text) if isinstance(text, str) else text

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"form_class": AddressFormField} | kwargs))

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs
