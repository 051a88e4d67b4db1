"""Partners, programmes and documents beyond the data files: what officers add in the admin."""

from django.core.files.base import ContentFile

from ..names import make, one
from .people import Cast


def fill(cast: Cast) -> None:
    partner = make(
        "Partner", slug="lake-institute", name_en="Institute of Lakes", name_ru="Институт озёр", kind="academia", aliases=["Lake House"],
        website="https://lakes.example.org/", sources=["https://lakes.example.org/about", "A letter of 2026"], local_name="Нуурын хүрээлэн", local_language="mn",
    )  # fmt: skip
    partner.member_states.set([one("MemberState", code=code) for code in ("MN", "RU")])
    parent = make(
        "Programme",
        slug="lakes-programme",
        name_en="Programme of lakes",
        kind="programme",
        start_year=2020,
        summary_en="First line.\nSecond line.",
    )
    offer = make(
        "Programme",
        slug="offer-lakes",
        name_en="Advice on lakes",
        kind="offer",
        parent=parent,
        summary_en="Ask us about lakes.",
    )
    make("ProgrammePartner", programme=parent, partner=partner, role="Lead")
    make("ProgrammePartner", programme=offer, partner=partner)
    document = make(
        "Document", slug="lakes-report", title_en="Report on lakes", title_ru="Отчёт об озёрах", kind="report", year=2026, languages=["en", "ru"],
        body="Institute of Lakes", summary_en="One.\nTwo.", programme=parent,
    )  # fmt: skip
    document.file.save("lakes.pdf", ContentFile(b"%PDF-1.7 a report"))
    make("Partner", slug="not-yet-published", name_en="Not yet published", kind="media", published=False)
