"""The rules of accessibility, asked of a page in the browser."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

COLOUR = ["color-contrast", "link-in-text-block"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}}
OF_COLOUR = {"runOnly": {"type": "rule", "values": COLOUR}}
OF_ALL_ELSE = ALL | {"rules": {rule: {"enabled": False} for rule in COLOUR}}
RUN = """([outside, options]) => axe.run({ exclude: outside }, { ...options, resultTypes: ["violations"] }).then(
    found => found.violations.map(rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 200))]))"""


def broken_rules(page: Page, rules: dict[str, Any] = ALL, outside: Sequence[str] = ()) -> list[tuple[str, list[str]]]:
    """Each rule that the page breaks, with the elements that break it. Works on a page whose own scripts never ran."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [(rule, nodes) for rule, nodes in page.evaluate(RUN, [list(outside), rules])]
