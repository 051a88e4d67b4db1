"""Proposals for tests: a site of either kind with every fact filled, and other values for all of them."""

from typing import Any

from accounts.models import Person
from designated_sites.proposals import lifecycle
from designated_sites.proposals.differences import differences
from designated_sites.proposals.lifecycle import Decision
from designated_sites.stewardship import facts
from designated_sites.stewardship.editable_site_types import kind_of
from tests.factories import BiosphereReserveFactory, GeoparkFactory, PersonFactory, RoleGrantFactory, UserFactory

LANGUAGES = ("en", "zh_hans", "ja", "ko", "mn", "ru", "kk")
TEXTS = {f"admin_region_{code}": f"Region in {code}" for code in LANGUAGES} | {
    f"summary_{code}": f"First line in {code}.\n\nSecond line." for code in LANGUAGES
}
COMMON: dict[str, Any] = TEXTS | {
    "name": "Khuvsgul Lake", "names": [["local", "mn", "Хөвсгөл"], ["romanised", "", "Hovsgol"], ["former", "en", "Kosogol"]],
    "designation_year": 2001, "other_designations": ["ramsar", "world_heritage"], "latitude": "51.1", "longitude": "100.5",
    "accuracy_km": 12, "area_ha": "11802.5", "website": "https://khuvsgul.example/",
    "unesco_url": "https://unesco.example/khuvsgul", "sources": ["Decree 12", "https://example.org/survey"],
}  # fmt: skip
NEW: dict[str, dict[str, Any]] = {
    "reserve": COMMON | {
        "extension_years": [2010, 2015], "core_ha": "1000", "buffer_ha": "2000.25", "transition_ha": "0",
        "ecosystem": "wetland/lake",
    },
    "geopark": COMMON | {f"geological_theme_{code}": f"Theme in {code}" for code in LANGUAGES} | {
        "overlapping_names": ["Sayan", "Altai"],
    },
}  # fmt: skip


def site_of_kind(kind: str, **facts_given: Any) -> Any:
    return (BiosphereReserveFactory if kind == "reserve" else GeoparkFactory)(**facts_given)


def as_posted(site: Any, values: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends for these facts; the others as the record holds them."""
    posted: dict[str, Any] = {}
    for name, value in (facts.read_all(kind_of(site), site) | values).items():
        if name == "names":
            for number, row in enumerate(value):
                posted |= {f"names-{number}-{part}": cell for part, cell in zip(("kind", "language", "name"), row, strict=True)}  # fmt: skip
        elif isinstance(value, list) and name != "other_designations":
            posted[name] = "\r\n".join(str(one) for one in value)
        else:
            posted[name] = value.replace("\n", "\r\n") if isinstance(value, str) else value
    return posted


def named_steward(site: Any, **facts_given: Any) -> Person:
    """A person with an account who looks after a site."""
    person: Person = PersonFactory(user=UserFactory(), **facts_given)
    site.stewards.create(person=person)
    return person


def officer_person() -> Person:
    person: Person = PersonFactory(user=UserFactory(is_staff=True))
    RoleGrantFactory(person=person, role="secretariat")
    return person


def sent(site: Any, changes: dict[str, Any], person: Person | None = None) -> Any:
    """A proposal that waits, written on the record as it is."""
    person = person or named_steward(site)
    base = facts.read_all(kind_of(site), site)
    proposal = lifecycle.keep(site=site, person=person, base=base, changes=changes, reason="Measured anew")
    assert person.user
    lifecycle.send(proposal=proposal, by=person.user)
    return type(proposal).objects.select_related("site", "proposer").get(pk=proposal.pk)


def decisions(proposal: Any, **wanted: bool) -> dict[str, Decision]:
    """Decisions on what the record holds now: accepted, or refused with a reason."""
    fresh = type(proposal).objects.select_related("site").get(pk=proposal.pk)
    seen = {one.name: one.shown for one in differences(fresh)}
    return {
        name: Decision(accepted, "" if accepted else "No source", seen.get(name, ""))
        for name, accepted in wanted.items()
    }
