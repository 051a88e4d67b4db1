"""Counts in words: designated and aspiring are never added together."""

import pytest

from designated_sites.listing.counts import Tally, found_of_all, in_words

RESERVES = Tally({("reserve", "designated"): 138})
GEOPARKS = Tally({("geopark", "designated"): 70, ("geopark", "aspiring"): 8})


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        (RESERVES, "138 biosphere reserves"),
        (Tally({("reserve", "designated"): 1}), "1 biosphere reserve"),
        (GEOPARKS, "70 designated and 8 aspiring geoparks"),
        (Tally({("geopark", "aspiring"): 1}), "1 aspiring geopark"),
        (Tally({("geopark", "designated"): 70}), "70 geoparks"),
        (RESERVES + GEOPARKS, "138 biosphere reserves, 70 designated and 8 aspiring geoparks"),
        (Tally({("reserve", "designated"): 5, ("reserve", "withdrawn"): 1}), "5 designated and 1 withdrawn biosphere reserves"),
        (Tally(), "No sites"),
        (Tally({("reserve", "designated"): 0}), "No sites"),
    ],
)  # fmt: skip
def test_in_words(counted: Tally, words: str) -> None:
    assert in_words(counted) == words


@pytest.mark.parametrize(
    ("found", "everything", "words"),
    [
        (RESERVES, RESERVES, "138 biosphere reserves"),
        (Tally({("reserve", "designated"): 20}), RESERVES, "20 of 138 reserves"),
        (Tally(), RESERVES, "0 of 138 reserves"),
        (GEOPARKS, GEOPARKS, "70 designated and 8 aspiring geoparks"),
        (Tally({("geopark", "aspiring"): 8}), GEOPARKS, "8 aspiring geoparks, of 70 designated and 8 aspiring geoparks"),
        (Tally(), GEOPARKS, "No sites, of 70 designated and 8 aspiring geoparks"),
    ],
)  # fmt: skip
def test_found_of_all(found: Tally, everything: Tally, words: str) -> None:
    assert found_of_all(found, everything) == words
