"""What the admin of a training adds for its selection: the desk and the reserve lists."""

from django.contrib import admin
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainings.models import Training

from ..selection.views import ReserveListView, SelectionView


class SelectionMixin(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        pages = (("selection", SelectionView), ("reserve-list", ReserveListView))
        own = [
            path(
                f"<int:pk>/{name}/", self.admin_site.admin_view(view.as_view(model_admin=self)),
                name=f"trainings_training_{name.replace('-', '_')}",
            )
            for name, view in pages
        ]  # fmt: skip
        return [*own, *super().get_urls()]

    def act_links(self, record: Training) -> list[tuple[str, str | Promise]]:
        links = super().act_links(record)  # type: ignore[misc]
        return [(reverse("admin:trainings_training_selection", args=[record.pk]), _("Selection")), *links]
