"""Addresses that pages of the portal lead to: never at a host that republishes what others have published."""

from typing import Any

from django import forms
from django.db import models

from .formats.addresses import refuse_republisher


class AddressFormField(forms.URLField):
    """Where an address is typed; without a scheme it is an https one."""

    default_validators = [*forms.URLField.default_validators, refuse_republisher]

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **options})


class AddressField(models.URLField):
    """The column of an address."""

    default_validators = [*models.URLField.default_validators, refuse_republisher]

    def formfield(self, **options: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": AddressFormField, **options})
