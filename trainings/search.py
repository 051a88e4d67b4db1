"""What of this app the search over everything finds."""

from django.utils.translation import gettext_lazy as _

from search.sources import register_records

from .models import Training

register_records("training", _("Trainings"), Training, order=60)
