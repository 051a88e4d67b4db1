"""Applications as an officer saw them when choosing: what has changed since is never decided on unseen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import Application, Training

R = TypeVar("R")


@dataclass(frozen=True)
class Choice:
    """An application by its key, the version that was read, and the key of the held decision that stood beside it, 0 where
    there was none."""

    pk: int
    version: int
    held: int = 0

    @classmethod
    def parse(cls, text: str) -> "Choice":
        """From `12:3` or `12:3:45`. ValueError if it is neither."""
        pk, version, *held = text.split(":")
        if len(held) > 1:
            raise ValueError(text)
        return cls(int(pk), int(version), int(held[0]) if held else 0)

    def __str__(self) -> str:
        return f"{self.pk}:{self.version}:{self.held}"


def of_each(training: Training, chosen: Sequence[Choice], act: Callable[[Application, Choice], R]) -> list[R]:
    """Does an act to all that are chosen, in their order. ValidationError with one message for each application that
    hinders it: the caller's transaction then undoes them all."""
    if not chosen:
        raise ValidationError(_("Choose at least one application."), code="nobody")
    found = training.applications.exclude(state=Application.State.DRAFT).in_bulk([one.pk for one in chosen])
    done: list[R] = []
    hindrances: list[ValidationError] = []
    for one in chosen:
        application = found.get(one.pk)
        if application is None:
            hindrances.append(ValidationError(_("An application of your choice is no longer here. Look again.")))
            continue
        try:
            done.append(act(application, one))
        except ValidationError as refused:
            words = " ".join(refused.messages)
            named = words if application.reference in words else f"{application.reference}: {words}"
            hindrances.append(ValidationError(named, code=getattr(refused, "code", None)))
    if hindrances:
        raise ValidationError(hindrances)
    return done
