"""What the admin of a training adds for its selection: the desk, held decisions, what the committee reads, reserve lists."""

from typing import Any, Final

from django.contrib import admin
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainings.models import Training

from ..selection.committee_views import CommitteeSheetsView, CommitteeWorkbookView
from ..selection.letting_go_views import LetGoView, ReserveListView, TakeAllBackView
from ..selection.views import SelectionView

PAGES: Final[dict[str, tuple[str, Any]]] = {
    "selection": ("selection/", SelectionView),
    "let_go": ("selection/let-go/", LetGoView),
    "take_back": ("selection/take-back/", TakeAllBackView),
    "committee_xlsx": ("selection/committee.xlsx", CommitteeWorkbookView),
    "committee_pdf": ("selection/committee.pdf", CommitteeSheetsView),
    "reserve_list": ("reserve-list/", ReserveListView),
}


class SelectionMixin(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<int:pk>/{address}", self.admin_site.admin_view(view.as_view(model_admin=self)),
                name=f"trainings_training_{name}",
            )
            for name, (address, view) in PAGES.items()
        ]  # fmt: skip
        return [*own, *super().get_urls()]

    def act_links(self, record: Training) -> list[tuple[str, str | Promise]]:
        links = super().act_links(record)  # type: ignore[misc]
        return [(reverse("admin:trainings_training_selection", args=[record.pk]), _("Selection")), *links]
