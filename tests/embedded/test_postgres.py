import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import environ
import psycopg2
import pytest

from embedded import processes
from embedded.errors import Refused
from embedded.postgres import Postgres
from tests.waiting import HANGING, wait_for

from .conftest import Cluster, ask, server_in

pytestmark = pytest.mark.stack


def test_cluster_sorts_and_folds_alike_everywhere(shared: Postgres) -> None:
    assert ask(shared, "SELECT lower('ӨҮЁ'), 'Ё' ILIKE 'ё', current_setting('timezone')") == [("өүё", True, "UTC")]
    assert ask(shared, "SELECT 'Zebra' < 'apple', current_setting('server_encoding')") == [(True, "UTF8")]


def test_cluster_is_reached_through_its_socket_only(shared: Postgres) -> None:
    assert ask(shared, "SHOW listen_addresses") == [("",)]
    assert shared.sockets.stat().st_mode & 0o077 == 0


def test_address_is_read_alike_by_django_environ_and_libpq(shared: Postgres) -> None:
    read = environ.Env.db_url_config(shared.url())
    assert (read["NAME"], read["USER"], read["OPTIONS"]) == ("portal", "portal", {"host": str(shared.sockets)})
    assert ask(shared, "SELECT current_database()") == [("portal",)]


def test_address_keeps_signs_that_mean_something_in_addresses(tmp_path: Path) -> None:
    server = server_in(tmp_path / "var")
    server.sockets = Path("/srv/a b%2F+&#?é/pg")
    assert environ.Env.db_url_config(server.url())["OPTIONS"] == {"host": "/srv/a b%2F+&#?é/pg"}
    assert psycopg2.extensions.parse_dsn(server.url())["host"] == "/srv/a b%2F+&#?é/pg"
    server.destroy()


def test_rows_survive_stop_and_start(postgres: Postgres) -> None:
    ask(postgres, "CREATE TABLE kept AS SELECT 7 AS n")
    postgres.child.stop()
    postgres.start()
    assert ask(postgres, "SELECT n FROM kept") == [(7,)]


def test_server_that_outlived_its_supervisor_is_replaced(postgres: Postgres) -> None:
    old = postgres.child.process
    assert old is not None
    again = server_in(postgres.places.var).start()
    assert old.wait(HANGING) == 0
    assert ask(again, "SELECT 1") == [(1,)]
    again.child.stop()


@pytest.mark.parametrize("holder", ["zombie", "stranger", "nobody"])
def test_pid_file_of_a_dead_server_does_not_block_the_start(cluster: Cluster, holder: str) -> None:
    postgres = cluster(durable=True).start()
    ask(postgres, "CREATE TABLE kept AS SELECT 7 AS n")
    pid_file = postgres.data / "postmaster.pid"
    lines = pid_file.read_text().split("\n")
    postgres.child.process.kill()  # a zombie as long as nobody has waited for it
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    if holder != "zombie":
        postgres.child.process.wait()
        lines[0] = str(stranger.pid if holder == "stranger" else 4_194_303)
        pid_file.write_text("\n".join(lines))
    again = cluster()
    start_patiently(again)
    assert ask(again, "SELECT n FROM kept") == [(7,)]
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()
    postgres.child.process.wait()


def start_patiently(server: Postgres) -> None:
    """As the supervisor does: the sessions of a killed server need a moment to notice."""
    for _attempt in range(20):
        try:
            server.start()
        except Refused as refused:
            if "still in use" not in str(refused):
                raise
        else:
            return
    pytest.fail("did not start")


def test_data_of_another_version_is_named(postgres: Postgres) -> None:
    postgres.child.stop()
    (postgres.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(Refused, match="was made by PostgreSQL 17; this portal brings PostgreSQL 18"):
        postgres.child.start()


def test_half_made_cluster_is_made_anew(folder: Path) -> None:
    server = server_in(folder / "var")
    half = server.data.with_name("pg.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    server.start()
    assert not half.exists()
    assert ask(server, "SELECT 1") == [(1,)]
    server.destroy()


def test_foreign_files_are_not_overwritten(folder: Path) -> None:
    server = server_in(folder / "var")
    server.data.mkdir()
    (server.data / "letter.txt").write_text("mine")
    with pytest.raises(Refused, match="holds files but no database"):
        server.child.start()
    assert (server.data / "letter.txt").read_text() == "mine"
    shutil.rmtree(server.places.shelter_path(), ignore_errors=True)


def test_path_that_no_socket_address_holds_still_works(tmp_path: Path) -> None:
    server = server_in(tmp_path / "a clone's place é" / ("long" * 30)).start()
    assert ask(server, "SELECT 1") == [(1,)]
    assert len(os.fsencode(server.sockets / ".s.PGSQL.5432")) <= 100
    server.destroy()
    assert not server.places.shelter_path().exists()


def test_server_dies_with_the_process_that_started_it(folder: Path) -> None:
    code = (
        "import os, signal, sys, pathlib; from embedded.places import Places;"
        "from embedded.postgres import Postgres;"
        "places = Places(pathlib.Path(sys.argv[1])); places.make();"
        "print(Postgres(places).start().child.process.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    var = folder / "var"
    done = subprocess.run([sys.executable, "-c", code, str(var)], stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    server = int(done.stdout)
    wait_for("the server's end", lambda: not processes.alive(server))
    server_in(var).destroy()
