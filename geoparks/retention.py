"""Facts and reviews of a kind of site are kept."""

from history.retention import PUBLIC, keep

from .models import Geopark, Revalidation

keep(Geopark, Revalidation, because=PUBLIC, people=False)
