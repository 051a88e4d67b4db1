"""What a search costs at 100,000 names, as a ratio to the same search at 1,000.

Names are made of syllables, so that they resemble one another as real ones do; a tenth of them are Han.
"""

import random
import sys

from tests.bench import ground

from search import tokenizer  # isort: skip
from search.models import SearchEntry  # isort: skip

SMALL, LARGE = 1_000, 100_000
SYLLABLES = (
    "ka",
    "ro",
    "mi",
    "shan",
    "tal",
    "uul",
    "gol",
    "bai",
    "ken",
    "dor",
    "ser",
    "zhi",
    "nur",
    "alt",
    "ova",
    "tem",
)
HAN = "山水海林石龙白黄长大天目武夷九寨神农五连池"
WANTED = {"exact": "Khuvsgul Lake", "beginning": "khuvs", "Han": "兴凯湖", "typing error": "khuvsgl lakr"}


def name(dice: random.Random) -> str:
    if dice.random() < 0.1:
        return "".join(dice.choices(HAN, k=dice.randrange(3, 7)))
    words = ("".join(dice.choices(SYLLABLES, k=dice.randrange(2, 5))) for _word in range(dice.randrange(1, 4)))
    return " ".join(words).title()


def add(first: int, last: int) -> None:
    dice = random.Random(first)
    names = (name(dice) for _number in range(first, last))
    write(names if first else ["Khuvsgul Lake", "兴凯湖", *names], first)
    ground.analyse()


def write(names: object, first: int) -> None:
    SearchEntry.objects.bulk_create(
        (
            SearchEntry(
                label="bench.site", object_id=str(first + number), place=0, public=True, name=one,
                key=tokenizer.joined(one), words=tokenizer.vector([one]), near=tokenizer.near([one]),
            )
            for number, one in enumerate(names)  # type: ignore[arg-type, var-annotated]
        ),
        batch_size=2_000,
    )  # fmt: skip


def search(query: str) -> list[tuple[object, ...]]:
    found = SearchEntry.objects.public().matching(query).ranked(query)
    best = found.order_by("label", "object_id", "rank", "place", "pk").distinct("label", "object_id")
    return list(best.values_list("object_id", "rank", "name")[:2000])


def resembling(query: str) -> list[str]:
    longest = max(tokenizer.spelled(query), key=len)
    return list(SearchEntry.objects.public().near(longest).order_by("place", "pk").values_list("name", flat=True)[:400])


def measure(times: int) -> None:
    acts = {kind: (lambda query=query: search(query)) for kind, query in WANTED.items() if kind != "typing error"}
    acts["typing error"] = lambda: resembling(WANTED["typing error"])
    add(0, SMALL)
    small = ground.rounds(acts, times)
    add(SMALL, LARGE)
    title = f"{LARGE} names, ratio to {SMALL}, median of {ground.RUNS} runs of {times}"
    ground.told(title, ground.rounds(acts, times), small)


if __name__ == "__main__":
    with ground.database():
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
