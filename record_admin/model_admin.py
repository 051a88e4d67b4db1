"""Ground of the secretariat's admin: records found by any name, edited in all languages, with few queries."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin, IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.postgres.fields import ArrayField
from django.db import DataError, models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from records.form_fields import ChecksField, LinesField, TextField, ZoneField
from records.formats.vocabulary import Designation, Language, validate_zone
from records.template_context import Context, Keywords

from .edit_conflicts.admin import VersionedAdmin, as_seen
from .edit_conflicts.as_seen import AsSeen
from .forms import ManyKnown, OneKnown, RecordForm, RecordFormSet, error_summary
from .nameless_log import NamelessLog

# Addresses with words, beside the title of a list.
Links = list[tuple[str, str | Promise]]

SOURCE_LANGUAGE = settings.LANGUAGE_CODE
OTHER_LANGUAGES = [(code.replace("-", "_"), name) for code, name in settings.LANGUAGES if code != SOURCE_LANGUAGE]
# How far the facts of a record carry, and who sees it: the last part of every record's form.
RECORD_FIELDSET: Any = (_("Record"), {"fields": ["slug", "published", "sources", ("created_at", "updated_at")]})


class FieldsMixin(BaseModelAdmin):
    """How the columns of our models are edited, in forms and in rows."""

    form: Any = RecordForm
    checked_arrays: ClassVar[dict[str, Any]] = {
        "languages": Language.choices,
        "other_designations": Designation.choices,
    }

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: object) -> Any:
        if isinstance(db_field, ArrayField):
            return self._array(db_field)
        if validate_zone in db_field.validators:
            initial = db_field.get_default() if db_field.has_default() else None
            facts = {"label": capfirst(db_field.verbose_name), "help_text": db_field.help_text, "initial": initial}
            return ZoneField(required=not db_field.blank, **facts)
        if isinstance(db_field, models.TextField) and not db_field.choices:
            kwargs.setdefault("form_class", TextField)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, forms.SplitDateTimeWidget):
            for widget, part in zip(field.widget.widgets, (_("date"), _("time")), strict=True):
                widget.attrs["aria-label"] = format_lazy("{}: {}", field.label, part)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False  # nobody deletes a partner from within an event
        return field

    def _array(self, db_field: Any) -> forms.Field:
        label = capfirst(db_field.verbose_name)
        facts: Keywords = {"label": label, "required": False, "help_text": db_field.help_text}
        if choices := self.checked_arrays.get(db_field.name):
            return ChecksField(choices=list(choices), **facts)
        entry = db_field.base_field.formfield()
        entry.validators = [*entry.validators, *db_field.base_field._validators]  # those the column itself names
        return LinesField(entry, **facts)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name in self.autocomplete_fields:
            kwargs.setdefault("widget", OneKnown(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        through_our_own_model = not db_field.remote_field.through._meta.auto_created
        if not through_our_own_model and db_field.name in self.autocomplete_fields:
            kwargs.setdefault("widget", ManyKnown(db_field, self.admin_site))
        elif not through_our_own_model:
            kwargs.setdefault("widget", forms.CheckboxSelectMultiple())
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class EnglishFirst(BaseModelAdmin):
    """`fieldsets` name a text once: English stands there, the other languages follow, folded away, at the end."""

    trans_opts: Any
    fold_for_each_language = True

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        shown: list[object] = []
        texts: list[str] = []
        for title, options in self.fieldsets or ():
            shown.append((title, {**options, "fields": self._in_english(options["fields"], texts)}))
        by_language = [(language, [f"{text}_{suffix}" for text in texts]) for suffix, language in OTHER_LANGUAGES]
        if not self.fold_for_each_language:
            everything = [name for _language, names in by_language for name in names]
            return [*shown, (_("Other languages"), {"classes": ["collapse"], "fields": everything})]
        for language, names in by_language if texts else ():
            title = format_lazy("{}: {}", _("Other languages"), language)
            shown.append((title, {"classes": ["collapse"], "fields": names}))
        return shown

    def _in_english(self, names: Any, texts: list[str]) -> list[object]:
        fields: list[object] = []
        for name in names:
            if isinstance(name, list | tuple):
                fields.append(tuple(self._in_english(name, texts)))
            elif name in self.trans_opts.all_fields:
                texts.append(name)
                fields.append(f"{name}_{SOURCE_LANGUAGE}")
            else:
                fields.append(name)
        return fields


class RowsMixin(FieldsMixin):
    """Rows inside a record's form; `related` and `prefetched` name what their cells show."""

    formset: Any = RecordFormSet
    extra = 0
    related: ClassVar[tuple[str, ...]] = ()
    prefetched: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        if self.related:
            rows = rows.select_related(*self.related)
        return rows.prefetch_related(*self.prefetched)

    def get_formset(self, request: HttpRequest, obj: models.Model | None = None, **kwargs: object) -> Any:
        formset = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        formset.form = as_seen(request, formset.form, AsSeen)
        return formset


class Rows(RowsMixin, admin.TabularInline):
    """Rows of a table, one line each. A cell has no label of its own, so its field says the name of the column."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and field.label and not isinstance(field.widget, forms.MultiWidget):
            field.widget.attrs.setdefault("aria-label", field.label)
        return field


class Blocks(RowsMixin, admin.StackedInline):
    """Rows with much text, one block each."""


class TranslatedBlocks(EnglishFirst, RowsMixin, TranslationStackedInline):
    """Blocks whose texts exist in several languages."""

    fold_for_each_language = False


class ReadOnlyMixin(BaseModelAdmin):
    """Records or rows that only acts write."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReadOnlyRows(ReadOnlyMixin, Rows):
    """Rows to read."""


class PlainAdmin(NamelessLog, FieldsMixin, VersionedAdmin):
    """Admin of a model without texts in several languages."""

    list_per_page = 50
    save_on_top = True

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """A filter typed into the address that the database cannot make sense of is left out, as Django does it."""
        try:
            return super().get_changelist_instance(request)
        except (ValueError, OverflowError, DataError) as error:
            raise IncorrectLookupParameters(str(error)) from error

    def render_change_form(self, request: HttpRequest, context: Context, *args: Any, **kwargs: Any) -> HttpResponse:
        """Puts the errors in a list above the form, each leading to its field, and the acts beside its title."""
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        context["error_summary"] = error_summary([context["adminform"].form], formsets)
        record = context.get("original")
        if record is not None and self.has_change_permission(request, record):
            context["act_links"] = self.act_links(record)
            rows = [form for formset in formsets for form in formset.initial_forms]
            context |= self.versions_shown(request, [context["adminform"].form, *rows])
        return super().render_change_form(request, context, *args, **kwargs)

    def act_links(self, record: Any) -> list[tuple[str, str | Promise]]:
        """Acts on a record that have a page of their own: address and words. Asked for whoever may change the record."""
        return []


class RecordAdmin(EnglishFirst, PlainAdmin, TranslationAdmin):
    """Admin of a record the public reads."""

    search_fields = ("slug",)
    search_help_text = _("Any name, in any script and language, or a part of the address.")
    record_key: ClassVar[str] = "slug"
    actions: tuple[str, ...] = ("publish", "hide")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet, bool]:
        """Asks the records' own `matching`, which knows all names, and looks into the addresses."""
        words = search_term.strip()
        if not words:
            return queryset, False
        found = queryset.order_by().matching(words).values("pk")
        return queryset.filter(Q(pk__in=found) | Q(**{f"{self.record_key}__icontains": words})), False

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
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

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The public page, where there is one."""
        return (
            cast(str, obj.get_absolute_url())
            if obj and obj.pk and obj.published and hasattr(obj, "get_absolute_url")
            else None
        )

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
