"""A form of the admin sent as it stands but for one value: every rule of the form holds for it."""

from collections.abc import Mapping
from copy import copy
from typing import Any, cast

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms import ModelForm
from django.http import QueryDict

from .posted_values import as_posted


def sent_with(
    form: type[ModelForm], row: models.Model, name: str, value: object, further: Mapping[str, str], **kwargs: Any
) -> ModelForm:
    """The bound form of a record or row. `value` is as the row would hold it, `further` what else the form asks for."""
    former = copy(row)
    setattr(former, cast(models.Field, row._meta.get_field(name)).attname, value)
    as_is, as_was = form(instance=row, **kwargs), form(instance=former, **kwargs)
    data = QueryDict(mutable=True)
    for key, shown in as_is.fields.items():
        source = as_was if key == name else as_is
        for html_name, listed in as_posted(shown, key, source.get_initial_for_field(shown, key)).items():
            data.setlist(html_name, listed)
    for key, text in further.items():
        data[key] = text
    return form(data, instance=row, **kwargs)


def refuse_invalid(form: ModelForm, row: models.Model) -> None:
    """ValidationError with every complaint of the form and of the record, each with the label of its field."""
    if not form.is_valid():
        said = [
            str(error) if name == NON_FIELD_ERRORS or name not in form.fields else f"{form[name].label}: {error}"
            for name, errors in form.errors.items()
            for error in errors
        ]
        raise ValidationError(said)
    row.full_clean()
