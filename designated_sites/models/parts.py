"""Further names and photos of a site."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.formats.vocabulary import Language
from records.name_fields import SeenField

from .sites import DesignatedSite


class SiteName(models.Model):
    """A further name of a site: in its own script, former, romanised, or an alias people search by."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("Official name")
        LOCAL = "local", _("Name in the language of the place")
        FORMER = "former", _("Former name")
        ROMANISED = "romanised", _("Romanised name")
        ALIAS = "alias", _("Also known as")

    site = models.ForeignKey(DesignatedSite, models.CASCADE, related_name="names", verbose_name=_("site"))
    name = SeenField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.ALIAS)
    language = models.CharField(_("language"), max_length=10, choices=Language.choices, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("further name")
        verbose_name_plural = _("further names")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "name", "kind", "language"], name="designated_sites_sitename_once",
                violation_error_message=_("The site has this name already."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class SitePhoto(models.Model):
    """A photo of a site. The stored picture is cleaned of position data; `widths` lists the sizes made from it."""

    site = models.ForeignKey(DesignatedSite, models.CASCADE, related_name="photos", verbose_name=_("site"))
    image = models.ImageField(_("picture"), upload_to="photos/")
    alt = models.CharField(_("description for those who cannot see it"), max_length=300)
    credit = SeenField(_("photographer or owner"), max_length=200)
    licence = models.CharField(
        _("licence"), max_length=120, help_text=_("For example CC BY 4.0, or “used with permission”.")
    )
    taken_year = models.PositiveSmallIntegerField(_("year taken"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    widths = ArrayField(models.PositiveIntegerField(), default=list, editable=False)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self) -> str:
        return self.alt
