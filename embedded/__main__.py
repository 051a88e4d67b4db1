"""`python -m embedded run`: the whole portal under one supervisor. Also `manage` and `wipe`."""

import argparse
import os
import shutil
import sys

from . import processes
from .environment import RunSettings, python
from .errors import Refused
from .places import PROJECT, Places
from .postgres import Postgres
from .redis_server import Redis
from .supervisor import Supervisor


def run(_arguments: list[str]) -> None:
    """Start everything and stay until Ctrl-C."""
    Supervisor(RunSettings.read()).run()


def manage(arguments: list[str]) -> None:
    """Run a command of manage.py with the settings and servers of the portal that runs here."""
    run_settings = RunSettings.read()
    places = Places(run_settings.var)
    if not (places.var / "instance-id").exists() and not run_settings.database_url:
        raise Refused(f"There is no portal in {places.var} yet. Start it with: make run")
    postgres = None if run_settings.database_url else Postgres(places)
    if postgres and not postgres.ready():
        raise Refused("The embedded database does not run. Start the portal in another terminal: make run")
    redis_url = run_settings.redis_url or Redis(places, tags={}).url
    env = run_settings.for_children(
        places, database_url=postgres.url() if postgres else run_settings.database_url, redis_url=redis_url
    )
    env.pop(processes.SUPERVISOR)  # no program of the supervisor: it must survive the next start
    os.chdir(PROJECT)
    argv = python("manage.py", *arguments)
    os.execve(argv[0], argv, env)


def wipe(arguments: list[str]) -> None:
    """Remove everything this portal keeps on this machine: database, uploads, mails, keys."""
    run_settings = RunSettings.read()
    places = Places(run_settings.var)
    if "--yes" not in arguments:
        raise Refused(
            f"This removes {places.var} with its database, uploads, mails and keys. To do it: make wipe ARGS=--yes"
        )
    if not places.var.exists():
        return
    places.make()
    with places.locked(f"being removed by process {os.getpid()}"):
        processes.end(processes.leftovers(places.var))
        if not run_settings.database_url:
            Postgres(places).destroy()
        shutil.rmtree(places.var)


COMMANDS = {"run": run, "manage": manage, "wipe": wipe}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m embedded", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    chosen = parser.parse_args()
    try:
        COMMANDS[chosen.command](chosen.arguments)
    except Refused as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
