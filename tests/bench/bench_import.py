"""What the import of 5,000 biosphere reserves costs, as a ratio to a `bulk_create` of the same rows with the triggers on.

The rows are the reserves with their links to member states and a further name each. The import is the whole second step:
the workbook is read, compared with the records, written and noted; the first step (the check) is told beside it.

    python -m tests.bench.bench_import [rows]
"""

import io
import sys
from collections.abc import Callable
from decimal import Decimal

from designated_sites.models import SiteName
from tests.bench import ground

from django.db import transaction  # isort: skip
from openpyxl import Workbook  # isort: skip

from accounts.models import User
from desk.sheet_import import importing as imports
from record_import.models import SheetUpload
from record_import.registry import sheet_for
from record_import.sheet_comparison import May, digest
from reserves.models import BiosphereReserve
from tests.bench.ground import Wanted
from tests.bench.sites import make_sites, make_states
from typed_records.bulk import bulk_create

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
# A point of each state that may be one: the import refuses others.
POINTS = {
    "CN": (35, 105), "JP": (36, 138), "KP": (40, 127), "KR": (36, 128), "KZ": (48, 68), "MN": (47, 104), "RU": (60, 100),
}  # fmt: skip
WANTED = {"import": Wanted(4, 6)}
EVERYTHING = May(add=True, change=lambda record: True, fixed=lambda record: ())


def undone(act: Callable[[], object]) -> None:
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


def same_rows(sites: list[BiosphereReserve]) -> Callable[[], None]:
    """A `bulk_create` of copies of these reserves, of their links and of their names."""
    through = BiosphereReserve.member_states.through
    links = list(through.objects.values_list("designatedsite_id", "memberstate_id"))
    names = list(SiteName.objects.values("site_id", "name", "kind", "language"))

    def create() -> None:
        made = {}
        for site in sites:
            facts = {
                one.attname: getattr(site, one.attname) for one in site._meta.concrete_fields if not one.primary_key
            }
            made[site.pk] = BiosphereReserve(**facts)
        bulk_create(list(made.values()), batch_size=1000)
        through.objects.bulk_create(
            [through(designatedsite_id=made[site].pk, memberstate_id=state) for site, state in links], batch_size=1000
        )
        SiteName.objects.bulk_create(
            [SiteName(**{**name, "site_id": made[name["site_id"]].pk}) for name in names], batch_size=1000
        )

    return create


def workbook_of(sites: list[BiosphereReserve]) -> bytes:
    sheet = sheet_for(BiosphereReserve)
    assert sheet
    headings = ["slug", "name", "status", "designation_year", "other_designations", "names", "member_states", "admin_region_en",
                "latitude", "longitude", "area_ha", "ecosystem", "core_ha", "transition_ha", "summary_en", "confidence"]  # fmt: skip
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(headings)
    for site in sites:
        facts = {heading: getattr(site, heading, "") for heading in headings}
        facts |= {
            "other_designations": "; ".join(site.other_designations), "member_states": "; ".join(site.state_codes),
            "names": "\n".join(f"name: {one.name} | kind: {one.kind} | language: {one.language}" for one in site.names.all()),
        }  # fmt: skip
        page.append([facts[heading] for heading in headings])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def measure() -> bool:
    make_states()
    make_sites(0, 2 * ROWS)
    sites = list(BiosphereReserve.objects.prefetch_related("names"))
    for site in sites:
        site.latitude, site.longitude = map(Decimal, POINTS[site.state_codes[0]])
    content, create = workbook_of(sites), same_rows(sites)
    BiosphereReserve.objects.all().delete()
    ground.analyse()
    officer, sheet = User.objects.create_user("officer@example.org"), sheet_for(BiosphereReserve)
    assert sheet
    facts = {"sheet": sheet, "may": EVERYTHING, "by": officer}

    def keep() -> SheetUpload:
        return imports.keep(name="bench.xlsx", content=content, **facts)

    kept = keep()
    if imports.counts(kept.shown) != {"new": ROWS, "changed": 0, "unchanged": 0, "problems": 0}:
        raise SystemExit(f"{imports.counts(kept.shown)}, {kept.shown['problems'][:3]}; nothing was measured.")

    def bring_in() -> None:
        end = imports.do(upload=kept, seen=digest(kept.shown), **facts)
        if end != imports.End.DONE or BiosphereReserve.objects.count() != ROWS:
            raise SystemExit(f"The import ended: {end}")

    found = ground.rounds(
        {"bulk_create": lambda: undone(create), "import": lambda: undone(bring_in), "check": lambda: undone(keep)}, 1
    )
    reference = found.pop("bulk_create")
    title = f"{ROWS} reserves, ratio to bulk_create of the same rows, median of {ground.RUNS} runs"
    return ground.told(title, found, dict.fromkeys(found, reference), WANTED, which=1)


if __name__ == "__main__":
    with ground.database():
        sys.exit(not measure())
