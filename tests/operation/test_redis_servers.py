"""Redis with TLS and a password, and behind sentinels, as real servers."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis
from celery import Celery
from django.core.cache import caches
from django.test import override_settings

from eabrn_portal.redis_addresses import RedisAddress
from embedded.binaries import redis_program
from tests.ports import free_port
from tests.waiting import wait_for

pytestmark = pytest.mark.stack

PASSWORD = "a-password-of-the-test"


def make_authority(folder: Path, name: str) -> tuple[Path, Path, Path]:
    """A certificate for 127.0.0.1 signed by an authority of its own: the authority's, the server's, its key."""
    ca, key, cert = folder / f"{name}-ca.pem", folder / f"{name}-key.pem", folder / f"{name}.pem"

    def openssl(*arguments: object) -> None:
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", 2, "-subj", f"/CN={name}", "-keyout",
            folder / "ca-key.pem", "-out", ca)  # fmt: skip
    openssl(
        "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", key, "-out", folder / "csr.pem"
    )
    names = folder / "names"
    names.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1")
    openssl("x509", "-req", "-in", folder / "csr.pem", "-CA", ca, "-CAkey", folder / "ca-key.pem", "-CAcreateserial",
            "-days", 2, "-extfile", names, "-out", cert)  # fmt: skip
    return ca, cert, key


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    port: int
    ca: Path | None = None
    other_ca: Path | None = None


def start(program: Path, port: int, *options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([program, *map(str, options)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(60)


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The system's Redis: the embedded one has no TLS."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        pytest.skip("no Redis with TLS is on this machine")
    folder = tmp_path_factory.mktemp("tls")
    (folder / "one").mkdir()
    (folder / "two").mkdir()
    ca, cert, key = make_authority(folder / "one", "one")
    other, _cert, _key = make_authority(folder / "two", "two")
    port = free_port()
    process = start(
        Path(program), port, "--port", 0, "--tls-port", port, "--tls-cert-file", cert, "--tls-key-file", key,
        "--tls-ca-cert-file", ca, "--tls-auth-clients", "no", "--requirepass", PASSWORD, "--save", "", "--dir", folder,
    )  # fmt: skip
    wait_for("Redis with TLS", lambda: answers(port))
    yield Server(process, port, ca, other)
    end(process)


def broker_takes(address: RedisAddress) -> bool:
    app = Celery("of the test", broker=address.broker_url(0))
    app.conf.broker_transport_options = address.broker_options()
    with app.connection_for_write() as connection:
        try:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=3)
            return bool(connection.default_channel.client.ping())
        except Exception:
            return False


def cache_takes(address: RedisAddress) -> bool:
    with override_settings(CACHES={"default": address.cache(2, prefix="p")}):
        try:
            caches["default"].set("key", "value", 30)
            return caches["default"].get("key") == "value"
        except redis.RedisError:
            return False


def test_certificate_of_the_right_authority_is_taken_by_cache_and_broker(tls: Server) -> None:
    address = RedisAddress.read(f"rediss://:{PASSWORD}@127.0.0.1:{tls.port}/3?ssl_ca_certs={tls.ca}")
    assert cache_takes(address)
    assert broker_takes(address)


@pytest.mark.parametrize("given", ["?ssl_ca_certs={other}", ""])
def test_certificate_of_anybody_else_is_refused_by_both(tls: Server, given: str) -> None:
    address = RedisAddress.read(f"rediss://:{PASSWORD}@127.0.0.1:{tls.port}/3" + given.format(other=tls.other_ca))
    assert not cache_takes(address)
    assert not broker_takes(address)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Server, Server, Server]]:
    """A master, its replica and a sentinel that knows them."""
    program = redis_program()
    ports = [free_port() for _one in range(3)]
    common = ["--save", "", "--dir", tmp_path, "--bind", "127.0.0.1"]
    master = start(program, ports[0], "--port", ports[0], *common)
    replica = start(program, ports[1], "--port", ports[1], "--replicaof", "127.0.0.1", ports[0], *common)
    conf = tmp_path / "sentinel.conf"
    conf.write_text(
        f"port {ports[2]}\nbind 127.0.0.1\ndir {tmp_path}\nsentinel monitor portal 127.0.0.1 {ports[0]} 1\n"
        "sentinel down-after-milliseconds portal 500\nsentinel failover-timeout portal 3000\n"
    )
    wait_for("two servers", lambda: answers(ports[0]) and answers(ports[1]))
    sentinel = start(program, ports[2], conf, "--sentinel")
    wait_for("the sentinel", lambda: answers(ports[2]))
    with redis.Redis(port=ports[2]) as asked:
        wait_for("the replica to be known", lambda: asked.sentinel_master("portal")["num-slaves"] == 1)
    servers = tuple(Server(process, port) for process, port in zip((master, replica, sentinel), ports, strict=True))
    yield servers
    for server in reversed(servers):
        end(server.process)


def test_another_master_is_followed(watched: tuple[Server, Server, Server]) -> None:
    master, replica, sentinel = watched
    address = RedisAddress.read(f"sentinel://127.0.0.1:{sentinel.port}/portal")
    assert cache_takes(address)
    assert broker_takes(address)
    end(master.process)
    wait_for("the replica to be master", lambda: cache_takes(address))
    assert broker_takes(address)
    with redis.Redis(port=replica.port) as asked:
        assert asked.info("replication")["role"] == "master"
