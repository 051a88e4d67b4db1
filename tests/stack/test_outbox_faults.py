"""Mails go out through real workers to a mail server that misbehaves, while workers and servers die: each exactly once."""

import pytest

from notifications.models import Mail
from tests.notifications.harness import ordeal
from tests.notifications.harness.stage import Stage

pytestmark = pytest.mark.stack
SEED = "short"
SHORT = ordeal.Ordeal(mails=300, nodes=1, each=3, kills=3, flushes=1, database_restarts=1)


def test_every_reader_gets_one_mail_whatever_dies() -> None:
    with Stage(seed=SEED) as stage:
        outcome = ordeal.run(SHORT, stage, SEED)
    assert outcome.wrong == []
    over = [outcome.count(state) for state in (Mail.State.SENT, Mail.State.FAILED, Mail.State.UNKNOWN)]
    assert sum(over) == SHORT.mails
    assert outcome.count(Mail.State.UNKNOWN) <= outcome.allowed_unknown
    # All of the mail server's repertoire was heard, else the seed says nothing.
    assert {"450-recipient", "550-recipient", "421-recipient", "drop-data"} <= outcome.heard.events.keys()
    assert outcome.heard.silences > 0
