"""Mails as staff find them: by the address they went to, or the subject that staff have written."""

from django.db.models import Q

from record_admin.links import change_page
from record_admin.workspace.hits import Hit

from .mail_types import label_of
from .models import Mail

FEWEST = 3  # letters; fewer are in every address


def find_mails(words: str, start: int, stop: int) -> list[Hit]:
    """The latest first."""
    if len(words) < FEWEST:
        return []
    found = Mail.objects.filter(Q(email__icontains=words) | Q(own_subject__icontains=words)).order_by("-due", "-pk")
    return [
        Hit(label_of(mail.kind), change_page(mail), f"{mail.email}, {mail.get_state_display()}", mail.own_subject)
        for mail in found[start:stop]
    ]
