"""Certificates and letters as another program reads them: text of every script, tags, language, nothing from outside."""

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfReader

from tests.factories import MemberStateFactory, SeatClassFactory
from tests.trainings.held import held_training, taking_part
from trainings.certificates import certifying, letters
from trainings.certificates.papers import paper_of
from trainings.models import Certificate

pytestmark = pytest.mark.django_db

# Language of the person, title in it, name, native name and its language, tag of the document.
SCRIPTS = [
    ("en", "Monitoring of lakes", "Zoë Çelik-Łoś Ngũgĩ", "", "", "en"),
    ("zh-hans", "湖泊监测培训", "Wang Xiaoming", "王小明", "zh-Hans", "zh-CN"),
    ("ja", "湖沼モニタリング研修", "Sato Sakura", "佐藤 さくら", "ja", "ja-JP"),
    ("ko", "호수 모니터링 교육", "Kim Cheolsu", "김철수", "ko", "ko-KR"),
    ("mn", "Нуурын мониторингийн сургалт", "Bat-Erdene Ulziit", "Бат-Эрдэнэ Өлзийт үүр", "mn", "mn"),
    ("ru", "Наблюдение за озёрами", "Yekaterina Shcherbakova", "Екатерина Щербакова ёъы", "ru", "ru"),
    ("kk", "Көлдерді бақылау оқуы", "Asel", "Әсел Ғанибетқызы Қ Ң Ө Ұ Ү Һ І әғқңөұүһі", "kk", "kk"),
]


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def certificate(language: str, title: str, **facts: Any) -> Certificate:
    training = held_training(**{f"title_{language.replace('-', '_')}": title})
    person = taking_part(training, "attended", language=language, **facts).person
    return certifying.issue(activity=training, person=person, by=None)


@pytest.mark.parametrize(("language", "title", "name", "native", "native_language", "tag"), SCRIPTS)
def test_text_of_every_script_can_be_read_out(
    language: str, title: str, name: str, native: str, native_language: str, tag: str
) -> None:
    made = certificate(language, title, name=name, native_name=native, native_language=native_language)
    content = paper_of([made])
    reader = PdfReader(io.BytesIO(content))
    text = text_of(content)
    for part in (title, name, native, made.number, made.dates, f"/certificates/{made.number}/"):
        assert part in text
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == tag
    assert root["/MarkInfo"]["/Marked"].value
    assert "/StructTreeRoot" in root
    assert made.number in str(reader.metadata and reader.metadata.title)
    assert b"pdfuaid" in root["/Metadata"].get_data()


def embedded(content: bytes) -> list[bool]:
    """Of each font whether its letters are inside."""
    fonts = []
    for page in PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            below = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = below["/FontDescriptor"].get_object()
            fonts.append(any(name in descriptor for name in ("/FontFile2", "/FontFile3")))
    return fonts


def test_fonts_are_inside_and_only_the_own_address_is_named(settings: Any) -> None:
    content = paper_of([certificate("ja", "湖沼研修", name="Sato", native_name="佐藤", native_language="ja")])
    assert embedded(content)
    assert all(embedded(content))
    links = [
        annotation.get_object()["/A"]["/URI"]
        for page in PdfReader(io.BytesIO(content)).pages
        for annotation in page.get("/Annots", [])
    ]
    assert links
    assert all(link.startswith(f"{settings.SITE_URL}/certificates/") for link in links)
    assert b"/JavaScript" not in content
    assert b"/Launch" not in content


MARKUP = '#panic("x") *b* _i_ $x^2$ #read("/etc/passwd") @ref <label> [x] // c \\ "q" `raw`'


def test_markup_in_names_and_titles_comes_out_as_text() -> None:
    training = held_training(title=MARKUP)
    person = taking_part(training, "attended", name=MARKUP).person
    text = text_of(paper_of([certifying.issue(activity=training, person=person, by=None)]))
    assert "".join(text.split()).count("".join(MARKUP.split())) == 2


def test_same_row_gives_the_same_bytes() -> None:
    made = certificate("ko", "호수", name="Kim")
    assert paper_of([made]) == paper_of([Certificate.objects.get()])


def test_all_of_a_training_stand_in_one_file_each_in_its_language() -> None:
    training = held_training(title_ja="湖沼")
    for name, language in (("A", "ja"), ("B", "en"), ("C", "mn")):
        taking_part(training, "attended", name=name, language=language)
    made = certifying.issue_all(activity=training, by=None)
    pages = PdfReader(io.BytesIO(paper_of(made))).pages
    assert [("湖沼" in page.extract_text(), one.number in page.extract_text()) for page, one in zip(pages, made, strict=True)] == [
        (True, True), (False, True), (False, True),
    ]  # fmt: skip


def test_longest_name_and_title_stay_on_one_page() -> None:
    training = held_training(title="Long title of a training " * 10)
    person = taking_part(training, "attended", name="Wolfeschlegelsteinhausen " * 6, native_name="Имя " * 37).person
    made = certifying.issue(activity=training, person=person, by=None)
    assert len(PdfReader(io.BytesIO(paper_of([made]))).pages) == 1


LETTER = {"letter_office": "The office\n1 Street", "letter_signatory": "The head", "letter_words": "Bring #boots."}


def test_letter_names_training_seat_and_what_is_paid() -> None:
    training = held_training(**LETTER, venue="Khuvsgul", costs="Travel is paid.\nThe visa is not.")
    application = taking_part(
        training, name="Bat", native_name="Бат", native_language="mn", organisation="Hustai", position="Ranger",
        member_state=MemberStateFactory(code="MN"),
    )  # fmt: skip
    application.seat_class = SeatClassFactory(training=training, funding="full", covers="Flight and hotel")
    application.save()
    content = letters.letter_of(application)
    text = text_of(content)
    for part in ("The office", "1 Street", "Bat", "Бат", "Hustai", "Ranger", "Monitoring of lakes", "4 to 5 May 2026", "Khuvsgul",
                 "Fully funded, On site. Flight and hotel", "Travel is paid.", "The visa is not.", "Bring #boots.", "The head",
                 application.reference):  # fmt: skip
        assert part in text
    assert content == letters.letter_of(application)
    assert PdfReader(io.BytesIO(content)).trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]


@pytest.mark.parametrize("state", ["submitted", "reserve_list", "declined", "not_selected", "attended"])
def test_no_letter_for_whoever_has_no_seat_to_come_to(state: str) -> None:
    training = held_training(**LETTER)
    rank = {"reserve_rank": 1, "seat_class": SeatClassFactory(training=training)} if state == "reserve_list" else {}
    application = taking_part(training, "submitted")
    type(application).objects.filter(pk=application.pk).update(state=state, **rank)
    application.refresh_from_db()
    with pytest.raises(ValidationError, match="selected or have confirmed"):
        letters.letter_of(application)


def test_no_letter_without_the_words_of_the_office() -> None:
    application = taking_part(held_training(letter_office="The office"))
    with pytest.raises(ValidationError, match="nobody who signs"):
        letters.letter_of(application)
