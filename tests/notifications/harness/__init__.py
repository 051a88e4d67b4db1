"""The fault harness: real workers, a real database and broker, a real mail server, and everything that can befall them.

`stage.Stage` is the portal's sending half with a mail server that misbehaves; `ordeal.ordeal` lets mails go out on it while
workers are killed and servers restarted; `verdict.verdict` says what went wrong, from what the mail server has accepted and
what the outbox says. The test (`tests/stack/test_outbox_faults.py`) is short, the benchmark (`tests/bench/bench_outbox.py`)
long. As a Django app this package brings a kind of mail of its own.
"""
