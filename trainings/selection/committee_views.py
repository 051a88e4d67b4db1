"""Downloads for the committee: what the list shows, by its filter and in its order."""

from typing import ClassVar, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User
from history import audit
from record_admin.long_work.begin import is_asked_for, page_before, page_of
from records.listing.exports import workbook_response
from records.papers import as_file

from . import committee, long_committee
from .letting_go_views import OfSelection
from .neighbours import applicants, kept


class _ForCommittee(OfSelection):
    """A file of what the filter finds: at once, or by the worker where it takes longer."""

    ending: ClassVar[str]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:  # type: ignore[override]
        return self._file(request)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return self._file(request)

    def _file(self, request: HttpRequest) -> HttpResponseBase:
        query = cast(QueryDict, request.GET)
        number, pace = applicants(self.training, query).count(), long_committee.PACES[self.ending]
        if refused := self.refusal(number):
            messages.warning(request, refused)
            return redirect(f"{self.desk}{kept(query)}")
        if pace.is_long(number) and not is_asked_for(request):
            return page_before(
                request, self.site, title=_("For the committee: %(training)s") % {"training": self.training}, number=number,
                seconds=pace.seconds(number), back=f"{self.desk}{kept(query)}",
            )  # fmt: skip
        detail = f"applications for the committee, {self.ending}"
        audit.note(what=audit.What.EXPORTED, by_id=request.user.pk, on=self.training, detail=detail)
        if pace.is_long(number):
            by = cast(User, request.user)
            return page_of(
                long_committee.start(training=self.training, query=query.urlencode(), ending=self.ending, by=by)
            )
        return self.made(query)

    def refusal(self, number: int) -> str:
        """Why there is no file, in words."""
        return ""

    def made(self, query: QueryDict) -> HttpResponseBase:
        raise NotImplementedError


class CommitteeWorkbookView(_ForCommittee):
    ending = "xlsx"

    def made(self, query: QueryDict) -> HttpResponseBase:
        found = applicants(self.training, query)
        return workbook_response(f"applications-{self.training.slug}", committee.workbook(self.training, found))


class CommitteeSheetsView(_ForCommittee):
    """A file of sheets; where the filter finds nobody, or more than a file holds, the list says so."""

    ending = "pdf"

    def refusal(self, number: int) -> str:
        if not number:
            return _("Nobody is found by these filters: there is nothing to print.")
        if number > committee.MOST_SHEETS:
            words = _("One file holds %(most)d sheets; the filter finds %(n)d. Narrow it, then print.")
            return words % {"most": committee.MOST_SHEETS, "n": number}
        return ""

    def made(self, query: QueryDict) -> HttpResponseBase:
        return as_file(
            committee.sheets(self.training, applicants(self.training, query)), f"applications-{self.training.slug}"
        )
