"""A name in a mail means one thing: it is given once, and no tag of its templates gives it to something else."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.template import engines
from django.template.defaulttags import ForNode, WithNode
from django.templatetags.i18n import BlockTranslateNode

from notifications import mail_types
from notifications.composing.letters import once_each

from .test_golden_mails import real_kinds

EVERYWHERE = {
    "site_name",
    "home_url",
    "language",
    "is_service",
    "preferences_url",
    "stop_url",
    "when",
    "zone",
    "subject",
    "own_text",
}


def test_name_that_is_given_twice_is_an_error() -> None:
    assert once_each({"site_name": "EABRN"}, {"site": "Hustai"}) == {"site_name": "EABRN", "site": "Hustai"}
    with pytest.raises(ValueError, match="given twice: home_url"):
        once_each({"home_url": "https://a.example"}, {"home_url": "https://a.example/reserves/hustai/"})


def bound(node: Any) -> Iterator[tuple[str, str]]:
    """Names that tags of a template give to something, each with what it is given to."""
    if isinstance(node, ForNode):
        yield from ((name, f"each of {node.sequence}") for name in node.loopvars)
    if isinstance(node, WithNode | BlockTranslateNode):
        yield from ((name, str(said)) for name, said in node.extra_context.items())
    for children in getattr(node, "child_nodelists", ()):
        for child in getattr(node, children, None) or ():
            yield from bound(child)


@pytest.mark.parametrize("kind", real_kinds())
def test_no_tag_hides_what_every_mail_has(kind: str) -> None:
    folder = mail_types.get(kind).template
    found = set()
    for part in ("subject.txt", "body.txt", "body.html"):
        try:
            template = engines["django"].get_template(f"mails/{folder}/{part}")
        except Exception:
            assert part == "body.html"
            continue
        found |= {
            (name, said)
            for node in template.template.nodelist
            for name, said in bound(node)
            if name in EVERYWHERE and name != said
        }
    assert found == set()
