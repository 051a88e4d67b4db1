"""What the admin holds about an officer: views and columns of lists, long work asked for."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from records.personal_data import Fate, Held, Holding, Owner, register

from .long_work.sweeping import take_away
from .models import ChosenColumns, LongWork, SavedView


def _views(owner: Owner) -> QuerySet[SavedView]:
    return SavedView.objects.filter(officer_id=owner.user_id).exclude(officer_id=0)


def _columns(owner: Owner) -> QuerySet[ChosenColumns]:
    return ChosenColumns.objects.filter(officer_id=owner.user_id)


def _long_work(owner: Owner) -> QuerySet[LongWork]:
    return LongWork.objects.filter(officer_id=owner.user_id).exclude(officer_id=0)


def _forget(owner: Owner) -> None:
    """What all officers work with stays, and belongs to nobody."""
    _views(owner).filter(shared=False).delete()
    _views(owner).update(officer_id=None)
    _columns(owner).delete()
    take_away(_long_work(owner))


register(
    Holding(
        name="lists",
        held=(
            Held(
                "views_of_lists", _("Views of lists in the admin"), _views, ("label", "name", "query", "columns", "shared"),
                by=("officer_id",), fate=Fate.NAMELESS, why=_("Views that all officers share stay; the others are erased."),
            ),
            Held("columns_of_lists", _("Columns chosen for lists in the admin"), _columns, ("label", "columns"), by=("officer_id",)),
            Held(
                "long_work", _("Long work in the admin"), _long_work,
                ("title", "state", "outcome", "remarks", "created_at", "ended_at"), by=("officer_id",),
            ),
        ),
        forget=_forget,
        goes=(_("How you have kept the lists of the admin, and the long work that you have asked for."),),
    )
)  # fmt: skip
