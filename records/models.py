"""Ground of every record the public reads."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.models import SearchEntry


class RecordQuerySet(models.QuerySet):
    """Reads shared by all records."""

    def published(self) -> Self:
        """What the public may see."""
        return self.filter(published=True)

    def matching(self, query: str) -> Self:
        """Records found by a name, in any script and spelling, or by words of their texts, in whatever language."""
        if not query.strip():
            return self
        found = SearchEntry.objects.whole().matching(query)
        return self.filter(pk__in=found.keys_of(self.model))


class Sourced(models.Model):
    """A record that says where its facts come from. It is found by the columns that `searched_names` and
    `searched_texts` name; the first of the names is the one the portal uses."""

    searched_names: ClassVar[tuple[str, ...]] = ("name",)
    searched_texts: ClassVar[tuple[str, ...]] = ()

    sources = ArrayField(
        models.TextField(), verbose_name=_("sources"), default=list, blank=True,
        help_text=_("One source per entry: an address, or the name of who published it."),
    )  # fmt: skip
    internal_note = models.TextField(
        _("note for the secretariat"), blank=True,
        help_text=_("What is still to be looked up, or how it was found. Stands on no public page, and in no download or API."),
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


class Limit(models.Model):
    """How much of a limit is used up, until when it counts. Whose it is stands nowhere: the name is a hash."""

    name = models.CharField(max_length=80, primary_key=True, db_collation="C")
    value = models.JSONField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")

    def __str__(self) -> str:
        return self.name
