"""Ground of the secretariat's admin: records found by any name, edited in all languages, with few queries."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import get_deleted_objects
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin

from history.triggers import tracked_tables
from records.models import RecordQuerySet, Sourced
from records.template_context import Context

from .deletion import MOST_SHOWN, owners_asked, referring
from .edit_conflicts.admin import VersionedAdmin
from .fields import FieldsMixin
from .fieldsets import EnglishFirst
from .forms import error_summary
from .listing.admin import ListAdmin
from .nameless_log import NamelessLog
from .preview import PreviewMixin

# Addresses with words, beside the title of a list.
Links = list[tuple[str, str | Promise]]


class PlainAdmin(NamelessLog, FieldsMixin, VersionedAdmin, ListAdmin):
    """Admin of a model without texts in several languages."""

    save_on_top = True

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes with a record, which of it this user may not delete, and what refers to it: then it stays."""
        comes_back = cast(type[models.Model], self.opts.concrete_model)._meta.db_table in tracked_tables()
        refer = referring(objs, request, self.admin_site) if comes_back else []
        if not refer:
            return get_deleted_objects(objs, request, owners_asked(self.admin_site, self.model))
        told: list[object] = []
        for kind in refer:
            rows = [format_html('<a href="{}">{}</a>', page, words) if page else words for words, page in kind.shown]
            further = [_("and %(count)d more") % {"count": kind.count - MOST_SHOWN}] if kind.count > MOST_SHOWN else []
            told += [f"{kind.kind}: {kind.count}", *([[*rows, *further]] if rows else [])]
        return [], {}, set(), told

    def render_change_form(
        self,
        request: HttpRequest,
        context: Context,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: models.Model | None = None,
    ) -> HttpResponse:
        """Puts the errors in a list above the form, each leading to its field, and the acts beside its title."""
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        context["error_summary"] = error_summary([context["adminform"].form], formsets)
        record = context.get("original")
        if record is not None and self.has_change_permission(request, record):
            context["act_links"] = self.act_links(record)
            rows = [form for formset in formsets for form in formset.initial_forms]
            context |= self.versions_shown(request, [context["adminform"].form, *rows])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def act_links(self, record: Any) -> Links:
        """Acts on a record that have a page of their own: address and words. Asked for whoever may change the record."""
        return []


class RecordAdmin(PreviewMixin, EnglishFirst, PlainAdmin, TranslationAdmin):
    """Admin of a record the public reads."""

    search_fields = ("slug",)
    search_help_text = _("Any name, in any script and language, or a part of the address.")
    record_key: ClassVar[str] = "slug"
    has_sheet_of_list = True
    actions: tuple[str, ...] = ("publish", "hide")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Asks the records' own `matching`, which knows all names, and looks into the addresses."""
        words = search_term.strip()
        if not words:
            return queryset, False
        found = cast(RecordQuerySet, queryset.order_by()).matching(words).values("pk")
        return queryset.filter(Q(pk__in=found) | Q(**{f"{self.record_key}__icontains": words})), False

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str] | tuple[str, ...]:
        """An address that has been given out stays: a change would break every link to it."""
        fixed = [self.record_key] if obj else []
        return [*super().get_readonly_fields(request, obj), *fixed, "created_at", "updated_at"]

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> dict[str, Sequence[str]]:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def changelist_view(self, request: HttpRequest, extra_context: Context | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "list_links": self.list_links(request)})

    def list_links(self, request: HttpRequest) -> Links:
        """Pages about the whole list, beside its title."""
        return []

    def get_view_on_site_url(self, obj: Sourced | None = None) -> str | None:
        """The public page, where there is one; of a record that the public does not see yet, its preview."""
        if obj is None or obj.pk is None or not hasattr(obj, "get_absolute_url"):
            return None
        return cast(str, obj.get_absolute_url()) if self.is_public(obj) else self.preview_url(obj)

    @admin.action(description=_("Show to the public"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._set_published(request, queryset, True)

    @admin.action(description=_("Hide from the public"), permissions=["change"])
    def hide(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._set_published(request, queryset, False)

    def _set_published(self, request: HttpRequest, queryset: QuerySet, published: bool) -> None:
        changed = queryset.exclude(published=published).update(published=published, updated_at=timezone.now())
        text = ngettext("%(count)d record was changed.", "%(count)d records were changed.", changed) % {
            "count": changed
        }
        self.message_user(request, text, messages.SUCCESS)
