"""Two officers merge the same records at once: real connections, real row locks."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from designated_sites.duplicates import merging
from designated_sites.models import SiteRedirect
from history.models import Change
from reserves.models import BiosphereReserve
from tests.designated_sites.proposals.proposing import officer_person
from tests.events.registration.test_races import at_once
from tests.factories import BiosphereReserveFactory

pytestmark = pytest.mark.django_db(transaction=True)


def merging_of(first: Any, second: Any) -> Any:
    """An officer of their own who has looked at both records and is about to press the button."""
    by, seen = officer_person().user, merging.version_of(first, second)
    return lambda: merging.merge(
        model=BiosphereReserve, first=first.pk, second=second.pk, take={}, seen=seen, reason="One lake", by=by
    )


@pytest.mark.parametrize("opposite", [False, True])
def test_two_officers_merge_once(opposite: bool) -> None:
    sites = [BiosphereReserveFactory(slug=slug) for slug in ("one", "two")]
    for site in sites:
        site.reviews.create(year=2020 if site.slug == "one" else 2010)
    other = sites[::-1] if opposite else sites
    faults = at_once([merging_of(*sites), merging_of(*other)])
    assert [type(fault) for fault in faults] == [ValidationError]
    assert faults[0].messages == ["One of the two records is no longer there."]  # type: ignore[attr-defined]
    kept = BiosphereReserve.objects.get()
    assert sorted(kept.reviews.values_list("year", flat=True)) == [2010, 2020]
    gone = ({"one", "two"} - {kept.slug}).pop()
    assert [(one.old_slug, one.site.slug) for one in SiteRedirect.objects.all()] == [(gone, kept.slug)]
    assert Change.objects.filter(table_name="reserves_biospherereserve", action="DELETE").count() == 1


@pytest.mark.sweep
@pytest.mark.parametrize("first_is_merged", [False, True])
@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_merge_that_was_looked_at_before_another_is_refused(order: tuple[int, ...], first_is_merged: bool) -> None:
    """Two merges have one record in common. Whichever comes first, and whichever of the two records of each stays, the
    other is refused, though the record in common was not changed by a single value."""
    one, two, three = (BiosphereReserveFactory(slug=("one", "two", "three")[place]) for place in order)
    acts = [merging_of(one, two), merging_of(two, three)]
    first, second = acts[::-1] if first_is_merged else acts
    first()
    with pytest.raises(ValidationError, match="One of the two records"):
        second()
    assert BiosphereReserve.objects.count() == 2
    assert SiteRedirect.objects.count() == 1


def test_two_merges_with_one_record_in_common_come_one_after_the_other() -> None:
    one, two, three = (BiosphereReserveFactory(slug=slug) for slug in ("one", "two", "three"))
    faults = at_once([merging_of(one, two), merging_of(two, three)])
    assert len(faults) == 1  # the second to come finds a record gone, or changed since it was looked at
    assert isinstance(faults[0], ValidationError)
    assert BiosphereReserve.objects.count() == 2
    assert SiteRedirect.objects.count() == 1
