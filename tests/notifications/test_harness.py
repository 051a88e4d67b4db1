"""The harness can fail: its verdict on records made up, each with one promise broken."""

import pytest

from .harness.verdict import Blows, Heard, Row, verdict

WHOLE = {"a@x": Row("sent"), "b@x": Row("sent"), "c@x": Row("failed", "550 no"), "d@x": Row("unknown")}
RECORD = ["accepted a@x <1>", "450-recipient b@x -", "accepted b@x <2>", "550-recipient c@x -", "drop-dot d@x -"]
ONE_KILL = Blows(workers=4, kills=1)


def test_nothing_is_wrong_when_every_promise_was_kept() -> None:
    assert verdict(WHOLE, Heard.of(RECORD), Blows(workers=4)) == []


@pytest.mark.parametrize(
    ("rows", "record", "wrong"),
    [
        ({}, ["accepted a@x <1>"], "a@x was accepted 2 times"),
        ({}, ["accepted a@x <other>"], "a@x got several Message-IDs"),
        ({}, ["accepted c@x <3>"], "c@x is failed, though accepted: 550 no"),
        ({}, ["accepted z@x <9>"], "z@x was never asked for"),
        ({}, ["accepted d@x <4>", "accepted d@x <4>"], "d@x was accepted 2 times"),
        ({"e@x": Row("sent")}, [], "e@x is missing: sent, though never accepted"),
        ({"e@x": Row("failed", "450 busy")}, [], "e@x is missing: failed, though never refused for good: 450 busy"),
        ({"e@x": Row("queued")}, [], "e@x is still queued"),
        ({"e@x": Row("sending")}, ["accepted e@x <5>"], "e@x is still sending"),
        ({"e@x": Row("dropped")}, [], "e@x is still dropped"),
        ({"e@x": Row("unknown"), "f@x": Row("unknown")}, [], "3 are unknown, at most 2 may be"),
    ],
)
def test_each_broken_promise_is_named(rows: dict[str, Row], record: list[str], wrong: str) -> None:
    assert verdict(WHOLE | rows, Heard.of(RECORD + record), ONE_KILL) == [wrong]


@pytest.mark.parametrize("fate", ["hang-dot", "accepted-hang-dot", "drop-dot", "accepted-drop-dot", "drop-body"])
def test_silence_after_data_excuses_one_unknown(fate: str) -> None:
    rows = WHOLE | {"e@x": Row("unknown")}
    assert verdict(rows, Heard.of(RECORD), Blows(workers=4)) == ["2 are unknown, at most 1 may be"]
    assert verdict(rows, Heard.of([*RECORD, f"{fate} e@x -"]), Blows(workers=4)) == []


@pytest.mark.parametrize("fate", ["drop-data", "drop-recipient", "450-dot", "421-recipient", "421-greeting"])
def test_what_is_clearly_not_sent_excuses_none(fate: str) -> None:
    rows = WHOLE | {"e@x": Row("unknown")}
    heard = Heard.of([*RECORD, f"{fate} e@x -"])
    assert verdict(rows, heard, Blows(workers=4)) == ["2 are unknown, at most 1 may be"]


def test_restart_of_the_database_excuses_one_for_each_worker() -> None:
    rows = WHOLE | {f"u{number}@x": Row("unknown") for number in range(4)}
    assert verdict(rows, Heard.of(RECORD), Blows(workers=4, database_restarts=1)) == []
    assert verdict(rows, Heard.of(RECORD), Blows(workers=3, database_restarts=1)) == ["5 are unknown, at most 4 may be"]
