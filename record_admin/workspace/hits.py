"""What the search of the workspace shows of something it has found."""

from dataclasses import dataclass

from records.template_context import Label


@dataclass(frozen=True)
class Hit:
    """Something that was found: its name, the page where it is kept, what else helps to know it, why it was found, and the
    act that is done most with it, if there is one besides opening it."""

    label: Label
    address: str
    note: Label = ""
    why: Label = ""
    language: str = ""  # of `why`, where that is a name in another script
    act: Label = ""
    act_address: str = ""
