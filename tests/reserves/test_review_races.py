"""Two officers record one decision at once: real connections, real row locks."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from geoparks import revalidation_acts
from reserves import review_acts
from tests.designated_sites.proposals.proposing import officer_person
from tests.events.registration.test_races import at_once
from tests.factories import BiosphereReserveFactory, GeoparkFactory

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.date(2026, 6, 1)


def deciding(outcome: str, site: Any) -> Any:
    by = officer_person().user
    assert by
    return lambda: review_acts.record_decision(
        reserve=site, year=2025, outcome=outcome, decided_on=DAY, reason=f"Letter: {outcome}", by=by
    )


def test_one_of_many_decisions_is_recorded_and_the_others_are_refused_in_words() -> None:
    site = BiosphereReserveFactory(designation_year=2015)
    faults = at_once([deciding(outcome, site) for outcome in ("meets", "does_not_meet", "meets", "does_not_meet")])
    assert [type(fault) for fault in faults] == [ValidationError] * 3
    assert {word for fault in faults for word in fault.messages} == {"The one of 2025 is decided already."}  # type: ignore[attr-defined]
    [review] = site.reviews.all()
    assert (review.year, review.decided_on) == (2025, DAY)
    assert review.outcome in ("meets", "does_not_meet")


def test_report_and_decision_recorded_at_once_are_both_in_the_one_record() -> None:
    site = BiosphereReserveFactory(designation_year=2015)
    site.reviews.create(year=2025)
    by = officer_person().user
    assert by
    faults = at_once(
        [
            lambda: review_acts.record_submission(
                reserve=site, year=2025, received_on=dt.date(2025, 9, 1), reason="It came", by=by
            ),
            deciding("more_information", site),
        ]
    )
    assert faults == []
    [review] = site.reviews.all()
    assert (review.outcome, review.decided_on) == ("more_information", DAY)
    # Whoever came second wrote what the first had left: the report, or the information asked for meanwhile.
    assert dt.date(2025, 9, 1) in (review.received_on, review.information_received_on)


def test_revalidations_likewise() -> None:
    site = GeoparkFactory(designation_year=2020)
    by = officer_person().user
    assert by
    faults = at_once(
        [
            lambda card=card: revalidation_acts.record_decision(
                geopark=site, year=2023, card=card, decided_on=DAY, reason="Council", by=by
            )
            for card in ("green", "yellow", "green")
        ]
    )
    assert [type(fault) for fault in faults] == [ValidationError] * 2
    assert site.revalidations.count() == 1
