"""What of this app the search over everything finds."""

from django.utils.translation import gettext_lazy as _

from directory.search import Source, register

from .models import Event

register(Source("event", _("Events"), lambda query: Event.objects.published().matching(query), order=50))
