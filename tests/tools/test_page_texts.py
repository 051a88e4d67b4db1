"""The texts by which two releases are compared: what is read on a page, what is left out of it, what counts as a change."""

from pathlib import Path

import pytest

from tools.page_texts import reading, varying
from tools.page_texts.compare import Comparing, Meant

PAGE = """
<html lang="en"><head><title>Lakes</title><style>p {}</style></head><body>
<h1>Lakes</h1><p>Deep, <a href="/events/lakes/register/12:abcdef:ghijklmnopqrstuvwxyz/">your place</a></p>
<form method="post" action="/me/people/12/"><input type="hidden" name="csrfmiddlewaretoken" value="x1">
<label>State <select name="state"><option value="12" selected>Mongolia</option><option value="JP">Japan</option></select></label>
<textarea name="why">One
two</textarea></form>
<script>alert(1)</script><script type="application/ld+json">{"b": 1, "a": "/admin/x/12/"}</script></body></html>
"""


def test_page_is_read_with_links_fields_and_choices() -> None:
    assert reading.page(PAGE).splitlines() == [
        "{lang=en}", "Lakes", "# Lakes", "Deep, [ your place ](/events/lakes/register/TOKEN/)", "<form post /me/people/N/>",
        "<hidden csrfmiddlewaretoken =SIGNED>", "State", "<select state>", "( N ) Mongolia *", "( JP ) Japan", "<textarea why> One",
        "two", "{", ' "a": "/admin/x/N/",', ' "b": 1', "}",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "without"),
    [
        ("/admin/events/event/12/change/", "/admin/events/event/N/change/"),
        ("/events/?year=2026&page=2", "/events/?year=2026&page=2"),
        ("/admin/x/?person__id__exact=12", "/admin/x/?person__id__exact=N"),
        ("/join/abcdefghijklmnopqrst/", "/join/TOKEN/"),
        ("/join/renewed/", "/join/renewed/"),
        ("/api/ogc/collections/reserves/items?limit=3", "/api/ogc/collections/reserves/items?limit=3"),
        ("/accounts/login/?next=/me/people/12/", "/accounts/login/?next=/me/people/N/"),
    ],
)
def test_keys_and_tokens_are_left_out_of_addresses(address: str, without: str) -> None:
    assert varying.address(address) == without


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    before, after = tmp_path / "before", tmp_path / "after"
    for folder, texts in ((before, {"a": "One\nTwo\n", "b": "Gone\n"}), (after, {"a": "One\nThree\n", "c": "New\n"})):
        folder.mkdir()
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text)
    return before, after


def compared(folders: tuple[Path, Path], tmp_path: Path, *meant: str) -> int:
    said = tmp_path / "meant.txt"
    said.write_text("\n".join(["# what is meant", "", *meant]))
    return Comparing(*folders, Meant.read(said)).run()


def test_differences_are_told(folders: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compared(folders, tmp_path) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["missing: b.txt", "added: c.txt"]
    assert {"-Two", "+Three"} <= set(lines)
    assert lines[-2] == "2 files before, 2 after; 1 missing, 1 added, 1 changed"


def test_what_is_meant_is_left_out(folders: tuple[Path, Path], tmp_path: Path) -> None:
    assert (
        compared(folders, tmp_path, "file: ^c", r"^a\.txt: -Two$", r"^a\.txt: \+Three$") == 1
    )  # b is gone all the same
    assert compared(folders, tmp_path, "file: ^[bc]", r"^a\.txt: -Two$", r"^a\.txt: \+Three$") == 0


def test_what_is_called_otherwise_is_compared_by_its_new_name(folders: tuple[Path, Path], tmp_path: Path) -> None:
    assert compared(folders, tmp_path, r"now: ^b\.txt$ => c.txt", "now: Gone => New", "now: Two => Three") == 0


def test_lines_in_another_order_are_meant_where_nothing_else_differs(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    before, after = folders
    (before / "list.txt").write_text("Lake\nRiver\nSea,\n")
    (after / "list.txt").write_text("Sea,\nRiver,\nLake\n")
    others = "file: ^[abc]"
    assert compared(folders, tmp_path, others) == 1
    assert compared(folders, tmp_path, others, "order: ^list") == 0
    (after / "list.txt").write_text("Sea,\nRiver,\nPond\n")
    assert compared(folders, tmp_path, others, "order: ^list") == 1
