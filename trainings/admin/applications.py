"""Applications in the admin: the list over all trainings, one page for each, the acts that start from it."""

from django.contrib import admin
from django.urls import URLPattern, path

from accounts.admin.personal import PersonalAdmin
from record_admin.fields import ReadOnlyMixin

from ..models import Application
from .application_act_page import ActView
from .application_correction import CorrectionView
from .application_page import ApplicationView


@admin.register(Application)
class ApplicationAdmin(ReadOnlyMixin, PersonalAdmin):
    """Applications with the log of decisions: only the acts of selection move them, and say why."""

    list_display = ("reference", "person", "training", "state", "member_state", "seat_class", "submitted_at")
    list_filter = ("state", "member_state", ("training", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("person", "training", "member_state", "seat_class")
    search_fields = ("reference", "person__name", "person__native_name", "person__email", "training__slug")
    date_hierarchy = "created_at"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        pages = (
            ("change/", ApplicationView, "change"),
            ("correct/", CorrectionView, "correct"),
            ("act/<slug:act>/", ActView, "act"),
        )
        own = [
            path(f"<int:pk>/{address}", view(page.as_view(model_admin=self)), name=f"trainings_application_{name}")
            for address, page, name in pages
        ]
        return [*own, *super().get_urls()]
