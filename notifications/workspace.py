"""What stands in the navigation of the officers' workspace about mails."""

from django.utils.translation import gettext_lazy as _

from record_admin.workspace.entries import Section, register_list, register_lists_beside
from record_admin.workspace.finders import Finder, register_finder
from record_admin.workspace.other_work import register_others

from .admin.long_mailings import mailings_of_week
from .models import Address, Mail
from .staff_search import find_mails

register_list(Mail, Section.MAIL, 10, waiting=Mail.objects.in_trouble, among_tabs=_("Mails"))
register_lists_beside(Mail, [Address])
register_others(mailings_of_week)
register_finder(Finder("mails", _("Mails"), 80, (Mail,), find_mails))
