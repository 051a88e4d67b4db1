"""Where in the database a human being can be found: every column that leads to a person or an account, walked from the models."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import QuerySet

from . import Owner

# Numbers of accounts without a key, by the way such columns are named.
_NUMBER: Final = re.compile(r"(^|_)(by|actor|officer|user)_id$")


@dataclass(frozen=True)
class Reference:
    """A column that leads to a human being: to a person, or to an account (`is_person` false)."""

    model: type[models.Model]
    column: str
    is_person: bool
    on_delete: object = None

    @property
    def is_act(self) -> bool:
        """An account that did something with the row: the row is not about the one who did it."""
        return not self.is_person and self.on_delete is not models.CASCADE

    def rows(self, owner: Owner) -> QuerySet:
        number = owner.person_id if self.is_person else owner.user_id
        return self.model._default_manager.filter(**{self.column: number})


def tables() -> Iterator[type[models.Model]]:
    """Every model with a table of its own, relations of many to many too."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy and model._meta.managed:
            yield model


@cache
def references() -> tuple[Reference, ...]:
    return tuple(found for model in tables() for found in _of(model))


def _of(model: type[models.Model]) -> Iterator[Reference]:
    user = get_user_model()
    person = apps.get_model("accounts", "Person")
    for field in model._meta.local_fields:
        if isinstance(field, models.ForeignKey) and field.related_model in (user, person):
            yield Reference(model, field.name, field.related_model is person, field.remote_field.on_delete)
        elif isinstance(field, models.BigIntegerField) and _NUMBER.search(field.name):
            yield Reference(model, field.name, is_person=False)
