"""What stands in the workspace of the officers about the network and its papers."""

from django.utils.translation import gettext_lazy as _

from record_admin.workspace.entries import Section, register_list
from record_admin.workspace.finders import register_records

from .models import Document, MemberState, PageText, Partner, Programme

register_list(MemberState, Section.NETWORK, 10)
register_list(Partner, Section.NETWORK, 20)
register_list(Programme, Section.NETWORK, 30)
register_list(Document, Section.NETWORK, 50)
register_list(PageText, Section.OVERSIGHT, 10)
register_records("documents", _("Documents"), 60, Document)
register_records("network", _("Member states, partners, programmes"), 70, MemberState, Partner, Programme)
