"""What templates and style sheets may never hold: inline style and script, other hosts, values that are no token."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
TAKEN_ALONG = settings.BASE_DIR / "templates" / "accounts" / "own_data.html"  # a file that is read without the portal
PAGES = [path for path in TEMPLATES if "mails" not in path.parts and "mail" not in path.parts and path != TAKEN_ALONG]
SHEETS = sorted((settings.BASE_DIR / "static" / "css").rglob("*.css"))
CSS = settings.BASE_DIR / "static" / "css"


def name(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


def without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def test_there_are_templates_and_style_sheets_to_look_at() -> None:
    assert {"templates/base.html", "templates/500.html"} <= {name(path) for path in PAGES}
    assert {"static/css/tokens.css", "static/css/parts/atlas.css"} <= {name(path) for path in SHEETS}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_page_has_no_inline_style_script_or_handler(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"\sstyle\s*=|<style", text) == []
    assert re.findall(r"<[^>]*\son[a-z]+\s*=", text) == []
    scripts = re.findall(r"<script\b[^>]*>", text)
    data = ('type="application/json"', 'type="application/ld+json"')  # not run, so no policy stops them
    assert [tag for tag in scripts if "src=" not in tag and not any(kind in tag for kind in data)] == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_page_fetches_nothing_from_another_host(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"""(?:src|srcset|action|poster)\s*=\s*["'](?:https?:)?//""", text) == []
    assert re.findall(r"""<(?:link|use)\b[^>]*href\s*=\s*["'](?:https?:)?//""", text) == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_page_uses_only_icons_of_the_sprite(path: Path) -> None:
    sprite = set(re.findall(r'<symbol id="(i-[a-z]+)"', (settings.BASE_DIR / "templates" / "_icons.html").read_text()))
    assert set(re.findall(r'"#(i-[a-z]+)"', path.read_text())) - sprite == set()


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_style_sheet_fetches_nothing(path: Path) -> None:
    css = without_comments(path.read_text())
    assert re.findall(r"@import|@font-face|https?:|url\(", css) == []


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_braces_of_a_style_sheet_close(path: Path) -> None:
    depth, deepest = 0, 0
    for brace in re.findall(r"[{}]", without_comments(path.read_text())):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
        deepest = max(deepest, depth)
    assert depth == 0
    assert deepest <= 3  # a rule in @supports in @media, never a query in a rule


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_style_sheet_uses_only_tokens_that_exist(path: Path) -> None:
    defined = set(re.findall(r"(--[a-z0-9-]+)\s*:", (CSS / "tokens.css").read_text() + path.read_text()))
    used = set(re.findall(r"var\((--[a-z0-9-]+)", without_comments(path.read_text())))
    assert used - defined == set()


def test_light_and_dark_give_a_value_to_the_same_colours() -> None:
    light, dark = re.findall(r"^\s*:root \{(.*?)^\s*\}", (CSS / "tokens.css").read_text(), re.DOTALL | re.MULTILINE)[:2]
    values = {token for token, value in re.findall(r"(--[a-z0-9-]+): ([^;]+);", light) if value.startswith("#")}
    assert values - set(re.findall(r"(--[a-z0-9-]+):", dark)) == set()
