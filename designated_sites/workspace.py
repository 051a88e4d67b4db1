"""What stands in the workspace of the officers about sites of both types."""

from django.utils.translation import gettext_lazy as _

from record_admin.workspace.entries import Entry, Section, register, register_list, register_lists_beside, seeing
from record_admin.workspace.finders import register_records
from record_admin.workspace.pages import register_page

from .models import SiteProposal, SiteRedirect
from .review_cycle.all_reviews import ReviewsPage
from .site_types import site_types

register_list(SiteProposal, Section.SITES, 30, waiting=SiteProposal.objects.open)
register_lists_beside(SiteProposal, {SiteRedirect: _("Former addresses of sites")})
permissions = tuple(permission for one in site_types() for permission in seeing(one.sites))
register(Entry(Section.SITES, 40, _("Reviews and revalidations"), "reviews", permissions))
register_page("reviews/", ReviewsPage, "reviews")
register_records("sites", _("Sites"), 20, *(one.sites for one in site_types()))
