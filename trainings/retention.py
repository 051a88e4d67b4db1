"""How long what participants told for their journey is kept."""

from django.utils.translation import gettext_lazy as _

from history.retention import Rule, register_rule

from .follow_up import erase

register_rule(
    Rule("follow-up", _("What selected people told for their journey, and its files, once the training is over"), _("Erased"), erase)
)  # fmt: skip
