"""Downloads for the committee: what the list shows, by its filter and in its order."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from history import audit
from records.listing.exports import workbook_response
from records.papers import as_file

from . import committee
from .letting_go_views import OfSelection
from .neighbours import applicants, kept


class CommitteeWorkbookView(OfSelection):
    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:  # type: ignore[override]
        found = applicants(self.training, cast(QueryDict, request.GET))
        audit.note(
            what=audit.What.EXPORTED,
            by_id=request.user.pk,
            on=self.training,
            detail="applications for the committee, xlsx",
        )
        return workbook_response(f"applications-{self.training.slug}", committee.workbook(self.training, found))


class CommitteeSheetsView(OfSelection):
    """A file of sheets; where the filter finds nobody, or more than a file holds, the list says so."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        query = cast(QueryDict, request.GET)
        found = applicants(self.training, query)
        number = found.count()
        if not number:
            messages.warning(request, _("Nobody is found by these filters: there is nothing to print."))
            return redirect(f"{self.desk}{kept(query)}")
        if number > committee.MOST_SHEETS:
            words = _("One file holds %(most)d sheets; the filter finds %(n)d. Narrow it, then print.")
            messages.warning(request, words % {"most": committee.MOST_SHEETS, "n": number})
            return redirect(f"{self.desk}{kept(query)}")
        audit.note(
            what=audit.What.EXPORTED,
            by_id=request.user.pk,
            on=self.training,
            detail="applications for the committee, pdf",
        )
        return as_file(committee.sheets(self.training, found), f"applications-{self.training.slug}")
