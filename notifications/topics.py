"""What mails are about, as a reader chooses: each topic with how often one may have it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ANY: Final = "*"  # stands among the wishes of a reader who wants nothing at all, also of topics that are yet to come


class Frequency(TextChoices):
    """How much of a topic a reader wants. A topic offers some of these."""

    ALL = "all", _("Each one at once")
    DAY = "day", _("Only one, the day before")
    WEEKLY = "weekly", _("Once a week, in the digest")
    NEVER = "never", _("Not at all")


@dataclass(frozen=True)
class Topic:
    """A matter that a reader takes or declines as a whole. `default` holds until the reader chooses."""

    name: str
    label: str | Promise
    explanation: str | Promise
    frequencies: tuple[Frequency, ...]
    default: Frequency

    def chosen(self, wishes: Mapping[str, Any]) -> Frequency:
        """What a reader wants; a wish that the topic no longer offers counts as none."""
        wish = wishes.get(self.name, wishes.get(ANY))
        return Frequency(wish) if wish in self.frequencies else self.default


class UnknownTopicError(LookupError):
    """No app has registered this topic."""


_topics: dict[str, Topic] = {}


def register_topic(topic: Topic) -> Topic:
    if not {Frequency.NEVER, topic.default} <= set(topic.frequencies):
        raise ValueError(f"The topic {topic.name} lacks the wish for none of it, or its own default.")
    if _topics.setdefault(topic.name, topic) is not topic:
        raise ValueError(f"Two topics are called {topic.name}.")
    return topic


def get_topic(name: str) -> Topic:
    try:
        return _topics[name]
    except KeyError:
        raise UnknownTopicError(f"No topic is called {name}.") from None


def all_topics() -> list[Topic]:
    """In the order in which the apps have registered them."""
    return list(_topics.values())
