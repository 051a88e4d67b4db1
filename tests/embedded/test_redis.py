import shutil
import stat
from pathlib import Path

import pytest
import redis

from embedded.errors import Refused
from embedded.places import Places
from embedded.redis_server import CACHE_BYTES, Redis


def made(var: Path) -> Redis:
    places = Places(var)
    places.make()
    return Redis(places, tags={})


def test_values_survive_stop_and_start(tmp_path: Path) -> None:
    server = made(tmp_path / "var").start()
    with redis.Redis.from_url(server.url + "?db=2") as client:
        client.set("kept", "7")
    server.child.stop()
    server.start()
    with redis.Redis.from_url(server.url + "?db=2") as client:
        assert client.get("kept") == b"7"
    server.child.stop()
    assert server.child.how_it_ended == "ended with code 0"


def test_server_is_reached_through_its_private_socket_only(tmp_path: Path) -> None:
    server = made(tmp_path / "var").start()
    assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
    with redis.Redis.from_url(server.url) as client:
        assert client.config_get("port") == {"port": "0"}
    server.child.stop()


def test_unreadable_files_are_moved_aside(tmp_path: Path) -> None:
    server = made(tmp_path / "var")
    server.prepare()
    (server.data / "appendonly.aof").write_bytes(b"*3\r\n$broken\r\nnonsense\r\n" * 20)
    with pytest.raises(Refused, match="did not start"):
        server.start()
    aside = server.set_aside()
    server.start()
    assert [file.name for file in aside.rglob("appendonly.aof")]
    server.child.stop()


def test_socket_of_a_long_path_is_elsewhere(tmp_path: Path) -> None:
    server = made(tmp_path / ("long" * 30)).start()
    assert server.ready()
    assert server.socket.parent == server.places.shelter_path()
    server.child.stop()
    shutil.rmtree(server.places.shelter_path())


def test_cache_has_a_bound_and_forgets_what_is_oldest(tmp_path: Path) -> None:
    places = Places(tmp_path / "var")
    places.make()
    server = Redis(places, tags={}, name="cache").start()
    with redis.Redis.from_url(server.url) as client:
        for number in range(90):
            client.set(f"page:{number}", b"x" * 1024 * 1024)
        assert client.info("memory")["used_memory"] <= CACHE_BYTES
        assert client.get("page:89") is not None
        assert client.dbsize() < 64
    server.child.stop()
