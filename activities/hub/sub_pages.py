"""Pages that start from a part of the hub: the way back to the record stands above them."""

from collections.abc import Sequence

from record_admin.workspace.pages import Crumb, HubPage

from .names import OVERVIEW, page_of


class SubPage(HubPage):
    """`title` says what the page does."""

    def crumbs(self) -> Sequence[Crumb]:
        return ((str(self.record), page_of(self.record, OVERVIEW)),)
