"""Programs of others read the running portal: GDAL, as QGIS does, its layers; a hostile client its API."""

import subprocess
import sys

import numpy
import pyogrio
import pytest

from tests.waiting import HANGING

from .portal import Portal

pytestmark = pytest.mark.stack


def test_gdal_reads_all_layers_over_pages_and_by_box(running: Portal) -> None:
    source = f"OAPIF:http://localhost:{running.port}/api/ogc/"
    layers = {str(name): str(kind) for name, kind in pyogrio.list_layers(source)}
    meta, _fids, geometry, fields = pyogrio.raw.read(source, layer="reserves", PAGE_SIZE=25)
    names = dict(zip(meta["fields"], fields, strict=True))
    _meta, _fids, _geometry, all_parks = pyogrio.raw.read(source, layer="geoparks", PAGE_SIZE=1000)
    _meta, _fids, boxed, some = pyogrio.raw.read(source, layer="reserves", bbox=(124, 33, 131, 39), PAGE_SIZE=5)
    slugs = set(dict(zip(_meta["fields"], some, strict=True))["slug"])
    assert layers == {"reserves": "Point", "geoparks": "Point"}
    assert len(geometry) == 138
    assert len(set(names["slug"])) == 138
    assert "Khuvsgul Lake" in set(names["name"])
    assert names["designation_year"].dtype == numpy.int32
    assert len(all_parks[0]) == 78
    assert {"jeju-island", "mount-sorak", "gochang"} <= slugs
    assert "khuvsgul-lake" not in slugs
    assert len(boxed) == len(slugs)


def test_api_survives_whatever_its_description_allows_and_forbids(running: Portal) -> None:
    description = f"http://localhost:{running.port}/api/openapi.json"
    argv = [
        sys.executable, "-m", "schemathesis.cli", "run", description, "--max-examples", "25", "--generation-deterministic",
        "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
        "--phases", "examples,coverage,fuzzing", "--no-color",
    ]  # fmt: skip
    done = subprocess.run(argv, capture_output=True, text=True, timeout=HANGING, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
