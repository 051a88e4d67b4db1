"""The ordeal: mails go out while workers are killed, the broker is emptied and the database restarted."""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.waiting import HANGING

from .stage import Stage
from .verdict import Blows, Heard, Row, allowed_unknown, verdict


@dataclass(frozen=True)
class Ordeal:
    """How much befalls the workers while how many mails go out. Database restarts take turns: orderly, as after a crash."""

    mails: int
    nodes: int
    each: int
    kills: int
    flushes: int
    database_restarts: int

    @property
    def blows(self) -> Blows:
        return Blows(self.nodes * self.each, self.kills, self.database_restarts)


@dataclass(frozen=True)
class Outcome:
    """What is wrong (nothing, if every promise was kept), with what happened."""

    wrong: list[str]
    heard: Heard
    rows: dict[str, Row]
    allowed_unknown: int

    def count(self, state: str) -> int:
        return sum(row.state == state for row in self.rows.values())


def run(ordeal: Ordeal, stage: Stage, seed: str) -> Outcome:
    """Everything on a stage that has been entered."""
    chance = Random(seed)
    stage.write_down(1, ordeal.mails)
    stage.start_workers(ordeal.nodes, ordeal.each)
    for share, blow in _plan(ordeal, chance):
        _await(stage, lambda share=share: sum(stage.heard().events.values()) >= share * ordeal.mails)
        _strike(stage, blow, chance)
    _await(stage, lambda: stage.waiting() == 0)
    heard, rows = stage.heard(), stage.rows()
    return Outcome(verdict(rows, heard, ordeal.blows), heard, rows, allowed_unknown(heard, ordeal.blows))


def _plan(ordeal: Ordeal, chance: Random) -> list[tuple[float, str]]:
    """When, as shares of the mails, each blow falls."""
    blows = ["node" if number % 5 == 1 else "sender" for number in range(ordeal.kills)]
    blows += ["flush"] * ordeal.flushes
    blows += ["restart" if number % 2 == 0 else "crash" for number in range(ordeal.database_restarts)]
    return sorted((chance.uniform(0.03, 0.9), blow) for blow in blows)


def _strike(stage: Stage, blow: str, chance: Random) -> None:
    time.sleep(chance.uniform(0, 0.05))  # somewhere between two mails
    if blow == "node":
        stage.kill_node(chance.choice(stage.nodes))
    elif blow == "sender":
        stage.kill_sender(chance)
    elif blow == "flush":
        stage.flush_broker()
    else:
        stage.restart_database(signal.SIGINT if blow == "restart" else signal.SIGQUIT)


def _await(stage: Stage, reached: Callable[[], bool]) -> None:
    """Until something is reached; fails when nothing moves any more."""
    moved, seen = time.monotonic(), -1
    while not reached():
        now = stage.record.stat().st_size
        if now != seen:
            moved, seen = time.monotonic(), now
        assert time.monotonic() - moved < HANGING, f"nothing moves any more\n{stage.last_words()}"
        time.sleep(0.05)
