"""What of this app the search over everything finds."""

from django.utils.translation import gettext_lazy as _

from directory.search import Source, register

from .models import Training

register(Source("training", _("Trainings"), lambda query: Training.objects.published().matching(query), order=60))
