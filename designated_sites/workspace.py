"""What stands in the workspace of the officers about sites of both types."""

from django.utils.translation import gettext_lazy as _

from record_admin.workspace.entries import Section, register_list, register_lists_beside
from record_admin.workspace.finders import register_records

from .models import SiteProposal, SiteRedirect
from .site_types import site_types

register_list(SiteProposal, Section.SITES, 30, waiting=SiteProposal.objects.open)
register_lists_beside(SiteProposal, SiteRedirect)
register_records("sites", _("Sites"), 20, *(one.sites for one in site_types()))
