"""One row of an uploaded sheet, beside what its record holds."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from .rows import Row

# What XML cannot carry, so that no sheet can; a record that holds it shows no difference for that.
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def settled(text: str) -> str:
    """A cell's text without what programs change by themselves: line ends, space around, what cannot be printed."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


@dataclass
class SheetRow(Row):
    """`held` are the cells as the record would be written now (empty for a new one); `known` the keys of other records,
    by kind; `allowed` the keys that one column may name, where not all may."""

    held: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Collection[str]] = field(default_factory=dict)
    allowed: Mapping[str, Collection[str]] = field(default_factory=dict)

    def text(self, column: str, *, required: bool = False) -> str:
        value = settled(self.cells.get(column, ""))
        if required and not value:
            self.refuse(column, _("is empty, and must not be. Fill it in."))
        return value

    def effective(self, column: str) -> str:
        """What the record will hold: what the sheet says, or what it holds where the sheet has no such column."""
        return self.text(column) if self.has(column) else self.held.get(column, "")

    def may_name(self, column: str, kind: str, key: str) -> bool:
        """Whether there is such a record, and this column may name it; a problem when not."""
        if key in self.known.get(kind, ()) and (column not in self.allowed or key in self.allowed[column]):
            return True
        if key in self.known.get(kind, ()):
            self.refuse(column, _("“%(key)s” cannot be chosen here. See the sheet “Help”.") % {"key": key})
        else:
            why = _(
                "“%(key)s” is not the key of any of the %(kind)s. Take the key from an export, or add that one first."
            )
            self.refuse(column, why % {"key": key, "kind": kind})
        return False
