"""The ground every test stands on. The environment is set here, before Django reads its settings, hence no setting in pyproject."""

import datetime as dt
import gc
import itertools
import os
import random
import shutil
import time
import zoneinfo
from collections.abc import Iterator
from typing import Any

# What the shell happens to hold must not decide a test. Two variables may: they name servers to test against.
GIVEN = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
for name in (
    "SITE_URL",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "EMAIL_URL",
    "MEDIA_ROOT",
    "PRIVATE_ROOT",
    "PORT",
    "HOST",
    "TRUSTED_PROXY_COUNT",
    "DEFAULT_FROM_EMAIL",
    "RETENTION_DAYS",
    "SOCIAL_PROVIDERS",
):
    os.environ.pop(name, None)
for name in [name for name in os.environ if name.startswith("EABRN_") and not name.startswith("EABRN_TEST_")]:
    del os.environ[name]
os.environ["EABRN_TESTING"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "eabrn_portal.settings"
os.environ["PYTHONTZPATH"] = ""
zoneinfo.reset_tzpath(())

import django  # noqa: E402
import hypothesis  # noqa: E402
import pytest  # noqa: E402
import time_machine  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.test import client  # noqa: E402
from django.utils import translation  # noqa: E402

from embedded.errors import Refused  # noqa: E402
from embedded.places import Places  # noqa: E402
from embedded.redis_server import Redis  # noqa: E402

from .isolation import block_network  # noqa: E402
from .server import TEMPLATE, TestRun  # noqa: E402

# The first process makes the run; the workers of pytest-xdist inherit its environment.
RUN = None if "EABRN_TEST_RUN" in os.environ else TestRun()
if RUN:
    os.environ["EABRN_TEST_RUN"] = str(RUN.place)
    if not GIVEN["DATABASE_URL"]:
        os.environ["DATABASE_URL"] = RUN.server.url()
        os.environ["EABRN_TEST_TEMPLATE"] = TEMPLATE
os.environ["EABRN_VAR"] = os.environ["EABRN_TEST_RUN"]
django.setup()

from records import rate_limits  # noqa: E402
from search import index as search_index  # noqa: E402
from search.models import SearchEntryQuerySet  # noqa: E402

# How long an example takes says something about the machine alone. Fixtures are made once for all examples of a test; each
# works within the records they made.
hypothesis.settings.register_profile(
    "portal",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.load_profile("portal")

pytest_plugins = ["tests.databases", "tests.browser", "tests.people", "tests.network_data"]


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if (
        RUN
        and "EABRN_TEST_TEMPLATE" in os.environ
        and not (config.option.help or config.option.version or config.option.collectonly)
    ):
        try:
            RUN.start()
        except Refused as refused:
            pytest.exit(str(refused), returncode=3)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Each test is of one tier: of that which it names, else fast. EABRN_TEST_ORDER=7 shuffles files and the tests of each,
    in an order that 7 gives again."""
    for item in items:
        if not any(item.get_closest_marker(tier) for tier in ("sweep", "browser", "stack")):
            item.add_marker("fast")
    yield  # tests are chosen by tier, those in real transactions put last
    if seed := os.environ.get("EABRN_TEST_ORDER"):
        dice = random.Random(seed)
        items.sort(key=lambda item: item.nodeid)
        files = {file: dice.random() for file in sorted({item.path for item in items})}
        dice.shuffle(items)
        items.sort(key=lambda item: files[item.path])
    # The network's data stay until the end of a file: its other tests come first.
    files_in_turn = itertools.groupby(list(items), key=lambda item: item.path)
    items[:] = [item for _file, its in files_in_turn for item in sorted(its, key=_in_the_network)]


def _in_the_network(item: pytest.Item) -> bool:
    return "network_data" in getattr(item, "fixturenames", ())


def pytest_collection_finish() -> None:
    """What has been imported by now stays to the end: the collector of garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    if RUN:
        RUN.end()


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        block_network(patch)
        yield


@pytest.fixture(autouse=True, scope="session")
def _contexts_of_pages_only() -> Iterator[None]:
    """The test client copies the context of every template it sees. A form of the admin has a thousand: one for each
    field. No test asks for those."""
    store = client.store_rendered_templates

    def of_pages(kept: Any, signal: Any, sender: Any, template: Any, context: Any, **kwargs: Any) -> None:
        name = template.name or ""
        if not name.startswith(("django/forms/", "_", "admin/widgets/")) and "/_" not in name:
            store(kept, signal, sender, template, context, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", of_pages)
        yield


@pytest.fixture(autouse=True, scope="session")
def _another_day() -> Iterator[None]:
    """EABRN_TEST_AT=2028-02-29T23:59:30+00:00: the suite as it will be at another moment. The database keeps its own time."""
    if moment := os.environ.get("EABRN_TEST_AT"):
        with time_machine.travel(dt.datetime.fromisoformat(moment)):
            yield
    else:
        yield


class _Allowances:
    """The clock of rate limits, whose hours and days begin with each test: what is counted in one does not cross midnight."""

    began = 0.0

    def time(self) -> float:
        return time.time() - self.began


@pytest.fixture(autouse=True, scope="session")
def _allowances() -> Iterator[_Allowances]:
    with pytest.MonkeyPatch.context() as patch:
        clock = _Allowances()
        patch.setattr(rate_limits, "time", clock)
        yield clock


@pytest.fixture(autouse=True)
def _nothing_left_over(_allowances: _Allowances) -> Iterator[None]:
    """Rate limits live in the cache and the language in the thread: neither may reach the next test."""
    _allowances.began = time.time() % (24 * 3600)
    yield
    cache.clear()
    translation.deactivate()


@pytest.fixture
def search_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker's part done at once: what a test has written is found by its next search."""
    matching = SearchEntryQuerySet.matching

    def refreshed(entries: SearchEntryQuerySet, query: str) -> SearchEntryQuerySet:
        search_index.refresh()
        return matching(entries, query)

    monkeypatch.setattr(SearchEntryQuerySet, "matching", refreshed)


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Redis for the few tests that want one: the one of REDIS_URL, else an embedded one of this process."""
    if GIVEN["REDIS_URL"]:
        yield GIVEN["REDIS_URL"]
        return
    places = Places(tmp_path_factory.mktemp("redis"))
    places.make()
    server = Redis(places, tags={}).start()
    yield server.url
    server.child.stop()
    shutil.rmtree(places.shelter_path(), ignore_errors=True)
