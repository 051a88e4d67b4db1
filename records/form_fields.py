"""Form fields for what records hold beside plain values: lists of texts, sets of codes, time zones."""

from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .formats.vocabulary import zone_names


def plain_newlines(value: object) -> Any:
    """Browsers send CR LF; records hold LF, or saving an unchanged form would change them."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


class TextField(forms.CharField):
    """Text of several lines that comes back from the browser as it went out."""

    def to_python(self, value: object) -> str | None:
        return super().to_python(plain_newlines(value))


class LinesField(SimpleArrayField):
    """An array edited as one entry per line; empty lines and spaces around an entry do not count."""

    def __init__(self, base_field: forms.Field, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "cols": 80}))
        kwargs["help_text"] = kwargs.get("help_text") or _("One entry per line.")
        super().__init__(base_field, delimiter="\n", strip=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in plain_newlines(value or "").split("\n")] if isinstance(value, str) else value
        try:
            return super().to_python([line for line in lines or () if line not in ("", None)])
        except ValidationError as error:
            raise self._by_line(error) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != list(initial or []))
        except ValidationError:
            return True

    def validate(self, value: Any) -> None:
        try:
            super().validate(value)
        except ValidationError as error:
            raise self._by_line(error) from error

    def run_validators(self, value: Any) -> None:
        try:
            super().run_validators(value)
        except ValidationError as error:
            raise self._by_line(error) from error

    def _by_line(self, error: ValidationError) -> ValidationError:
        """The errors of single entries, told by their number in words an editor knows."""
        messages: list[str] = []
        for single in error.error_list:
            nth = (single.params or {}).get("nth")
            message = single.messages[0].removeprefix(self._prefix(nth)) if nth else single.messages[0]
            messages.append(gettext("Entry %(nth)s: %(why)s") % {"nth": nth, "why": message} if nth else message)
        return ValidationError([ValidationError(text, code="item_invalid") for text in messages])

    def _prefix(self, nth: object) -> str:
        return str(self.error_messages["item_invalid"]) % {"nth": nth} + " "


class ChecksField(forms.MultipleChoiceField):
    """An array of codes edited as checkboxes.

    What a record holds beside the known codes is offered too, and entries keep the order they had.
    """

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._held: list[str] = []

    def admit(self, held: Iterable[str] | None) -> None:
        """Tells the field what the record holds."""
        self._held = list(held or ())
        offered: Any = self.choices
        known = {str(code) for code, _label in offered}
        self.choices = [*offered, *((code, code) for code in self._held if code not in known)]

    def clean(self, value: object) -> list[str]:
        chosen: list[str] = super().clean(value)
        kept = [code for code in self._held if code in chosen]
        return [*kept, *(code for code in chosen if code not in kept)]


class LongSelect(forms.Select):
    """A select drawn without a template for each option: it holds hundreds, and a form may hold two of it."""

    def render(self, name: str, value: object, attrs: Any = None, renderer: object = None) -> SafeString:
        chosen, options = "" if value is None else str(value), _options(self.offered())
        marked = options.replace(f'<option value="{escape(chosen)}">', f'<option value="{escape(chosen)}" selected>', 1)
        return format_html(
            "<select{}>{}</select>",
            flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})),
            mark_safe(marked),
        )

    def offered(self) -> tuple[tuple[str, str], ...]:
        return tuple((str(code), str(label)) for code, label in self.choices)


class ZoneSelect(LongSelect):
    """All zones; `unusual` is one beside them that the record holds."""

    unusual = ""

    def offered(self) -> tuple[tuple[str, str], ...]:
        own = ((self.unusual, self.unusual),) if self.unusual else ()
        return _zones(self.is_required) + own

    def use_required_attribute(self, initial: object) -> bool:
        first, _label = self.offered()[0]  # only an empty one can be refused by a browser
        return not self.is_hidden and not first


@lru_cache(maxsize=64)
def _options(offered: tuple[tuple[str, str], ...]) -> str:
    """The options of a select, none chosen; the same ones are drawn again and again."""
    return format_html_join("", '<option value="{}">{}</option>', offered)


@lru_cache(maxsize=2)
def _zones(required: bool) -> tuple[tuple[str, str], ...]:
    offered = sorted(name for name in zone_names() if "/" in name and not name.startswith(("Etc/", "posix/")))
    empty = [] if required else [("", "---------")]
    return (*empty, ("UTC", "UTC"), *((name, name) for name in offered))


class ZoneField(forms.ChoiceField):
    """An IANA time zone by its name; the short names of other times (PRC, GMT-8) are not offered."""

    widget = ZoneSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = partial(
            _zones, self.required
        )  # asked for when drawn: a form copies its fields with their choices

    def admit(self, held: str | None) -> None:
        """Tells the field what the record holds, so that an unusual zone is not lost."""
        offered: Any = self.choices
        if held and held not in {code for code, _label in offered}:
            self.choices = [*offered, (held, held)]
            if isinstance(self.widget, ZoneSelect):
                self.widget.unusual = held

    def valid_value(self, value: object) -> bool:
        """Without going through the choices, of which there are hundreds."""
        return str(value) in _known(self.required) or super().valid_value(value)


@lru_cache(maxsize=2)
def _known(required: bool) -> frozenset[str]:
    return frozenset(name for name, _label in _zones(required))
