"""Which mails a reader wants: the acts to choose, and the form for it."""

from collections.abc import Mapping
from typing import Unpack

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from records.template_context import Files, FormOptions, Posted

from .. import mail_types
from ..models import Address
from ..topics import ANY, Frequency, Topic, all_topics, get_topic


def topics_on_offer() -> list[Topic]:
    """Topics with at least one kind of mail that can be declined."""
    declinable = {kind.topic for kind in mail_types.all_mail_types() if not kind.service}
    return [topic for topic in all_topics() if topic.name in declinable]


@transaction.atomic
def choose(*, address: Address, wishes: Mapping[str, str]) -> Address:
    """Keeps how often a reader wants some topics; the others stay as they are. UnknownTopicError, ValueError for others."""
    for name, frequency in wishes.items():
        if frequency not in get_topic(name).frequencies:
            raise ValueError(f"{name} does not come {frequency}.")
    return _kept(address, wishes)


def stop(*, address: Address, topic: str) -> Address:
    """No more mails of a topic. UnknownTopicError if there is none of that name."""
    return choose(address=address, wishes={topic: Frequency.NEVER})


@transaction.atomic
def stop_all(*, address: Address) -> Address:
    """No more mails that can be declined, also of topics that come later; each can be chosen again."""
    return _kept(address, {ANY: Frequency.NEVER, **{topic.name: Frequency.NEVER for topic in all_topics()}})


def _kept(address: Address, wishes: Mapping[str, str]) -> Address:
    address = Address.objects.select_for_update().get(pk=address.pk)
    address.wishes = {**address.wishes, **{name: str(frequency) for name, frequency in wishes.items()}}
    address.save(update_fields=["wishes"])
    return address


class MailPreferencesForm(forms.Form):
    """One question for each topic."""

    def __init__(
        self,
        data: Posted | None = None,
        files: Files | None = None,
        *,
        wishes: Mapping[str, object],
        **kwargs: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **kwargs)
        for topic in topics_on_offer():
            self.fields[topic.name] = forms.ChoiceField(
                label=str(topic.label),
                help_text=str(topic.explanation),
                choices=[(frequency.value, frequency.label) for frequency in topic.frequencies],
                initial=topic.chosen(wishes).value,
                widget=forms.RadioSelect(),
                error_messages={"required": _("Choose how often."), "invalid_choice": _("Choose one of these.")},
            )
