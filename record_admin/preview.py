"""A record as the public would see it, before it does: its public page with a bar that says so, for staff alone, kept by nobody."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import translation


@dataclass(frozen=True)
class Preview:
    """What the bar above a preview tells: who sees the page now, in which language it is shown, and the way back."""

    record: models.Model
    is_public: bool
    language: str
    back: str

    @property
    def languages(self) -> list[tuple[str, str, bool]]:
        """Code and name of each, and whether it is shown."""
        return [(code, name, code == self.language) for code, name in settings.LANGUAGES]


class PreviewMixin(admin.ModelAdmin):
    """Adds the address of the preview. `public_view` is the public page of the records; it takes a `draft` to show."""

    public_view: ClassVar[type[Any] | None] = None

    def get_urls(self) -> list[URLPattern]:
        if self.public_view is None:
            return super().get_urls()
        view = self.admin_site.admin_view(self.draft_view)
        return [path("<path:object_id>/preview/", view, name=self._name_of_preview), *super().get_urls()]

    @property
    def _name_of_preview(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_preview"

    def preview_url(self, record: models.Model) -> str | None:
        if self.public_view is None:
            return None
        return reverse(f"admin:{self._name_of_preview}", args=[quote(record.pk)])

    def draft_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """`?lang=mn` shows it in Mongolian."""
        record = self.get_object(request, object_id)
        if record is None or self.public_view is None:
            raise Http404(object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        asked = request.GET.get("lang", "")
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[quote(record.pk)])
        request.preview = Preview(record, self.is_public(record), language, back)  # type: ignore[attr-defined]
        # Where the words of the portal itself are not all there, they stay in English: the texts of the record are what is looked at.
        is_spoken = language in settings.COMPLETE_LANGUAGES
        with translation.override(language if is_spoken else settings.LANGUAGE_CODE):
            view = self.public_view.as_view(draft=record.pk, draft_language="" if is_spoken else language)
            answer = view(request, **{self.slug_of_page: getattr(record, self.slug_of_page)})
            if isinstance(answer, SimpleTemplateResponse):
                answer.render()
        answer.headers["Cache-Control"] = "private, no-store"
        answer.headers["X-Robots-Tag"] = "noindex"
        answer.headers["Content-Language"] = language
        return answer

    @property
    def slug_of_page(self) -> str:
        """The field by which the public page is found."""
        return str(getattr(self.public_view, "slug_field", "slug"))

    def is_public(self, record: Any) -> bool:
        """Whether everybody sees the record already."""
        return bool(record.published)
