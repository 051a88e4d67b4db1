"""Applications in the admin: the list over all trainings, one page for each, the acts that start from it."""

from django.contrib import admin
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _lazy

from accounts.admin.personal import PersonalAdmin
from record_admin.fields import ReadOnlyMixin
from record_admin.listing.views import ListView

from ..models import Application
from ..workflow.transitions import State
from .application_act_page import ActView
from .application_correction import CorrectionView
from .application_page import ApplicationView


@admin.register(Application)
class ApplicationAdmin(ReadOnlyMixin, PersonalAdmin):
    """Applications with the log of decisions: only the acts of selection move them, and say why."""

    list_display = ("reference", "person", "training", "state", "member_state", "seat_class", "submitted_at")
    list_filter = ("state", "member_state", ("training", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("person", "training", "member_state", "seat_class")
    further_columns = ("wanted_class", "endorsed", "endorsement_rank", "reserve_rank", "answer_by", "created_at")
    zone_of_list = "training.timezone"
    list_views = (
        ListView.of("to-decide", _lazy("To be decided"), "state", State.SUBMITTED, State.ENDORSED, State.NOT_ENDORSED, State.SHORTLISTED),
        ListView.of("with-seat", _lazy("With a seat"), "state", State.SELECTED, State.CONFIRMED),
        ListView.of("reserve-list", _lazy("On the reserve list"), "state", State.RESERVE_LIST),
        ListView.of("ended", _lazy("Declined or withdrawn"), "state", State.DECLINED, State.WITHDRAWN),
        ListView.of("drafts", _lazy("Not sent yet"), "state", State.DRAFT),
    )  # fmt: skip
    nothing_yet = _lazy("People apply on the public page of a training while its call is open.")
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
