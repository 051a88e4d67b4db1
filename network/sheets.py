"""Member states, partners, programmes and documents as sheets."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from record_import.definition import Sheet, register
from record_import.sheet_rows import SheetRow

RECORD = ("published", "sources")


def years_in_order(row: SheetRow) -> None:
    start, end = row.effective("start_year"), row.effective("end_year")
    if start.isdigit() and end.isdigit() and int(end) < int(start):
        row.refuse("end_year", _now("lies before start_year, %(year)s. Correct one of the two.") % {"year": start})


register(
    Sheet(
        "member states",
        (
            "name", "local_name", "local_language", "languages", "time_zones", "joined_year", "mab_committee",
            "mab_committee_name", "mab_committee_website", "national_commission", "national_commission_name", "note", *RECORD,
        ),
    )
)  # fmt: skip
register(
    Sheet(
        "partners",
        ("name", "local_name", "local_language", "aliases", "kind", "member_states", "website", "role", *RECORD),
        left_out={"programme_links": _("Its programmes stand in the sheet of programmes.")},
    )
)
register(
    Sheet(
        "programmes",
        ("name", "aliases", "kind", "parent", "start_year", "end_year", "summary", "partner_links", *RECORD),
        rules=(years_in_order,),
    )
)
register(
    Sheet(
        "documents",
        ("title", "kind", "year", "languages", "body", "programme", "url", "summary", *RECORD),
        left_out={"file": _("A file is put up in the form of the document.")},
    )
)
