"""What the admins of reserves and geoparks share: names, photos and stewards as rows, filters, confirmation."""

import datetime as dt
from typing import Any, ClassVar, Final, cast

from django import forms
from django.contrib import admin, messages
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Person, User
from accounts.roles import stewardships
from history.record_pages import HistoryMixin
from network.admin import StateFilter, StatesColumn
from record_admin.fields import ReadOnlyMixin
from record_admin.fieldsets import RECORD_FIELDSET, Fieldset
from record_admin.filters import Filters, LacksLanguageFilter
from record_admin.forms import RecordForm, RecordFormSet
from record_admin.listing.views import ListView
from record_admin.model_admin import PlainAdmin, RecordAdmin
from record_admin.rows import Blocks, Rows
from records.chosen_files import keeping
from records.template_context import Cleaned, Context, Label
from typed_records.base import types_of

from ..models import DesignatedSite, SiteName, SitePhoto, SiteQuerySet, SiteRedirect, Stewardship
from ..photos import processing as photos
from ..stewardship.stewards import stewards_of
from .duplicates import DuplicatesMixin

PLACE_FIELDSET: Fieldset = (
    _("Place"),
    {"fields": ["member_states", "admin_region", ("latitude", "longitude", "accuracy_km"), "area_ha"]},
)
SITE_RECORD_FIELDSET: Fieldset = (
    RECORD_FIELDSET[0],
    {"fields": ["confidence", ("confirmed_at", "confirmed_by"), *RECORD_FIELDSET[1]["fields"]]},
)


# No one has confirmed the facts for a year; the database says what time it is.
LONG_AGO: Final = Q(confirmed_at=None) | Q(confirmed_at__lt=Now() - dt.timedelta(days=365))


class DecadeFilter(admin.SimpleListFilter):
    """Sites by the decade of their designation."""

    title = _("decade of designation")
    parameter_name = "decade"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        years = model_admin.model._default_manager.exclude(designation_year=None).order_by("-designation_year")
        decades = dict.fromkeys(year // 10 * 10 for year in years.values_list("designation_year", flat=True).distinct())
        return [(str(decade), f"{decade}–{decade + 9}") for decade in decades]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = [int(decade) for decade, _label in self.lookup_choices if decade == self.value()]
        return queryset.filter(designation_year__range=(chosen[0], chosen[0] + 9)) if chosen else queryset


class ConfirmedFilter(admin.SimpleListFilter):
    """Sites whose facts nobody has confirmed for a year."""

    title = _("confirmed")
    parameter_name = "confirmed"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Label]]:
        return [("recently", _("Within a year")), ("long_ago", _("Not for a year")), ("never", _("Never"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        year_ago = timezone.now() - dt.timedelta(days=365)
        chosen = {
            "recently": Q(confirmed_at__gte=year_ago),
            "long_ago": Q(confirmed_at=None) | Q(confirmed_at__lt=year_ago),
            "never": Q(confirmed_at=None),
        }
        value = self.value() or ""
        return queryset.filter(chosen[value]) if value in chosen else queryset


class SharedFilter(admin.SimpleListFilter):
    """Sites that belong to several member states."""

    title = _("transboundary")
    parameter_name = "transboundary"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Label]]:
        return [("true", _("Yes")), ("false", _("No"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "true":
            return cast(SiteQuerySet, queryset).shared()
        return queryset.exclude(state_codes__len__gt=1) if self.value() == "false" else queryset


class NameRows(Rows):
    """Further names of a site."""

    model = SiteName
    fields = ("name", "kind", "language", "order")


class PhotoField(forms.FileField):
    """A file that becomes a clean picture, or an error a person can act on."""

    widget = keeping(forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}))

    def to_python(self, data: File | None) -> Any:
        upload = super().to_python(data)
        return photos.checked(upload) if isinstance(upload, UploadedFile) else None


class PhotoForm(RecordForm):
    picture = PhotoField(
        label=_("picture"), required=False,
        help_text=_("JPEG, PNG, WebP or AVIF. The position and all else the camera wrote into it are removed."),
    )  # fmt: skip

    def clean(self) -> Cleaned:
        data = super().clean()
        if not self.instance.image and not data.get("picture") and "picture" not in self.errors:
            self.add_error("picture", _("Choose a picture."))
        return data

    def save(self, commit: bool = True) -> SitePhoto:
        if picture := self.cleaned_data.get("picture"):
            photos.place(photo=self.instance, picture=picture)
        return super().save(commit)


class PhotoFormSet(RecordFormSet):
    def delete_existing(self, obj: SitePhoto, commit: bool = True) -> None:
        super().delete_existing(obj, commit)
        if commit:
            photos.discard(photos=[obj])


class PhotoBlocks(Blocks):
    """Photos of a site."""

    model = SitePhoto
    form = PhotoForm
    formset = PhotoFormSet
    fields = ("preview", "picture", "alt", ("credit", "licence"), ("taken_year", "order"))
    readonly_fields = ("preview",)

    @admin.display(description=_("present picture"))
    def preview(self, photo: SitePhoto) -> str:
        if not photo.image:
            return "–"
        return format_html('<img src="{}" alt="" width="240" loading="lazy">', photos.smallest_url(photo))


class StewardRows(Rows):
    """Stewards of a site."""

    model = Stewardship
    fields = ("person", "since", "until")
    autocomplete_fields = ("person",)
    related = ("person",)


class SiteAdmin(DuplicatesMixin, StatesColumn, HistoryMixin, RecordAdmin):
    """Admin of one kind of designated site."""

    list_filter: ClassVar[Filters] = (
        StateFilter, "status", DecadeFilter, SharedFilter, ConfirmedFilter, LacksLanguageFilter, "confidence", "published",
    )  # fmt: skip
    list_views = (
        ListView.of("designated", _("Designated"), "status", "designated"),
        ListView.of("aspiring", _("Aspiring"), "status", "aspiring"),
        ListView("to-confirm", _("Not confirmed for a year"), "confirmed=long_ago", LONG_AGO),
        ListView.of("hidden", _("Not public"), "published", False),
    )
    further_columns: ClassVar[tuple[str, ...]] = (
        "slug", "admin_region", "area_ha", "website", "unesco_url", "confirmed_by", "created_at", "updated_at",
    )  # fmt: skip
    asks_why: ClassVar[tuple[str, ...]] = ("status", "designation_year", "latitude", "longitude", "area_ha")
    autocomplete_fields: ClassVar[tuple[str, ...]] = ("confirmed_by",)
    prepopulated_fields = {"slug": ("name",)}
    actions: tuple[str, ...] = ("confirm", *RecordAdmin.actions)

    def save_formset(
        self, request: HttpRequest, form: forms.ModelForm, formset: forms.BaseModelFormSet, change: bool
    ) -> None:
        """Stewards named or ended by an officer are told, as if a focal point had decided."""
        if formset.model is None or not issubclass(formset.model, Stewardship):
            super().save_formset(request, form, formset, change)
            return
        site: DesignatedSite = form.instance
        before = stewards_of(site.pk)
        super().save_formset(request, form, formset, change)
        after = stewards_of(site.pk)
        by = cast(User, request.user)
        stewardships.tell_changes(kind=site.kind, key=site.pk, before=before, after=after, by=by)

    @admin.display(description=_("year"), ordering=F("designation_year").asc(nulls_last=True))
    def year(self, site: DesignatedSite) -> int | None:
        return site.designation_year

    @admin.action(description=_("Confirm the facts as of today"), permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: QuerySet) -> None:
        by = Person.objects.filter(user=request.user.pk).first()
        count = queryset.update(confirmed_at=timezone.now(), confirmed_by=by)
        text = ngettext("%(count)d site was confirmed.", "%(count)d sites were confirmed.", count) % {"count": count}
        self.message_user(request, text, messages.SUCCESS)


@admin.register(SiteRedirect)
class SiteRedirectAdmin(HistoryMixin, PlainAdmin):
    list_display = ("old_slug", "site", "kind")
    autocomplete_fields = ("site",)
    list_filter = ("kind",)
    search_fields = ("old_slug", "site__slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the site, which list and form both show."""
        return super().get_queryset(request).select_related("site")


@admin.register(DesignatedSite)
class AllSitesAdmin(ReadOnlyMixin, RecordAdmin):
    """Sites of all types, to choose one in the form of another record. Each is listed and kept with those of its type."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """With a site of some type both its rows go: whoever may delete it there may delete this half of it."""
        if not isinstance(obj, DesignatedSite):
            return False
        own_type = types_of(DesignatedSite)[
            obj.site_type
        ]  # what is collected with its type is a bare row of this table
        return self.admin_site.get_model_admin(own_type).has_delete_permission(request, obj)

    def delete_view(self, request: HttpRequest, object_id: str, *args: object, **kwargs: object) -> HttpResponse:
        site = get_object_or_404(DesignatedSite, pk=object_id)
        return redirect(f"admin:{site._meta.app_label}_{site._meta.model_name}_delete", site.pk)

    def changelist_view(self, request: HttpRequest, extra_context: Context | None = None) -> HttpResponse:
        raise Http404("each type of site has its own list")

    def change_view(self, request: HttpRequest, object_id: str, *args: object, **kwargs: object) -> HttpResponse:
        site = get_object_or_404(DesignatedSite, pk=object_id)
        return redirect(f"admin:{site._meta.app_label}_{site._meta.model_name}_change", site.pk)
