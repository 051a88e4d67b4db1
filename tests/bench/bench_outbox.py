"""The outbox: what it costs beside a bare smtplib loop, and whether each reader gets one mail whatever dies.

Throughput is that of one worker, as a ratio to a loop over `smtplib.SMTP.sendmail` on one connection, in turns within one
run: the same mail server, the same messages, the database with fsync. Ready-made: the bytes of each message are there before,
so that only the outbox's own work is measured. Rendered: facts from the database, text and HTML, all as production does it.

The mail server keeps each message on its disk before it says 250, as every real one must; the floors hold for it. The figures
for one that forgets are told beside: they say how long this machine's disk takes for the outbox's one commit a mail.

The long ordeal is the harness's (tests/notifications/harness) at full length.

    python -m tests.bench.bench_outbox [messages in a run [mails of the ordeal]]
"""

import os
import smtplib
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.notifications.harness import ordeal
from tests.notifications.harness.stage import Stage

QUIET = Stage(seed="quiet", misbehaving=False)
os.environ.update(QUIET.environ)  # before Django reads its settings

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.mail import EmailMessage  # noqa: E402
from django.utils import translation  # noqa: E402

from notifications.composing import letters  # noqa: E402
from notifications.composing.letters import Letter  # noqa: E402
from notifications.delivery import sending  # noqa: E402
from notifications.models import Mail  # noqa: E402

RUNS = 5
MESSAGES = int(sys.argv[1]) if len(sys.argv) > 1 else 300
MAILS = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
SEED = "long"
LONG = ordeal.Ordeal(mails=MAILS, nodes=2, each=2, kills=20, flushes=3, database_restarts=2)
KEEPING, FORGETTING = "keeps messages", "forgets messages"
FLOORS = {"ready-made": 0.5, "rendered": 0.15}
GOALS = {"ready-made": 0.7, "rendered": 0.25}


@dataclass(frozen=True)
class Bytes:
    """A message that has been written out before."""

    content: bytes

    def as_bytes(self, **_how: Any) -> bytes:
        return self.content


class ReadyMade(EmailMessage):
    """What the mail backend asks of a message, answered with bytes."""

    content = b""

    def message(self, **_how: Any) -> Any:
        return Bytes(self.content)


def written(mails: list[Mail]) -> dict[str, ReadyMade]:
    """The messages of these mails by recipient."""
    found = {}
    for mail in mails:
        letter = letters.write(mail)
        assert isinstance(letter, Letter)
        ready = ReadyMade("", "", settings.DEFAULT_FROM_EMAIL, [mail.email])
        ready.content = letters.message(mail, letter).message().as_bytes(linesep="\r\n")
        found[mail.email] = ready
    return found


def bare(messages: Mapping[str, ReadyMade]) -> float:
    began = time.perf_counter()
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=20) as line:
        for recipient, message in messages.items():
            line.sendmail("secretariat@localhost", [recipient], message.content)
    return time.perf_counter() - began


def outbox() -> float:
    began = time.perf_counter()
    done = sending.send_due(seconds=600)
    spent = time.perf_counter() - began
    assert done == sending.Pass(sent=MESSAGES), done
    return spent


def ready_made(messages: Mapping[str, ReadyMade]) -> float:
    write, message = sending.write, sending.message
    sending.write = lambda *_of, **_how: Letter("", "", "")
    sending.message = lambda mail, _letter: messages[mail.email]
    try:
        return outbox()
    finally:
        sending.write, sending.message = write, message


def new_mails(numbers: "count[int]") -> dict[str, ReadyMade]:
    """Mails in the outbox, due now, and their messages."""
    first = next(numbers) * MESSAGES + 1
    QUIET.write_down(first, first + MESSAGES - 1)
    return written(list(Mail.objects.filter(state=Mail.State.QUEUED).order_by("due", "pk")))


def throughput(numbers: "count[int]") -> dict[str, list[float]]:
    """Ratios to the bare loop, one of each run."""
    acts: dict[str, Callable[[Mapping[str, ReadyMade]], float]] = {
        "ready-made": ready_made,
        "rendered": lambda _messages: outbox(),
    }
    ratios: dict[str, list[float]] = {name: [] for name in acts}
    for act in acts.values():
        act(new_mails(numbers))  # warm
    for _run in range(RUNS):
        for name, act in acts.items():
            messages = new_mails(numbers)
            before, spent, after = bare(messages), act(messages), bare(messages)
            ratios[name].append((before + after) / 2 / spent)
    return ratios


def both_servers() -> list[str]:
    """Tells the ratios, and says which are below their floor."""
    below, numbers = [], count()
    with QUIET, translation.override("en"):
        keeping = QUIET.another_mail_server("--spool", str(QUIET.place / "spool"))
        for server, port in ((KEEPING, keeping), (FORGETTING, QUIET.port)):
            settings.EMAIL_PORT = port
            print(f"Ratio to a bare loop, median of {RUNS} runs of {MESSAGES} messages; the mail server {server}")
            for name, ratios in throughput(numbers).items():
                figure, wanted = statistics.median(ratios), f"goal {GOALS[name]}, floor {FLOORS[name]}"
                print(f"  {name:12} {figure:.2f}  ({wanted if server == KEEPING else 'told only'};"
                      f" {min(ratios):.2f} to {max(ratios):.2f})")  # fmt: skip
                if server == KEEPING and figure < FLOORS[name]:
                    below.append(f"{name}: {figure:.2f} is below the floor of {FLOORS[name]}")
    return below


def long_ordeal() -> list[str]:
    with Stage(seed=SEED) as stage:
        began = time.monotonic()
        outcome = ordeal.run(LONG, stage, SEED)
    print(
        f"{LONG.mails} mails, {LONG.blows.workers} workers, {LONG.kills} killed, broker emptied {LONG.flushes} times,"
        f" database restarted {LONG.database_restarts} times; {time.monotonic() - began:.0f} s here"
    )
    print(
        "  the mail server: " + ", ".join(f"{number} {event}" for event, number in outcome.heard.events.most_common())
    )
    print(
        f"  sent {outcome.count('sent')}, failed after a 550 {outcome.count('failed')},"
        f" unknown {outcome.count('unknown')} (at most {outcome.allowed_unknown}), wrong {len(outcome.wrong)}"
    )
    return outcome.wrong


def main() -> None:
    wrong = both_servers()
    if MAILS:
        wrong += long_ordeal()
    if wrong:
        raise SystemExit("\n".join(wrong[:50]))


if __name__ == "__main__":
    main()
