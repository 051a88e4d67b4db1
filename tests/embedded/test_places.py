import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from embedded.errors import Refused
from embedded.places import Places, socket_fits


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Places]:
    made = Places(tmp_path / "var")
    made.make()
    shelter = made.shelter_path()
    yield made
    shutil.rmtree(shelter, ignore_errors=True)


def test_instance_id_stays_the_same_for_one_var(places: Places) -> None:
    first = places.instance
    assert Places(places.var).instance == first
    assert len(first) == 16


def test_new_var_at_an_old_path_gets_another_shelter(places: Places) -> None:
    before = places.shelter_path()
    shutil.rmtree(places.var)
    places.make()
    assert places.shelter_path() != before


def test_empty_instance_id_of_a_torn_write_is_made_anew(places: Places) -> None:
    (places.var / "instance-id").write_text("")
    assert len(places.instance) == 16


def test_shelter_can_be_passed_but_not_read_by_others(places: Places) -> None:
    before = os.umask(0o077)
    try:
        assert places.shelter().stat().st_mode & 0o777 == 0o711
    finally:
        os.umask(before)


def test_shelter_moves_along_with_its_var(places: Places, tmp_path: Path) -> None:
    shelter = places.shelter()
    moved = Places(places.var.rename(tmp_path / "moved"))
    assert moved.shelter() == shelter


def test_copied_var_gets_a_shelter_of_its_own(places: Places, tmp_path: Path) -> None:
    shelter = places.shelter()
    copy = Places(Path(shutil.copytree(places.var, tmp_path / "copy")))
    assert copy.shelter() != shelter
    assert places.shelter() == shelter
    shutil.rmtree(copy.shelter_path())


def test_shelter_that_is_a_link_is_refused(places: Places, tmp_path: Path) -> None:
    places.shelter_path().symlink_to(tmp_path)
    with pytest.raises(Refused, match="belongs to another user"):
        places.shelter()
    places.shelter_path().unlink()


def test_second_supervisor_is_told_who_holds_the_place(places: Places) -> None:
    with (
        places.locked("http://localhost:8000, process 7"),
        pytest.raises(Refused) as refused,
        Places(places.var).locked("x"),
    ):
        pass
    assert str(refused.value) == "The portal already runs here (http://localhost:8000, process 7). Stop that one first."


def test_place_can_be_held_again_after_it_was_let_go(places: Places) -> None:
    with places.locked("a long note of the first one"):
        pass
    with places.locked("second"):
        assert (places.var / "run.lock").read_text() == "second"


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        ("/srv/portal/var/redis.sock", True),
        ("/" + "x" * 99, True),
        ("/" + "x" * 100, False),
        ("/srv/a place/redis.sock", False),
        ("/srv/100%/redis.sock", False),
        ("/srv/Байгаль/redis.sock", False),
        ("/srv/a,b/redis.sock", False),
        ("/srv/a?b/redis.sock", False),
    ],
)
def test_socket_path_is_short_and_plain_or_elsewhere(path: str, fits: bool) -> None:
    assert socket_fits(Path(path)) is fits
