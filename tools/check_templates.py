"""Compiles every template of the project, so that a mistyped tag is found before a visitor finds it."""

import os
import sys
from pathlib import Path

import django
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.backends.django import DjangoTemplates
from django.template.base import NodeList
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.template.utils import get_app_template_dirs

PROJECT = Path(__file__).resolve().parents[1]


def _named(nodes: NodeList) -> list[str]:
    """The templates that others extend or include by a literal name; included ones are otherwise looked up when rendered."""
    expressions = [node.template for node in nodes.get_nodes_by_type(IncludeNode)]
    expressions += [node.parent_name for node in nodes.get_nodes_by_type(ExtendsNode)]
    return [expression.var for expression in expressions if isinstance(expression.var, str)]


def broken_templates() -> list[str]:
    """One line for each template that does not compile or that extends or includes, by name, one that is not there."""
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    own = [Path(place) for place in (*engine.dirs, *get_app_template_dirs("templates"))]
    faults = []
    for place in own:
        if not place.is_relative_to(PROJECT) or ".venv" in place.parts:
            continue
        for path in sorted(file for file in place.rglob("*") if file.is_file()):
            name = path.relative_to(place).as_posix()
            try:
                compiled = engine.get_template(name)
                for other in _named(compiled.template.nodelist):
                    engine.get_template(other)
            except (TemplateSyntaxError, TemplateDoesNotExist, UnicodeDecodeError) as error:
                faults.append(f"{path.relative_to(PROJECT)}: {error}")
    return faults


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eabrn_portal.settings")
    django.setup()
    found = broken_templates()
    print("\n".join(found) or "All templates compile.")
    sys.exit(bool(found))
