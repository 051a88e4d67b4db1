"""How long what is kept. Each app registers its rules in `retention.py`; how many days each waits stands in the settings.

Every table that could name somebody is claimed there: by a rule, or by a word why it is kept. A test walks all models. A rule works on what is older than a moment and says how many rows it touched. It runs in a transaction of its own, so that
a rule that fails stops no other; a rehearsal does the same and undoes it.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import PurgeRun

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rule:
    """`name` stands in `settings.RETENTION_DAYS`. `what` and `happens` are read by people, on the page on privacy too.
    `covers` are the tables out of which the rule takes people."""

    name: str
    what: str | Promise
    happens: str | Promise
    apply: Callable[[dt.datetime], int]
    covers: tuple[type[models.Model], ...] = ()

    @property
    def days(self) -> int:
        return int(settings.RETENTION_DAYS[self.name])


@dataclass(frozen=True)
class Kept:
    """Tables of which no rule takes anything, and why. `people`: they tell of people, and the page on privacy says so."""

    tables: tuple[type[models.Model], ...]
    because: str | Promise
    people: bool = True


PUBLIC: Final = _(
    "Records that everybody reads: kept, with their history. Whoever is named in one has the secretariat take the name out."
)
NOBODY: Final = _("Names nobody.")
_kept: list[Kept] = []


def keep(*tables: type[models.Model], because: str | Promise, people: bool = True) -> None:
    _kept.append(Kept(tables, because, people))


def all_kept() -> list[Kept]:
    return list(_kept)


_rules: dict[str, Rule] = {}


def register_rule(rule: Rule) -> Rule:
    if _rules.setdefault(rule.name, rule) is not rule:
        raise ValueError(f"Two rules of retention are called {rule.name}.")
    return rule


def all_rules() -> list[Rule]:
    """By how soon they apply."""
    return sorted(_rules.values(), key=lambda rule: (rule.days, rule.name))


class _RehearsalOverError(Exception):
    """Ends a rehearsal: nothing of it stays."""


def purge(*, rehearse: bool = False) -> Iterator[PurgeRun]:
    """Applies every rule once. Each run is a row; a rehearsal leaves none."""
    now = timezone.now()
    for rule in all_rules():
        run = _applied(rule, now - dt.timedelta(days=rule.days), rehearse=rehearse)
        if not rehearse:
            run.save()
        yield run


def _applied(rule: Rule, before: dt.datetime, *, rehearse: bool) -> PurgeRun:
    run = PurgeRun(rule=rule.name, before=before)
    try:
        with transaction.atomic():
            run.rows = rule.apply(before)
            if rehearse:
                raise _RehearsalOverError
    except _RehearsalOverError:
        pass
    except Exception as error:  # whatever a rule of another app raises: the others still run, and staff read it
        logger.exception("The rule of retention %s failed", rule.name)
        run.rows, run.error = 0, f"{type(error).__name__}: {error}"[:500]
    return run
