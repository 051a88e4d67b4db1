"""The form of a call in the admin: its questions, a look at them in every language, and the form of another training."""

from collections.abc import Sequence
from typing import Any, ClassVar, Final, Unpack, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activities.admin.shared import MomentsMixin
from activities.timezones.wall_clock import WallClockForm
from history.record_pages import HistoryMixin
from record_admin.fieldsets import Fieldsets
from record_admin.forms import RecordForm, RecordFormSet
from record_admin.model_admin import RecordAdmin
from record_admin.rows import TranslatedBlocks
from records.template_context import Cleaned, Context, Files, FormOptions, Posted, RecordFormOptions
from typed_records.locks import locked

from ..calls import form_building
from ..calls.choices import ChoicesField
from ..models import CallForm, Question, Training
from ..workflow.question_words import choices_in, languages_without
from ..workflow.questions import asked, fields_of

PREVIEW: Final = "preview"
_ANSWERS = {True: "yes", False: "no"}


class QuestionForm(RecordForm):
    """One question. What it depends on is one choice: a question with one of its answers."""

    choices = ChoicesField(label=_("choices"), required=False)
    condition = forms.ChoiceField(
        label=_("only if"), required=False,
        help_text=_("The question is asked only of those who gave this answer. Save a new question first to find it here."),
    )  # fmt: skip

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, **kwargs: Unpack[RecordFormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.before = Question.objects.get(pk=self.instance.pk) if self.instance.pk and self.is_bound else None
        self.initial["condition"] = value_of(*self.instance.condition) if self.instance.condition else ""

    def clean(self) -> Cleaned:
        data = super().clean()
        code, _equals, answer = (data.get("condition") or "").partition("=")
        self.instance.only_if = {"question": code, "answer": _said(answer)} if code else None
        chosen = data.get("kind") in Question.CHOSEN
        if chosen and "choices" in data and len(data["choices"]) < 2:
            self.add_error("choices", _now("Write at least two choices, one per line."))
        return data

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.before and not self.errors:
            try:
                form_building.refuse_change(before=self.before, after=self.instance)
            except ValidationError as refused:
                self.add_error(None, refused)


def value_of(code: str, answer: object) -> str:
    return f"{code}={_ANSWERS.get(answer, answer) if isinstance(answer, bool) else answer}"


def _said(answer: str) -> object:
    return {"yes": True, "no": False}.get(answer, answer)


class QuestionFormSet(RecordFormSet):
    """Knows which answers a question may depend on; refuses what would lose answers."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        offered = [one for one in self._offered() if not one[0].startswith(f"{form.instance.code}=")]
        cast(forms.ChoiceField, form.fields["condition"]).choices = [("", _("always")), *offered]

    def _offered(self) -> list[tuple[str, str]]:
        if not hasattr(self, "_answers"):
            known = [one for one in self.get_queryset() if one.kind in Question.DECIDING]
            self._answers = [
                (value_of(one.code, value), f"{one.label}: {words.text}") for one in known for value, words in choices_in(one, "en")
            ]  # fmt: skip
        return self._answers

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        for form in self.deleted_forms:
            if form.instance.pk:
                form_building.refuse_deletion(form.instance)
        kept = [form.instance for form in self.forms if form not in self.deleted_forms and form.instance.code]
        form_building.refuse_conditions(kept)


class QuestionBlocks(TranslatedBlocks):
    model = Question
    form = QuestionForm
    formset = QuestionFormSet
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "label", "help", ("code", "kind", "order"), ("required", "follow_up", "asked"), "choices", ("least", "most"), "condition",
                ]
            },
        ),
    )  # fmt: skip


def sources_for(training: Training) -> QuerySet:
    """Trainings whose form can be copied, the latest first."""
    others = Training.objects.filter(questions__asked=True).exclude(pk=training.pk).distinct()
    return others.order_by("-starts_at", "slug")


class CallFormForm(WallClockForm):
    """Where no question stands yet, those of an earlier call can be taken with the first saving."""

    clocks: ClassVar[dict[str, str]] = {"follow_up_closes_at": "deadline_zone"}
    copied_from: "forms.ModelChoiceField[Training]" = forms.ModelChoiceField(
        label=_("Take the questions of an earlier call"), queryset=Training.objects.none(), required=False,
        help_text=_("They are copied when you save, behind those that you write here; then you change them as you like."),
    )  # fmt: skip

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, **kwargs: Unpack[RecordFormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        if "copied_from" in self.fields:
            self.fields["copied_from"].queryset = sources_for(self.instance)  # type: ignore[attr-defined]

    def zone_before(self, name: str) -> str:
        return str(self.instance.deadline_zone or self.instance.timezone)


class CopyForm(forms.Form):
    source: "forms.ModelChoiceField[Training]" = forms.ModelChoiceField(
        label=_("From which training"), queryset=Training.objects.none(), empty_label=_("Please choose")
    )

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, *, to: Training, **kwargs: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["source"].queryset = sources_for(to)  # type: ignore[attr-defined]


class Preview(forms.Form):
    """A form as an applicant sees it in a language."""

    def __init__(self, questions: list[Question], language: str) -> None:
        super().__init__()
        self.fields.update(fields_of(questions, language))


@admin.register(CallForm)
class CallFormAdmin(MomentsMixin, HistoryMixin, RecordAdmin):
    """The form of one call: reached from the list of trainings, made with the training itself."""

    form = CallFormForm
    moments: ClassVar[dict[str, str | Promise]] = {"follow_up_closes_at": _("Time in the zone of the deadline.")}
    list_display = ("title", "starts_at", "status")
    zone_of_list = "timezone"
    has_sheet_of_list = False
    list_filter = ("status",)
    ordering = ("-starts_at", "slug")
    readonly_fields = ("called",)
    fieldsets = (
        (None, {"fields": ["called"]}),
        (_("For selected people only"), {"fields": ["asks_presentation", "follow_up_closes_at"]}),
    )
    inlines = (QuestionBlocks,)
    actions: tuple[str, ...] = ()
    prepopulated_fields: ClassVar[dict[str, Sequence[str]]] = {}

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Fieldsets:
        """Copying is offered while there is nothing."""
        lines = list(super().get_fieldsets(request, obj))
        if obj is None or cast(Training, obj).questions.exists():
            return lines
        return [(None, {"fields": ["called", "copied_from"]}), *lines[1:]]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if source := form.cleaned_data.get("copied_from"):
            number = form_building.copy(source=source, to=form.instance)
            self.message_user(request, _now("%(n)d questions were added.") % {"n": number}, messages.SUCCESS)

    def render_change_form(self, request: HttpRequest, context: Context, *args: Any, **kwargs: Any) -> HttpResponse:
        context["on_to"] = ((PREVIEW, _("Save, see as an applicant")),)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_change(self, request: HttpRequest, obj: models.Model) -> HttpResponseRedirect:
        """To the preview, if its button was pressed; else to the call, of which the form is a part."""
        if f"_to_{PREVIEW}" in request.POST:
            return HttpResponseRedirect(reverse("admin:trainings_callform_preview", args=[obj.pk]))
        return HttpResponseRedirect(reverse("admin:trainings_training_overview", args=[obj.pk]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    @admin.display(description=_("training"))
    def called(self, training: Training) -> str:
        return training.title

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> object:
        """Whoever writes the form holds the lock that applicants' answers wait for."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "POST" and self.has_change_permission(request, found):
            locked(found)
        return found

    def act_links(self, record: Training) -> list[tuple[str, str | Promise]]:
        return [
            (reverse("admin:trainings_callform_preview", args=[record.pk]), _("Preview")),
            (reverse("admin:trainings_callform_copy", args=[record.pk]), _("Copy another form")),
            (reverse("admin:trainings_training_change", args=[record.pk]), _("The call")),
        ]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", view(self.preview_view), name="trainings_callform_preview"),
            path("<int:pk>/copy/", view(self.copy_view), name="trainings_callform_copy"),
            *super().get_urls(),
        ]

    def _training(self, request: HttpRequest, pk: int) -> Training:
        training: QuerySet = CallForm.objects.prefetch_related("questions")
        found = get_object_or_404(training, pk=pk)
        if not self.has_change_permission(request, found):
            raise PermissionDenied
        return found

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Nothing is kept: the page has no button that sends it."""
        training = self._training(request, pk)
        known = dict(settings.LANGUAGES)
        language = request.GET.get("language", "en")
        language = language if language in known else "en"
        parts = [(_now("The application"), asked(training)), (_now("For selected people only"), asked(training, follow_up=True))]  # fmt: skip
        incomplete = languages_without([one for _title, part in parts for one in part], language)
        with translation.override(language):
            shown = [(title, Preview(part, language)) for title, part in parts if part]
        opens = (
            reverse("admin:trainings_training_announce", args=[pk]) if training.status == Training.Status.DRAFT else ""
        )
        facts = {
            "opens": opens,
            "parts": shown,
            "language": language,
            "languages": settings.LANGUAGES,
            "incomplete": incomplete,
        }
        return self._page(request, training, "preview.html", _now("The form as an applicant sees it"), **facts)

    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        training = self._training(request, pk)
        form = CopyForm(request.POST or None, to=training)
        if request.method == "POST" and form.is_valid():
            try:
                number = form_building.copy(source=form.cleaned_data["source"], to=training)
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                self.message_user(request, _now("%(n)d questions were added.") % {"n": number}, messages.SUCCESS)
                return redirect("admin:trainings_callform_change", training.pk)
        return self._page(
            request, training, "", _now("Copy the form of another training"), form=form, button=_now("Copy")
        )

    def _page(
        self, request: HttpRequest, training: Training, template: str, title: str, **facts: object
    ) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "title": title, "original": training, "opts": self.opts, **facts}  # fmt: skip
        template = f"admin/trainings/{template}" if template else "admin/act_form.html"
        return TemplateResponse(request, template, context)
