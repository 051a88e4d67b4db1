"""What stands in the navigation of the officers' workspace about its first page, announcements, requests for offers and
all changes."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from history.models import Change, DeletedRecord
from notifications.models import Mailing
from record_admin.workspace.entries import Entry, Section, register, register_list, register_lists_beside, seeing
from record_admin.workspace.long_work_pages import LongWorkFile, LongWorkPage, OneLongWork
from record_admin.workspace.pages import register_page
from record_admin.workspace.search_page import SearchPage

from .models import Announcement, OfferRequest
from .sheet_import.choosing import SheetsPage


def _unanswered() -> QuerySet:
    return OfferRequest.objects.filter(state=OfferRequest.State.NEW)


register(Entry(Section.TODAY, 0, _("Today"), "index"))
register_list(OfferRequest, Section.NETWORK, 70, label=_("Offers and needs"), waiting=_unanswered)
register_list(Announcement, Section.MAIL, 20)
register_lists_beside(Announcement, [Mailing])
register_list(Change, Section.OVERSIGHT, 20)
register(Entry(Section.OVERSIGHT, 30, _("Long work"), "long_work", seeing(Change), ("long_work",)))
register_list(DeletedRecord, Section.OVERSIGHT, 40)
register_page("search/", SearchPage, "search")
register_page("long-work/", LongWorkPage, "long_work")
register_page("long-work/<int:pk>/", OneLongWork, "long_work_one")
register_page("long-work/<int:pk>/file/", LongWorkFile, "long_work_file")
register_page("sheets/", SheetsPage, "sheets")
