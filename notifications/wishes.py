"""Which mails a reader wants: one act to choose, and the form for it."""

from typing import Any

from django import forms
from django.db import transaction

from . import kinds
from .models import Address
from .topics import Frequency, Topic, all_topics, get_topic


def topics_on_offer() -> list[Topic]:
    """Topics with at least one kind of mail that can be declined."""
    declinable = {kind.topic for kind in kinds.all_kinds() if not kind.service}
    return [topic for topic in all_topics() if topic.name in declinable]


@transaction.atomic
def choose(*, address: Address, wishes: dict[str, str]) -> Address:
    """Keeps how often a reader wants some topics; the others stay as they are. UnknownTopicError, ValueError for others."""
    for name, frequency in wishes.items():
        if frequency not in get_topic(name).frequencies:
            raise ValueError(f"{name} does not come {frequency}.")
    address = Address.objects.select_for_update().get(pk=address.pk)
    address.wishes = {**address.wishes, **wishes}
    address.save(update_fields=["wishes"])
    return address


def stop(*, address: Address, topic: str) -> Address:
    """No more mails of a topic. UnknownTopicError if there is none of that name."""
    return choose(address=address, wishes={topic: Frequency.NEVER})


class WishesForm(forms.Form):
    """One question for each topic."""

    def __init__(self, *args: Any, wishes: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for topic in topics_on_offer():
            self.fields[topic.name] = forms.ChoiceField(
                label=str(topic.label),
                help_text=str(topic.explanation),
                choices=[(frequency.value, frequency.label) for frequency in topic.frequencies],
                initial=topic.chosen(wishes).value,
                widget=forms.RadioSelect(),
            )
