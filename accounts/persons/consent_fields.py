"""How forms ask for agreement that is given apart from everything else: never ticked beforehand, never needed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class TransferField(forms.BooleanField):
    """Whether name and contact may be passed on across borders, with the reason why it is asked."""

    def __init__(self, **kwargs: Any) -> None:
        words = {
            "label": _("My name and contact may be passed on to hosts and partners of events in other states"),
            "help_text": _(
                "Only for events and trainings I take part in. Asked because other states protect personal data in other "
                "ways. You take part just as well without it, and it can be taken back at any time."
            ),
        }
        super().__init__(**{**words, **kwargs, "required": False})
