"""What the roof keeps of forms that were sent, and how long. Each row says itself until when; swept every five minutes too."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from history.retention import Rule, register_rule

from .models import Press, Typed
from .sent_forms import presses, typed


def _pressed(before: dt.datetime) -> int:
    return presses.sweep()


def _typed(before: dt.datetime) -> int:
    return typed.sweep()


register_rule(
    Rule(
        "answers-to-forms",
        _("The answer to a form, encrypted, for a quarter of an hour: who presses a button twice gets it again"),
        _("Erased"),
        _pressed,
        covers=(Press,),
    )
)
register_rule(
    Rule(
        "typed-forms",
        _("What you typed into a form that you sent when you were no longer signed in, encrypted, until you are back"),
        _("Erased"),
        _typed,
        covers=(Typed,),
    )
)
