"""Member states, partners, programmes and documents in the secretariat's admin."""

from copy import copy
from typing import Final, Protocol, cast

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern, path, resolve, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from history.record_pages import HistoryMixin
from record_admin.fieldsets import RECORD_FIELDSET, EnglishFirst
from record_admin.filters import LacksLanguageFilter, YearFilter
from record_admin.forms import RecordForm
from record_admin.listing.views import ListView
from record_admin.model_admin import PlainAdmin, RecordAdmin
from record_admin.rows import Rows
from records.cached import made_afresh
from records.template_context import Context, Label

from . import page_texts, uploads
from .models import Document, DocumentQuerySet, MemberState, PageText, Partner, Programme, ProgrammePartner
from .page_places import PLACES
from .views import DocumentView, MemberStateView, PartnerView, ProgrammeView

HIDDEN: Final = ListView.of("hidden", _("Not public"), "published", False)


class _InStates(Protocol):
    """Records that belong to member states."""

    def in_state(self, code: str) -> QuerySet: ...


class _OfStates(Protocol):
    state_codes: list[str]


class StateFilter(admin.SimpleListFilter):
    """Records of one member state, by the array of codes they keep."""

    title = _("member state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(state.code, state.name) for state in MemberState.objects.all()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        state = self.value()
        return cast(_InStates, queryset).in_state(state) if state else queryset


class StatesColumn:
    """A column with the codes of a record's member states."""

    @admin.display(description=_("states"), ordering="state_codes")
    def states(self, record: _OfStates) -> str:
        return ", ".join(record.state_codes)


@admin.register(MemberState)
class MemberStateAdmin(HistoryMixin, RecordAdmin):
    public_view = MemberStateView
    list_display = ("name", "code", "local_name", "joined_year", "mab_committee", "published")
    list_filter = (LacksLanguageFilter, "published")
    further_columns = ("local_language", "national_commission", "updated_at")
    list_select_related = ("mab_committee",)
    search_fields = ("code",)
    record_key = "code"
    autocomplete_fields = ("mab_committee", "national_commission")
    fieldsets = (
        (
            None,
            {"fields": ["code", "name", ("local_name", "local_language"), "languages", "time_zones", "joined_year"]},
        ),
        (
            _("Bodies"),
            {
                "fields": [
                    "mab_committee",
                    ("mab_committee_name", "mab_committee_website"),
                    "national_commission",
                    "national_commission_name",
                ]
            },
        ),
        (_("Record"), {"fields": ["note", "published", "sources", "internal_note", ("created_at", "updated_at")]}),
    )


class ProgrammesOfPartner(Rows):
    model = ProgrammePartner
    autocomplete_fields = ("programme",)
    related = ("programme",)
    verbose_name = _("programme with this partner")
    verbose_name_plural = _("programmes with this partner")


@admin.register(Partner)
class PartnerAdmin(StatesColumn, HistoryMixin, RecordAdmin):
    public_view = PartnerView
    list_display = ("name", "local_name", "kind", "states", "published", "updated_at")
    list_filter = ("kind", StateFilter, LacksLanguageFilter, "published")
    list_views = (HIDDEN,)
    further_columns = ("slug", "website", "created_at")
    prepopulated_fields = {"slug": ("name_en",)}
    inlines = (ProgrammesOfPartner,)
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "name",
                    ("local_name", "local_language"),
                    "aliases",
                    "kind",
                    "member_states",
                    "website",
                    "role",
                ]
            },
        ),
        RECORD_FIELDSET,
    )


class PartnersOfProgramme(Rows):
    model = ProgrammePartner
    autocomplete_fields = ("partner",)
    related = ("partner",)


@admin.register(Programme)
class ProgrammeAdmin(HistoryMixin, RecordAdmin):
    public_view = ProgrammeView
    list_display = ("name", "kind", "parent", "start_year", "end_year", "published")
    list_filter = ("kind", ("parent", admin.RelatedOnlyFieldListFilter), LacksLanguageFilter, "published")
    list_select_related = ("parent",)
    list_views = (HIDDEN,)
    further_columns = ("slug", "updated_at")
    autocomplete_fields = ("parent",)
    prepopulated_fields = {"slug": ("name_en",)}
    inlines = (PartnersOfProgramme,)
    fieldsets = (
        (None, {"fields": ["name", "aliases", "kind", "parent", ("start_year", "end_year"), "summary"]}),
        RECORD_FIELDSET,
    )


class TextFilter(admin.SimpleListFilter):
    """Documents by whether their text can be read here or at who published it."""

    title = _("text")
    parameter_name = "text"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Label]]:
        return [("not_held", _("Not held, and no address"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return cast(DocumentQuerySet, queryset).text_not_held() if self.value() == "not_held" else queryset


class DocumentForm(RecordForm):
    def clean_file(self) -> object:
        """A new file is known by its content; what is stored already stays as it is."""
        file = self.cleaned_data.get("file")
        return uploads.checked(file) if isinstance(file, UploadedFile) else file


@admin.register(Document)
class DocumentAdmin(HistoryMixin, RecordAdmin):
    public_view = DocumentView
    form = DocumentForm
    list_display = ("title", "kind", "year", "body", "programme", "has_file", "published")
    list_filter = (
        "kind",
        YearFilter,
        TextFilter,
        ("programme", admin.RelatedOnlyFieldListFilter),
        LacksLanguageFilter,
        "published",
    )
    list_select_related = ("programme",)
    list_views = (HIDDEN,)
    further_columns = ("slug", "url", "updated_at")
    autocomplete_fields = ("programme",)
    prepopulated_fields = {"slug": ("title_en",)}
    fieldsets = (
        (None, {"fields": ["title", "kind", "year", "languages", "body", "programme"]}),
        (_("Where it stands"), {"fields": ["file", "url"]}),
        (_("Text"), {"fields": ["summary"]}),
        RECORD_FIELDSET,
    )

    @admin.display(description=_("file"), boolean=True, ordering="file")
    def has_file(self, document: Document) -> bool:
        return bool(document.file)

    def save_model(self, request: HttpRequest, obj: Document, form: forms.ModelForm, change: bool) -> None:
        """A file that was replaced or cleared is taken away."""
        before = form.initial.get("file")
        super().save_model(request, obj, form, change)
        if before and before.name != obj.file.name:
            uploads.discard(names=[before.name])


@admin.register(PageText)
class PageTextAdmin(HistoryMixin, EnglishFirst, PlainAdmin, TranslationAdmin):
    """What the secretariat says on the portal's own pages; without words those of the portal stay."""

    list_display = ("label", "page", "languages_written", "updated_at")
    list_display_links = ("label",)
    ordering = ("key",)
    readonly_fields = ("page", "updated_at")
    fieldsets = ((None, {"fields": ["key", "page", "text"]}), (_("Record"), {"fields": ["updated_at"]}))
    nothing_yet = _("The portal's own words stand on all its pages. Add a text to write one yourself.")
    change_form_template = "admin/network/pagetext/change_form.html"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Context | None = None
    ) -> HttpResponse:
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "languages": settings.LANGUAGES}
        )

    def get_readonly_fields(self, request: HttpRequest, obj: PageText | None = None) -> tuple[str, ...]:
        return ("key", *self.readonly_fields) if obj else self.readonly_fields

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: object
    ) -> forms.Field | None:
        if db_field.name == "key":
            choices = [("", "---------"), *((key, place.label) for key, place in PLACES.items())]
            return forms.ChoiceField(label=_("Place"), choices=choices)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<str:key>/preview/", view, name="network_pagetext_preview"), *super().get_urls()]

    @admin.display(description=_("place"), ordering="key")
    def label(self, text: PageText) -> str:
        return str(text)

    @admin.display(description=_("page"))
    def page(self, text: PageText) -> SafeString | str:
        if text.key not in PLACES:
            return _now("This place is no longer there.")
        address = reverse(PLACES[text.key].page)
        return format_html('<a href="{}">{}</a>', address, address)

    @admin.display(description=_("written in"))
    def languages_written(self, text: PageText) -> str:
        names = [name for code, name in settings.LANGUAGES if getattr(text, f"text_{code.replace('-', '_')}")]
        return ", ".join(map(str, names)) or _now("the portal's own words")

    def preview_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """The public page with the words as they stand in the form, not saved, in one of the portal's languages."""
        if key not in PLACES:
            raise Http404(key)
        text = PageText.objects.filter(key=key).first() or PageText(key=key)
        if not self.has_change_permission(request):
            raise PermissionDenied
        for code, _name in settings.LANGUAGES:
            name = f"text_{code.replace('-', '_')}"
            setattr(text, name, request.POST.get(name, getattr(text, name)))
        codes = [code for code, _name in settings.LANGUAGES]
        language = request.POST.get("language", request.GET.get("lang", ""))
        chosen = language if language in codes else settings.LANGUAGE_CODE
        with page_texts.shown_instead(text), made_afresh(), translation.override(chosen):
            public = copy(request)
            public.method, public.GET = "GET", QueryDict()
            public.path = public.path_info = reverse(PLACES[key].page)
            public.resolver_match = resolve(public.path)
            public.LANGUAGE_CODE = chosen
            page = public.resolver_match.func(public)
            return HttpResponse(page.content, headers={"Cache-Control": "no-store"})
