"""Facts and reviews of a kind of site are kept."""

from history.retention import PUBLIC, keep

from .models import BiosphereReserve, PeriodicReview

keep(BiosphereReserve, PeriodicReview, because=PUBLIC, people=False)
