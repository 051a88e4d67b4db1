"""The page that describes the API to people, drawn from the same description that programs read, without a script."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

KINDS: Final = {
    "string": gettext_lazy("text"),
    "integer": gettext_lazy("whole number"),
    "number": gettext_lazy("number"),
    "boolean": gettext_lazy("true or false"),
    "object": gettext_lazy("object"),
}
FORMATS: Final = {"date-time": gettext_lazy("date and time"), "date": gettext_lazy("date")}


@dataclass(frozen=True)
class Part:
    """A parameter of a request or a field of an answer; `parts` are the fields of what it holds."""

    name: str
    kind: str
    limits: str = ""
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True)
class Operation:
    """`address` is empty when it needs a name that the reader has to fill in."""

    key: str
    path: str
    summary: str
    address: str
    parameters: tuple[Part, ...]
    fields: tuple[Part, ...]


class ApiPage(DocsBase):
    """What /api/docs answers with."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: object) -> HttpResponse:
        schema = api.get_openapi_schema(path_params=kwargs)
        return render(request, "opendata/api.html", {"operations": list(Reading(schema).operations())})


class Reading:
    """A description in the OpenAPI format, in words."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schema = schema

    def operations(self) -> Iterator[Operation]:
        for path, methods in self.schema["paths"].items():
            asked = methods["get"]  # the API is only read
            answer = self._named(asked["responses"][200]["content"]["application/json"]["schema"])
            parameters = tuple(
                Part(one["name"], self._kind(one["schema"]), self._limits(one["schema"], one["in"]))
                for one in asked["parameters"]
            )
            address = "" if "{" in path else path
            yield Operation(slugify(path), path, asked["summary"], address, parameters, self._fields(answer))

    def _named(self, schema: dict[str, Any]) -> dict[str, Any]:
        """What a reference leads to."""
        name = schema.get("$ref", "").rpartition("/")[2]
        return self.schema["components"]["schemas"][name] if name else schema

    def _fields(self, schema: dict[str, Any]) -> tuple[Part, ...]:
        holder = self._named(schema.get("items", schema))
        return tuple(
            Part(name, self._kind(one), parts=self._fields(one) if "$ref" in one.get("items", one) else ())
            for name, one in holder.get("properties", {}).items()
        )

    def _kind(self, schema: dict[str, Any]) -> str:
        schema = self._named(schema)
        if choices := schema.get("anyOf"):
            kinds = [self._kind(one) for one in choices if one.get("type") != "null"]
            return (
                _("%(kind)s, or null") % {"kind": " / ".join(kinds)} if len(kinds) < len(choices) else " / ".join(kinds)
            )
        if schema["type"] == "array":
            return _("list: %(kind)s") % {"kind": self._kind(schema["items"])}
        return str(FORMATS.get(schema.get("format", "")) or KINDS[schema["type"]])

    def _limits(self, schema: dict[str, Any], place: str) -> str:
        schema = next(
            (self._named(one) for one in (schema, *schema.get("anyOf", ())) if "type" in self._named(one)), schema
        )
        said = [_("in the address")] if place == "path" else []
        if values := schema.get("enum"):
            said.append(", ".join(values))
        if "minimum" in schema and "maximum" in schema:
            lowest, highest = (number_format(schema[name], force_grouping=True) for name in ("minimum", "maximum"))
            said.append(_("%(lowest)s to %(highest)s") % {"lowest": lowest, "highest": highest})
        if most := schema.get("maxLength"):
            said.append(ngettext("up to %(n)s letter", "up to %(n)s letters", most) % {"n": most})
        if schema["type"] == "array":
            said.append(_("may be repeated"))
        if schema.get("default") not in (None, ""):
            said.append(_("%(value)s when it is left out") % {"value": schema["default"]})
        return "; ".join(said)
