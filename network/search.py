"""What of the network the search over everything finds."""

from django.utils.translation import gettext_lazy as _

from search.sources import register_records

from .models import Document, MemberState, Partner, Programme

register_records("memberstate", _("Member states"), MemberState, order=20)
register_records("programme", _("Programmes"), Programme, order=30)
register_records("partner", _("Partners"), Partner, order=40)
register_records("document", _("Documents"), Document, order=70)
