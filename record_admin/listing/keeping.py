"""What an officer keeps of a list: columns, views. Each is one row, written by a button and by nothing else."""

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ..models import NAME_LENGTH, QUERY_LENGTH, ChosenColumns, SavedView


def keep_columns(*, officer_id: int, label: str, columns: Sequence[str]) -> None:
    """The columns of a list for one officer; none at all: as at first."""
    if not columns:
        ChosenColumns.objects.filter(officer_id=officer_id, label=label).delete()
        return
    ChosenColumns.objects.update_or_create(officer_id=officer_id, label=label, defaults={"columns": list(columns)})


def keep_view(
    *, officer_id: int, label: str, name: str, query: str, columns: Sequence[str], shared: bool, taken: Collection[str]
) -> SavedView:
    """A view under a name. The officer's own one of that name becomes what the list shows now, so that a second press of the
    button makes no second one. `taken` are the addresses of the views that the list itself offers."""
    name = " ".join(name.split())
    _refuse(name, query)
    facts = {"query": query, "columns": list(columns), "shared": shared}
    try:
        return _kept(officer_id, label, name, facts, taken)
    except (
        IntegrityError
    ):  # somebody has taken the address at the same moment: the same officer by a second press, perhaps
        return _kept(officer_id, label, name, facts, taken)


def _refuse(name: str, query: str) -> None:
    if not name:
        raise ValidationError(_("Give the view a name, by which you find it again."))
    if len(name) > NAME_LENGTH:
        raise ValidationError(_("The name is longer than %(count)d letters.") % {"count": NAME_LENGTH})
    if len(query) > QUERY_LENGTH:
        raise ValidationError(_("So many values are ticked that they cannot be kept. Take some away."))


@transaction.atomic
def _kept(officer_id: int, label: str, name: str, facts: dict[str, Any], taken: Collection[str]) -> SavedView:
    own = SavedView.objects.select_for_update().filter(officer_id=officer_id, label=label, name=name).first()
    if own:
        for fact, value in facts.items():
            setattr(own, fact, value)
        own.save()
        return own
    return SavedView.objects.create(
        officer_id=officer_id, label=label, name=name, slug=_free(label, name, taken), **facts
    )


def _free(label: str, name: str, taken: Collection[str]) -> str:
    """An address for a view that no other of the list has, in the letters of its name."""
    stem = slugify(name, allow_unicode=True)[:60] or "view"
    used = {*SavedView.objects.filter(label=label, slug__startswith=stem).values_list("slug", flat=True), *taken}
    numbered = (f"{stem}-{number}" for number in range(2, len(used) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in used)


def forget_view(*, officer_id: int, label: str, slug: str) -> bool:
    """Takes an own view away; False if there is none any longer, or it is somebody else's."""
    return bool(SavedView.objects.filter(officer_id=officer_id, label=label, slug=slug).delete()[0])
