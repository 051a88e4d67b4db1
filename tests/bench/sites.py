"""Made-up sites in any number: facts as mixed as those of the network, the same in every run."""

import random
from decimal import Decimal

from designated_sites.models import SiteName
from geoparks.models import Geopark
from network.models import MemberState
from records.formats.vocabulary import Designation
from reserves.models import BiosphereReserve
from tests.factories import STATE_NAMES
from typed_records.bulk import bulk_create


def make_states() -> None:
    MemberState.objects.bulk_create([MemberState(code=code, name=name) for code, name in STATE_NAMES.items()])


def make_sites(first: int, last: int) -> None:
    """Half of them reserves; facts as mixed as those of the network, the same in every run."""
    dice = random.Random(first)
    for model in (BiosphereReserve, Geopark):
        numbers = range(first // 2, last // 2)
        sites = bulk_create([_site(model, number, dice) for number in numbers], batch_size=1000)
        through = model.member_states.through
        key = model._meta.get_field("member_states").m2m_field_name()
        through.objects.bulk_create(
            [
                through(**{f"{key}_id": site.pk, "memberstate_id": code})
                for site in sites
                for code in dice.sample(list(STATE_NAMES), dice.choice((1, 1, 1, 1, 1, 1, 1, 1, 1, 2)))
            ],
            batch_size=5000,
        )
        SiteName.objects.bulk_create(
            [SiteName(site=site, name=f"名{site.name}", kind="local", language="zh-Hans") for site in sites],
            batch_size=5000,
        )


def _site(model: type, number: int, dice: random.Random) -> BiosphereReserve | Geopark:
    reserve = model is BiosphereReserve
    own = Designation.BIOSPHERE_RESERVE if reserve else Designation.GLOBAL_GEOPARK
    others = [value for value in Designation.values if value != own]
    facts = {
        "ecosystem": dice.choice(BiosphereReserve.Ecosystem.values),
        "core_ha": Decimal(dice.randrange(100, 90_000)),
        "transition_ha": dice.choice((None, Decimal(dice.randrange(1, 90_000)))),
    }
    return model(
        slug=f"site-{number}", name=f"Site {number:05}", designation_year=dice.randrange(1976, 2026),
        latitude=round(Decimal(dice.uniform(20, 70)), 4), longitude=round(Decimal(dice.uniform(40, 150)), 4),
        area_ha=dice.choice((None, Decimal(dice.randrange(1, 900_000)))), summary="A mountain range with old forest. " * 4,
        admin_region="Some Province", other_designations=dice.sample(others, dice.choice((0, 0, 1, 2))),
        **(facts if reserve else {"geological_theme": "Volcanoes and karst"}),
    )  # fmt: skip
