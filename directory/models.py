"""Ground of every record the public reads, and the memory of what the data files brought in."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def searched_columns(model: type[models.Model]) -> list[str]:
    """Columns that `matching` looks into: those a model names, each in all languages where it is translated."""
    names = {field.name for field in model._meta.get_fields()}
    suffixes = [code.replace("-", "_") for code, _name in settings.LANGUAGES]
    columns: list[str] = []
    for name in getattr(model, "searched", ()):
        translated = [f"{name}_{suffix}" for suffix in suffixes if f"{name}_{suffix}" in names]
        columns.extend(translated or [name])
    return columns


class RecordQuerySet(models.QuerySet):
    """Reads shared by all records."""

    def published(self) -> Self:
        """What the public may see."""
        return self.filter(published=True)

    def matching(self, query: str) -> Self:
        """Records that hold every word of the query in one of the searched columns, in whatever language."""
        found = self
        for word in query.split():
            held = Q()
            for column in searched_columns(self.model):
                held |= Q(**{f"{column}__icontains": word})
            found = found.filter(held)
        return found


class Sourced(models.Model):
    """A record that says where its facts come from. `searched` names the columns that `matching` looks into."""

    searched: ClassVar[tuple[str, ...]] = ()

    sources = ArrayField(
        models.TextField(), verbose_name=_("sources"), default=list, blank=True,
        help_text=_("One source per entry: an address, or the name of who published it."),
    )  # fmt: skip
    published = models.BooleanField(_("published"), default=True, help_text=_("Shown to the public."))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        abstract = True


class Record(Sourced):
    """A sourced record with an address of its own; the slug is that of the data files and never changes by itself."""

    slug = models.SlugField(_("address"), max_length=80, unique=True, db_collation="C")

    class Meta:
        abstract = True


class LoadedRow(models.Model):
    """What `load_network_data` last wrote for one row of a data file.

    A value in the database that differs from it was edited by staff since, and is not overwritten.
    """

    source = models.CharField(_("data file"), max_length=60, db_collation="C")
    key = models.CharField(_("row"), max_length=120, db_collation="C")
    values = models.JSONField(_("values as loaded"))
    loaded_at = models.DateTimeField(_("loaded"), auto_now=True)

    class Meta:
        verbose_name = _("loaded row")
        verbose_name_plural = _("loaded rows")
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="directory_loadedrow_once")]

    def __str__(self) -> str:
        return f"{self.source}: {self.key}"
