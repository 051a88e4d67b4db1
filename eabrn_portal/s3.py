"""Files on a store that speaks S3, so that several hosts see the same ones."""

from collections.abc import Mapping
from typing import Any


def s3_stores(given: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """For `STORAGES`: what is public and what is private, each in a bucket of its own, no file ever written over."""
    common = {
        "endpoint_url": given["endpoint_url"],
        "access_key": given["access_key"],
        "secret_key": given["secret_key"],
        "region_name": given.get("region"),
        "addressing_style": "path",
        "signature_version": "s3v4",
        "default_acl": None,
        "file_overwrite": False,
        "querystring_expire": 300,
        "max_memory_size": 1024 * 1024,
    }
    return {
        alias: {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {**common, "bucket_name": given[bucket]}}
        for alias, bucket in (("default", "media"), ("private", "private"))
    }
