"""What of the network the search over everything finds."""

from django.utils.translation import gettext_lazy as _

from directory.search import Source, register

from .models import Document, MemberState, Partner, Programme

register(
    Source("memberstate", _("Member states"), lambda query: MemberState.objects.published().matching(query), order=20)
)
register(Source("programme", _("Programmes"), lambda query: Programme.objects.published().matching(query), order=30))
register(Source("partner", _("Partners"), lambda query: Partner.objects.published().matching(query), order=40))
register(Source("document", _("Documents"), lambda query: Document.objects.published().matching(query), order=70))
