"""The catalogues of words: compiled by ourselves, sound, and holding nothing that no page says any more."""

import os
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from eabrn_portal.catalogues import bring_up_to_date

SOURCES = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))


def a_catalogue(place: Path, **words: str) -> Path:
    file = place / "ru" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.POFile()
    catalogue.extend(polib.POEntry(msgid=word, msgstr=said) for word, said in words.items())
    catalogue.save(str(file))
    return file


def test_catalogue_is_compiled_once_and_again_after_a_change(tmp_path: Path) -> None:
    source = a_catalogue(tmp_path, Lake="Озеро")
    compiled = source.with_suffix(".mo")
    assert bring_up_to_date([tmp_path]) == [compiled]
    assert {entry.msgid: entry.msgstr for entry in polib.mofile(str(compiled))} == {"Lake": "Озеро"}
    assert bring_up_to_date([tmp_path]) == []
    a_catalogue(tmp_path, Lake="Озёра")
    later = compiled.stat().st_mtime + 5
    os.utime(source, (later, later))
    assert bring_up_to_date([tmp_path]) == [compiled]
    assert sorted(file.name for file in compiled.parent.iterdir()) == ["django.mo", "django.po"]


def test_what_cannot_be_written_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_catalogue(tmp_path, Lake="Озеро")

    def refuse(*args: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(os, "replace", refuse)
    assert bring_up_to_date([tmp_path]) == []


def test_words_are_said_in_the_language_that_is_active() -> None:
    with translation.override("zh-hans"):
        assert gettext("Choose which mails you get") == "选择接收哪些邮件"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parts[-3])
def test_catalogue_is_sound(source: Path) -> None:
    """No placeholder lost, no entry empty or doubtful."""
    catalogue = polib.pofile(str(source))
    assert len(catalogue) > 100
    assert [entry.msgid for entry in catalogue if not entry.translated()] == []
    for entry in catalogue:
        said = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
        for words in said:
            assert set(_placeholders(words)) == set(_placeholders(entry.msgid_plural or entry.msgid)), entry.msgid


def _placeholders(words: str) -> list[str]:
    return [part.partition(")")[0] for part in words.split("%(")[1:]]
