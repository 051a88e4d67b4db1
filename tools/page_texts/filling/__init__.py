"""Fills an empty database with the network's data and with something of everything that a page can show.

What people do on public and own pages is done there, by forms; the rest is written as records. The same in each run.
"""

import secrets

from django.core.cache import cache
from django.core.management import call_command
from django.test import override_settings

from ..ground import LOOKED_AT, Clock
from . import coming, doing, network, over, people, sites, staff, trainings
from .people import Cast

__all__ = ["Cast", "fill"]


def fill(clock: Clock) -> Cast:
    call_command("load_network_data", verbosity=0)
    with override_settings(EMBEDDED=True):
        call_command("demo", stdout=_Nowhere())
    cast = people.fill()
    network.fill(cast)
    sites.fill(cast)
    coming.fill(cast)
    over.fill(cast)
    trainings.fill(cast)
    staff.fill(cast)
    doing.fill(cast, clock)
    clock.to(LOOKED_AT)
    doing.by_the_clock()
    cache.clear()
    secrets.token_hex()  # chance goes on from here in the pages that draw it
    return cast


class _Nowhere:
    def write(self, text: str) -> None:
        """The passwords of demo accounts are nobody's matter here."""
