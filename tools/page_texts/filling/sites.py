"""What belongs to reserves and geoparks: photos, reviews, stewards, proposals, former addresses, pairs that are no duplicates."""

import datetime as dt
from typing import Any

from django.utils import timezone

from ..names import about_site, fields_of, make, model, one
from .people import Cast

PHOTO = {"credit": "Bat", "licence": "CC BY 4.0", "width": 1600, "height": 900, "widths": [480, 960]}


def fill(cast: Cast) -> None:
    khuvsgul, hustai = (one("BiosphereReserve", slug=slug) for slug in ("khuvsgul-lake", "hustai-nuruu"))
    jeju = one("Geopark", slug="jeju-island")
    make(
        "ReservePhoto",
        site=khuvsgul,
        image="photos/" + "a" * 32 + ".jpg",
        alt="The lake in winter",
        taken_year=2024,
        **PHOTO,
    )
    make("GeoparkPhoto", site=jeju, image="photos/" + "b" * 32 + ".jpg", alt="The crater", **PHOTO)
    make("ReserveName", site=khuvsgul, name="Хубсугул (раньше)", kind="former", language="ru", order=9)
    make("GeoparkSteward", site=jeju, person=cast.geopark_steward, since=dt.date(2025, 1, 1))
    make("ReserveSteward", site=hustai, person=cast.others[0], since=dt.date(2020, 1, 1), until=dt.date(2024, 1, 1))
    khuvsgul.confirmed_at, khuvsgul.confirmed_by = timezone.now() - dt.timedelta(days=100), cast.steward
    khuvsgul.save()
    _reviews(khuvsgul, hustai, jeju)
    _proposals(cast, hustai, jeju)
    _former_address(khuvsgul)
    _not_duplicates(cast)
    about_site("SiteLink", khuvsgul, "reserve", own="kind", person=cast.participant)


def _former_address(khuvsgul: Any) -> None:
    facts: dict[str, Any] = {"kind": "reserve", "old_slug": "hovsgol-lake", "former_id": khuvsgul.pk}
    known = fields_of(model("SiteRedirect"))
    make("SiteRedirect", **facts, **({"site": khuvsgul} if "site" in known else {"new_slug": khuvsgul.slug}))


def _reviews(khuvsgul: object, hustai: object, jeju: object) -> None:
    report = one("Document", slug="lakes-report")
    make(
        "PeriodicReview",
        site=khuvsgul,
        year=2007,
        received_on=dt.date(2007, 9, 30),
        decided_on=dt.date(2008, 2, 8),
        outcome="meets",
        public_source="https://example.org/2008",
        document=report,
        note="As decided",
    )
    make(
        "PeriodicReview",
        site=khuvsgul,
        year=2017,
        received_on=dt.date(2017, 9, 30),
        decided_on=dt.date(2018, 7, 25),
        outcome="meets",
    )
    make(
        "PeriodicReview",
        site=hustai,
        year=2022,
        received_on=dt.date(2022, 10, 3),
        decided_on=dt.date(2023, 6, 15),
        outcome="more_information",
        deferred_until=dt.date(2027, 9, 30),
    )
    make(
        "Revalidation",
        site=jeju,
        year=2022,
        decided_on=dt.date(2022, 9, 5),
        card="green",
        public_source="https://example.org/card",
        summary_received_on=dt.date(2021, 11, 1),
    )
    make(
        "Revalidation",
        site=one("Geopark", slug="arxan"),
        year=2021,
        decided_on=dt.date(2021, 9, 5),
        card="yellow",
        document=report,
    )


def _proposals(cast: Cast, hustai: object, jeju: object) -> None:
    now = timezone.now()
    base, changes = {"website": "", "core_ha": ""}, {"website": "https://hustai.example.org/", "core_ha": "1200"}
    decided = {
        "website": {"accepted": True, "reason": "", "was": ""},
        "core_ha": {"accepted": False, "reason": "No source is named.", "was": ""},
    }
    make("ReserveProposal", site=hustai, proposer=cast.focal_point, base=base, changes=changes, reason="Measured anew", state="decided",
         decisions=decided, sent_at=now, decided_at=now, decided_by=cast.officer.user)  # fmt: skip
    make(
        "ReserveProposal",
        site=hustai,
        proposer=cast.focal_point,
        base=base,
        changes=changes,
        reason="Still to be decided",
        state="open",
        sent_at=now,
    )
    make("GeoparkProposal", site=jeju, proposer=cast.geopark_steward, base={"website": ""}, changes={"website": "https://jeju.example.org/"},
         reason="A new address", state="open", sent_at=now)  # fmt: skip
    make(
        "GeoparkProposal",
        site=jeju,
        proposer=cast.others[4],
        base={"website": ""},
        changes={"website": "https://old.example.org/"},
        state="withdrawn",
        sent_at=now,
    )


def _not_duplicates(cast: Cast) -> None:
    first, second = sorted(
        (one("BiosphereReserve", slug=slug) for slug in ("khuvsgul-lake", "hustai-nuruu")), key=lambda site: site.pk
    )
    facts = {"reason": "Two lakes apart", "by": cast.officer.user}
    if "first_id" in {field.name for field in model("NotADuplicate")._meta.get_fields()}:
        make("NotADuplicate", kind="reserve", first_id=first.pk, second_id=second.pk, **facts)
    else:
        make("NotADuplicate", first=first, second=second, **facts)
