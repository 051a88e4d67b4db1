"""What of this app the search over everything finds."""

from django.utils.translation import gettext_lazy as _

from search.sources import register_records

from .models import Event

register_records("event", _("Events"), Event, order=50)
