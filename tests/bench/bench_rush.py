"""Five hundred registrations that come within a second, beside one alone: how long each waits for its answer.

python -m tests.bench.bench_rush [people]
"""

import statistics
import sys
import time

from tests.bench import stand
from tests.stack.test_registration_rush import FRESH_ROUND, rush, shared_out, with_open_forms
from tests.stack.visitors import EVENT, acknowledged

PEOPLE = int(sys.argv[1]) if len(sys.argv) > 1 else 500
ALONE, ROUNDS, GOAL, FLOOR = 40, 3, 40, 200


def main() -> int:
    ratios, errors = [], 0
    with stand.portal() as portal:
        print(f"Registrations: {stand.machine()}")
        guests = with_open_forms(portal, PEOPLE)
        programs = stand.Programs(portal)
        for turn in range(ROUNDS):
            portal.sql(FRESH_ROUND.format(seats=PEOPLE // 5, event=EVENT))
            alone = [
                guest.registers(f"alone{turn}x{number}@demo.invalid") for number, guest in enumerate(guests[:ALONE])
            ]
            one = statistics.median(answer.seconds for answer in alone)
            portal.sql(FRESH_ROUND.format(seats=PEOPLE // 5, event=EVENT))
            before, began = programs.seconds(), time.monotonic()
            answers = rush(guests, turn, within=1)
            took, after = time.monotonic() - began, programs.seconds()
            errors += sum(not acknowledged(answer) for answer in (*alone, *answers))
            shared_out(portal, seats=PEOPLE // 5, people=PEOPLE)
            waited = [answer.seconds for answer in answers]
            ratios.append(stand.percentile(waited, 0.95) / one)
            spent = {name: (after[name] - before[name]) * 1000 / PEOPLE for name in after}
            print(
                f"  alone {one * 1000:.0f} ms; of {PEOPLE}: half within {statistics.median(waited):.2f} s, 95 % within "
                f"{stand.percentile(waited, 0.95):.2f} s, all within {max(waited):.2f} s, {PEOPLE / took:.0f} a second; "
                f"p95 {ratios[-1]:.0f} times one alone"
            )
            print(
                "    ms of a processor each: "
                + ", ".join(f"{name} {ms:.1f}" for name, ms in spent.items() if ms >= 0.1)
            )
    figure = statistics.median(ratios)
    print(
        f"95 % within {figure:.0f} times one alone (goal {GOAL}, floor {FLOOR}), {errors} without an answer (must be 0)"
    )
    return 0 if not errors and figure <= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
