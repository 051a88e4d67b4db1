"""Answers compressed on their way, and their length said all the same: a file that was cut off must not look whole."""

import gzip
import tempfile
from shutil import copyfileobj
from typing import Final, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers

from records.spooled import IN_MEMORY, from_its_start

# What becomes smaller; pictures, PDF and workbooks are compressed already.
_SMALLER: Final = ("text/", "application/json", "application/geo+json", "application/xml", "image/svg+xml")
_ENDINGS: Final = ("+xml", "+json", "javascript")


class Compression(GZipMiddleware):
    """Django's own, but that it leaves alone what is compressed, and compresses a file before it goes out."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.get("Content-Type", "").partition(";")[0]
        if not kind.startswith(_SMALLER) and not kind.endswith(_ENDINGS):
            return response
        if not isinstance(response, FileResponse):
            return super().process_response(request, cast(HttpResponse, response))
        return self._file(request, response)

    def _file(self, request: HttpRequest, response: FileResponse) -> FileResponse:
        patch_vary_headers(response, ["Accept-Encoding"])
        source = response.file_to_stream
        accepts = re_accepts_gzip.search(request.headers.get("Accept-Encoding", ""))
        if source is None or not accepts or "Content-Encoding" in response or request.method == "HEAD":
            return response
        packed = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=6, mtime=0) as into:
            copyfileobj(source, into)
        length = packed.tell()
        named = response.headers.get("Content-Disposition")
        response.streaming_content = from_its_start(packed)  # the first file is closed with the response
        if named:
            response.headers["Content-Disposition"] = named
        response.headers["Content-Length"] = str(length)
        response.headers["Content-Encoding"] = "gzip"
        return response
