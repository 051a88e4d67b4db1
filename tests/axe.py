"""The rules of accessibility, asked of a page in the browser once it is whole and stands still."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

COLOUR = ["color-contrast", "link-in-text-block"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}}
OF_COLOUR = {"runOnly": {"type": "rule", "values": COLOUR}}
OF_ALL_ELSE = ALL | {"rules": {rule: {"enabled": False} for rule in COLOUR}}
EVERY_IMPACT = ("minor", "moderate", "serious", "critical")
GRAVE = ("serious", "critical")
# A colour on its way to another is neither. The pointer of the step before may lie on what the new page has there, so that
# a colour begins to change at any moment. Done by a style sheet of the script's, which no policy of content forbids.
STILL = """() => {
    const still = new CSSStyleSheet();
    still.replaceSync("*, ::before, ::after { transition: none !important; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
    document.getAnimations().filter(one => one.effect?.getComputedTiming().endTime < Infinity).forEach(one => one.finish());
}"""
RUN = """([outside, options]) => axe.run({ exclude: outside }, { ...options, resultTypes: ["violations"] }).then(
    found => found.violations.map(rule => [rule.id, rule.impact, rule.nodes.map(node => node.html.slice(0, 200))]))"""


def broken_rules(
    page: Page, rules: dict[str, Any] = ALL, outside: Sequence[str] = (), impacts: Sequence[str] = EVERY_IMPACT
) -> list[tuple[str, list[str]]]:
    """Each rule that the page breaks, with the elements that break it. Works on a page whose own scripts never ran."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(STILL)
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, [list(outside), rules])
    return [(rule, nodes) for rule, impact, nodes in found if impact in impacts]
