"""Papers survive any name: every script of the region is drawn, what no font has is said, and nobody breaks a batch."""

import datetime as dt
import io
import unicodedata
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from accounts.models import Person
from records import letters as fonts
from records.papers import typeset
from tests.factories import EventFactory
from tests.people import signed_in
from tests.trainings.held import held_training, taking_part
from trainings.certificates import certifying, letters, papers
from trainings.certificates.words import PAPERS

pytestmark = pytest.mark.sweep

# A name in each script of the region and of its guests, all of whose letters are drawn.
NAMES = {
    "Mongolian": "ᠪᠠᠲᠤ ᠮᠥᠩᠬᠡ", "Phags-pa": "ꡏꡡꡃꡣꡡꡙ", "Tibetan": "བཀྲ་ཤིས་རྡོ་རྗེ", "Uyghur": "ئۇيغۇر تۇرسۇن", "Kazakh": "قازاق ۇلى",
    "Yi": "ꆈꌠꁱꂷ", "Lisu": "ꓡꓲ ꓢꓴ", "Miao": "𖼀𖽑", "Dai": "ᥖᥭᥰ ᦷᦺᦜᦾ", "Thai": "สมชาย ใจดี", "Lao": "ສົມສັກ", "Khmer": "សុខា",
    "Burmese": "အောင်ဆန်း", "Hindi": "मोहन शर्मा", "Chinese": "王小明 㐂", "Japanese": "佐藤さくら ヴ", "Korean": "김철수",
    "Russian": "Щербакова", "Vietnamese": "Nguyễn Thị Ộ", "Georgian": "ნინო", "Armenian": "Արամ", "Hebrew": "דוד", "Greek": "Ελένη",
}  # fmt: skip
WITHOUT_FONT = ["😀", "𝔅", "\ue000", "𓀀", "మో", "\U0010fffd"]
NOT_WRITTEN = ["\x07", "\x1b[31m", "\u202e", "\u200b", "\ufeff", "\ud800", "\x00", "\u2066", "\u00ad", "\ufe0f"]


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def letter(name: str) -> bytes:
    facts: dict[str, object] = {
        "tongue": {"lang": "en", "region": None, "fonts": ["Noto Sans", "Noto Sans CJK SC"]}, "office": [name], "day": "", "name": name,
        "native_name": name, "native_tongue": {"lang": "mn", "region": None, "fonts": ["Noto Sans"]}, "addressee": [name],
        "lines": [[name, name]], "words": [name], "signatory": name,
    }  # fmt: skip
    return typeset(letters.TEMPLATE, facts)


@pytest.mark.parametrize("script", NAMES)
def test_every_script_of_the_region_is_drawn(script: str) -> None:
    assert fonts.without_font(NAMES[script]) == []
    assert fonts.SUBSTITUTE not in text_of(letter(NAMES[script]))


@pytest.mark.parametrize("sign", WITHOUT_FONT)
def test_letter_without_a_font_is_drawn_as_a_sign(sign: str) -> None:
    assert fonts.without_font(f"Bat {sign}") == list(sign)
    assert f"Bat {fonts.SUBSTITUTE * len(sign)}" in text_of(letter(f"Bat {sign}"))


@pytest.mark.parametrize("sign", NOT_WRITTEN)
def test_what_is_no_letter_is_taken_out(sign: str) -> None:
    assert fonts.without_font(f"Ba{sign}t") == []
    assert sign not in fonts.printable(f"Ba{sign}t")
    assert letter(f"Ba{sign}t")


def test_letters_taken_for_usual_have_a_font() -> None:
    usual = {chr(code) for first, last in fonts.USUAL for code in range(ord(first), ord(last) + 1)}
    written = {one for one in usual if unicodedata.category(one) not in ("Cc", "Cf", "Cn")}
    assert [one for one in written if ord(one) not in fonts._covered()] == []


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_gives_a_paper(text: str) -> None:
    assert letter(text).startswith(b"%PDF")


def test_what_cannot_be_shaped_is_set_in_plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("records.papers.printable", lambda text: text)
    assert f"Bat {fonts.SUBSTITUTE}" in text_of(letter("Bat 😀"))


@pytest.mark.django_db
def test_certificates_of_an_event_with_every_name_stand_in_one_file(officer_client: Client) -> None:
    training = held_training(title="Monitoring 😀\x07")
    for name in [*NAMES.values(), *WITHOUT_FONT, "Bell\x07"]:
        taking_part(training, "attended", name=f"Bat {name}", native_name=name, native_language="mn")
    made = certifying.issue_all(activity=training, by=None)
    answer = officer_client.get(f"/admin/trainings/training/{training.pk}/certificates.pdf/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == len(made)


@pytest.mark.django_db
def test_one_that_cannot_be_set_is_left_out_and_named(officer_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    training = held_training()
    for name in ("Aida", "Broken", "Chen"):
        taking_part(training, "attended", name=name)
    made = {one.name: one for one in certifying.issue_all(activity=training, by=None)}
    page = papers._page

    def breaking(certificate: Any) -> Any:
        if certificate.name == "Broken":
            raise KeyError("a language without words")
        return page(certificate)

    monkeypatch.setattr(papers, "_page", breaking)
    answer = officer_client.get(f"/admin/trainings/training/{training.pk}/certificates.pdf/")
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(answer.content)).pages]
    assert [name in text for name, text in zip(("Aida", "Chen"), pages, strict=False)] == [True, True]
    assert len(pages) == 3
    assert made["Broken"].number in pages[2]
    told = officer_client.get("/admin/").content.decode()
    assert made["Broken"].number in told
    monkeypatch.setattr(papers, "_page", lambda certificate: breaking(made["Broken"]))
    assert officer_client.get(f"/admin/trainings/training/{training.pk}/certificates.pdf/").status_code == 302


@pytest.mark.django_db
def test_profile_says_what_papers_cannot_show_and_keeps_it(stranger: Person) -> None:
    client = signed_in(stranger.user)
    facts = {
        "name": "Bat 😀",
        "native_name": "ᠪᠠᠲᠤ",
        "native_language": "mn",
        "language": "en",
        "time_zone": "Asia/Tokyo",
        "sex": "not_said",
    }
    page = client.get("/me/profile/")
    facts["sex"] = page.context["form"].fields["sex"].choices[-1][0]
    answer = client.post("/me/profile/", facts, follow=True)
    text = answer.content.decode()
    stranger.refresh_from_db()
    assert stranger.name == "Bat 😀"
    assert text.count("cannot show 😀") == 2  # once when it was kept, once beside the field
    assert 'id="id_name_letters"' in text
    assert 'id="id_native_name_letters"' not in text


@pytest.mark.django_db
def test_stranger_who_registers_is_told_too() -> None:
    soon = timezone.now() + dt.timedelta(days=3)
    event = EventFactory(format="online", starts_at=soon, registration_opens_at=soon - dt.timedelta(days=9))
    page = Client().post(f"/events/{event.slug}/register/", {"name": "Bat 😀", "email": "no address"})
    text = page.content.decode()
    assert "cannot show 😀" in text, text[text.find("<main") :][:3000]


def test_templates_of_papers_are_all_known_here() -> None:
    assert sorted(path.name for path in PAPERS.glob("*.typ")) == ["certificate.typ", "letter.typ"]
