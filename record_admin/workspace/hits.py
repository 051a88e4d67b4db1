"""What the search of the workspace shows of something it has found."""

from dataclasses import dataclass

from records.template_context import Label


@dataclass(frozen=True)
class Hit:
    """Something that was found: its name, the page where it is kept, what else helps to know it, and why it was found."""

    label: Label
    address: str
    note: Label = ""
    why: Label = ""
    language: str = ""  # of `why`, where that is a name in another script
