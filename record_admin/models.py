"""What officers keep of the lists they work with: views with a name, and the columns they want to see."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 60
QUERY_LENGTH = 2000


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def for_officer(self, officer_id: int, label: str) -> QuerySet["SavedView"]:
        """Those of one list that an officer may apply: the own ones first, then what others share."""
        mine = models.Case(models.When(officer_id=officer_id, then=0), default=1, output_field=models.IntegerField())
        found = self.filter(Q(officer_id=officer_id) | Q(shared=True), label=label)
        return found.order_by(mine, "name", "pk")


class SavedView(models.Model):
    """A list as an officer wants to find it again: filter, search, order and columns under a name.

    It is the officer's alone unless it is shared with all officers. The officer is a number without a key, as in the history;
    a shared view outlives the account and belongs to nobody then.
    """

    officer_id = models.BigIntegerField(_("officer"), null=True, blank=True, db_index=True)
    label = models.CharField(_("list"), max_length=80, db_collation="C")
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    slug = models.CharField(_("address"), max_length=80, db_collation="C")
    query = models.CharField(_("filter and order"), max_length=QUERY_LENGTH, blank=True)
    columns = ArrayField(models.CharField(max_length=80), verbose_name=_("columns"), default=list, blank=True)
    shared = models.BooleanField(_("for all officers"), default=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("view of a list")
        verbose_name_plural = _("views of lists")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["label", "slug"], name="record_admin_savedview_slug_once")]

    def __str__(self) -> str:
        return self.name


class ChosenColumns(models.Model):
    """The columns of a list that an officer has chosen; without a row the list shows those it has at first."""

    officer_id = models.BigIntegerField(_("officer"))
    label = models.CharField(_("list"), max_length=80, db_collation="C")
    columns = ArrayField(models.CharField(max_length=80), verbose_name=_("columns"), default=list)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("columns of a list")
        verbose_name_plural = _("columns of lists")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["officer_id", "label"], name="record_admin_chosencolumns_once")]

    def __str__(self) -> str:
        return self.label
