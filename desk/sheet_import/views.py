"""Pages of export and import: a file goes up, is looked at with all it would change, and is imported by a button.

The same permission as the form of the record holds, row by row, and the same Scope as everywhere.
"""

from collections.abc import Mapping
from typing import Any, Final, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from record_admin.long_work.begin import is_asked_for, page_before, page_of
from record_import.exporting import exported
from record_import.exporting import template as empty
from record_import.models import SheetUpload
from record_import.registry import Records
from record_import.sheet_comparison import May, digest
from record_import.uploaded_files import MOST_BYTES, MOST_ROWS
from records.tables.delimited import called
from records.tables.encodings import choices as encoding_choices

from . import importing, long_sheets
from .allowed import listed, may_of, sheet_of
from .importing import End
from .mending import as_download, refused_lines

ENDINGS: Final = ("csv", "xlsx")
PER_PAGE: Final = 50
RECENT: Final = 10


class SheetForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"), max_length=250,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
        help_text=gettext_lazy("XLSX or CSV, as the export or the template has it. Up to 10 MB."),
        error_messages={"required": gettext_lazy("Choose a file."), "empty": gettext_lazy("The file is empty.")},
    )  # fmt: skip

    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding, for CSV"), choices=encoding_choices, required=False,
        help_text=gettext_lazy("Excel saves CSV in the encoding of its country. To be chosen where it was read wrongly."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB. Part it into several."))
        return file


def export(request: HttpRequest, label: str, ending: str) -> HttpResponseBase:
    """The records of the list as it is filtered, in its order."""
    owner, sheet = _list(label, ending)
    if not owner.has_view_or_change_permission(request):
        raise PermissionDenied
    page = reverse(f"admin:{label.replace('.', '_')}_changelist")
    try:
        shown = owner.get_changelist_instance(request)
        number = shown.queryset.count() if long_sheets.EXPORTING[ending].is_long(shown.result_count) else 0
        pace = long_sheets.EXPORTING[ending]
        if pace.is_long(number) and not is_asked_for(request):
            title = _("Export: %(kind)s") % {"kind": capfirst(str(owner.opts.verbose_name_plural))}
            return page_before(
                request, owner.admin_site, title=title, number=number, seconds=pace.seconds(number), back=page
            )
        if pace.is_long(number):
            address, by = request.get_full_path(), _officer(request)
            return page_of(long_sheets.export(sheet=sheet, address=address, ending=ending, by=by))
        return exported(sheet, listed(shown, _officer(request), sheet), ending=ending)
    except IncorrectLookupParameters:
        return redirect(f"{page}?e=1")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(page)


def template(request: HttpRequest, label: str, ending: str) -> HttpResponseBase:
    """The headings, and in a workbook what each means."""
    owner, sheet = _list(label, ending)
    _refuse_stranger(owner, request)
    return empty(sheet, ending=ending)


def upload(request: HttpRequest, label: str) -> HttpResponse:
    """The first step: a file, of which nothing is written yet."""
    owner, sheet = _list(label)
    _refuse_stranger(owner, request)
    form = SheetForm(request.POST or None, request.FILES or None) if request.method == "POST" else SheetForm()
    if request.method == "POST" and form.is_valid():
        file, content = form.cleaned_data["file"], form.cleaned_data["file"].read()
        known = {
            "sheet": sheet,
            "name": file.name,
            "content": content,
            "by": _officer(request),
            "encoding": form.cleaned_data["encoding"],
        }
        if long_sheets.is_long_to_check(content):
            return page_of(long_sheets.check(**known))
        try:
            kept = importing.keep(**known, may=_may(request, owner, sheet))
            return redirect("admin:sheet_look", label, kept.pk)
        except ValidationError as refused:
            form.add_error("file", refused)
    return _page(request, owner, "upload.html", form=form, most_rows=MOST_ROWS, recent=_own(request, label)[:RECENT])


def look(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """The second step: what the import would do, or what is wrong; the button does it. Afterwards: what it did."""
    owner, sheet = _list(label)
    _refuse_stranger(owner, request)
    kept = get_object_or_404(_own(request, label), pk=pk)
    if request.method == "POST" and "undo" in request.POST:
        _undo(request, kept)
        return redirect("admin:sheet_look", label, pk)
    if work := long_sheets.work_of(kept):
        return page_of(work)
    if request.method == "POST":
        return _do(request, owner, sheet, kept)
    if _is_being_written(kept):
        return _page(request, owner, "look.html", kept=kept, running=True)
    counted = importing.counts(kept.shown)
    if kept.done_at:
        return _page(request, owner, "look.html", kept=kept, counts=counted, left=kept.shown.get("left_out", 0))
    refused = refused_lines(kept.shown)
    sound = sum(one["line"] not in refused for one in [*kept.shown["new"], *kept.shown["changed"]])
    entries: list[Any] = [*_with_records(kept.shown)]
    if not entries:
        entries = [*_marked(kept, "new"), *_marked(kept, "changed")]
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    return _page(
        request, owner, "look.html", kept=kept, counts=counted, page_obj=page, seen=digest(kept.shown),
        delimiter=called(kept.shown.get("delimiter", "")),
        sound=sound, left=len(refused), slow=long_sheets.is_long_to_import(kept),
    )  # fmt: skip


def _do(request: HttpRequest, owner: admin.ModelAdmin, sheet: Records, kept: SheetUpload) -> HttpResponse:
    """All of it, or with `sound` the rows that are right; by the worker where it takes longer."""
    seen, by, sound_only = request.POST.get("seen", ""), _officer(request), "sound" in request.POST
    if kept.done_at is None and long_sheets.is_long_to_import(kept):
        return page_of(long_sheets.do(upload=kept, seen=seen, by=by, sound_only=sound_only))
    try:
        may = _may(request, owner, sheet)
        end = importing.do(upload=kept, seen=seen, sheet=sheet, may=may, by=by, sound_only=sound_only)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        _tell(request, end)
    return redirect("admin:sheet_look", kept.label, kept.pk)


def to_mend(request: HttpRequest, label: str, pk: int) -> HttpResponseBase:
    """The rows that are not taken, as a sheet."""
    owner, sheet = _list(label)
    _refuse_stranger(owner, request)
    kept = get_object_or_404(_own(request, label), pk=pk)
    content = importing.rows_to_mend(upload=kept, sheet=sheet)
    if not content:
        messages.info(request, _("No row is left out."))
        return redirect("admin:sheet_look", label, pk)
    return as_download(content, kept.name)


def _own(request: HttpRequest, label: str) -> QuerySet[SheetUpload]:
    """What this officer has uploaded within a week, the latest first."""
    young = timezone.now() - importing.KEPT
    own = SheetUpload.objects.filter(officer_id=_officer(request).pk, label=label, created_at__gte=young)
    return own.defer("content").order_by("-pk")


def _with_records(shown: Mapping[str, Any]) -> list[list[Any]]:
    """Each problem with the record that its row is of, by its key."""
    keys = shown.get("keys", {})
    return [[*problem, keys.get(str(problem[0]), "")] for problem in shown["problems"]]


def _marked(kept: SheetUpload, kind: str) -> list[dict[str, object]]:
    return [{**entry, "is_new": kind == "new"} for entry in kept.shown[kind]]


def _tell(request: HttpRequest, end: End) -> None:
    outcomes = {
        End.DONE: (messages.SUCCESS, _("The sheet was imported.")),
        End.DONE_BEFORE: (messages.INFO, _("The sheet had been imported already. Nothing was done again.")),
        End.DIFFERENT: (
            messages.WARNING,
            _("Nothing was imported: records have changed since you looked. Below is what the import would do now."),
        ),
    }
    messages.add_message(request, *outcomes[end])


def _undo(request: HttpRequest, kept: SheetUpload) -> None:
    try:
        done = importing.undo(upload=kept, reason=request.POST.get("reason", "").strip()[:500])
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return
    if done:
        long_sheets.mark_undone(kept)
        text = ngettext(
            "The import is undone: %(n)d change taken back.", "The import is undone: %(n)d changes taken back.", done
        )
        messages.success(request, text % {"n": done})
    else:
        messages.info(request, _("The import had been undone already. Nothing was done again."))


def _is_being_written(kept: SheetUpload) -> bool:
    """Whether another request holds the upload at this moment."""
    with transaction.atomic():
        return not SheetUpload.objects.filter(pk=kept.pk).select_for_update(skip_locked=True).values("pk")


def _list(label: str, ending: str = "csv") -> tuple[admin.ModelAdmin, Records]:
    """The admin of a kind of record, and its sheet."""
    if ending not in ENDINGS:
        raise Http404(ending)
    return sheet_of(label)


def _officer(request: HttpRequest) -> User:
    return cast(User, request.user)


def _refuse_stranger(owner: admin.ModelAdmin, request: HttpRequest) -> None:
    if not (owner.has_add_permission(request) or owner.has_change_permission(request)):
        raise PermissionDenied


def _may(request: HttpRequest, owner: admin.ModelAdmin, sheet: Records) -> May:
    return may_of(request, _officer(request), owner, sheet)


def _page(request: HttpRequest, owner: admin.ModelAdmin, name: str, **context: object) -> HttpResponse:
    opts = owner.model._meta
    title = _("Import: %(kind)s") % {"kind": capfirst(str(opts.verbose_name_plural))}
    known = {
        **admin.site.each_context(request), "title": title, "opts": opts, "label": opts.label_lower,
        "list_address": reverse(f"admin:{opts.label_lower.replace('.', '_')}_changelist"),
    }  # fmt: skip
    return TemplateResponse(request, f"admin/sheets/{name}", {**known, **context})
