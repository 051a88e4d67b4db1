"""What the ground keeps: changes of records, entries of the search."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from history.models import Change
from history.retention import NOBODY, keep
from search.models import SearchEntry, StaleSearch

keep(
    Change,
    because=_(
        "The history of records that everybody reads, by the number of the account. A name that is taken out of a record is taken out of its history too."
    ),
)
keep(SearchEntry, StaleSearch, ContentType, because=NOBODY, people=False)
