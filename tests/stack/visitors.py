"""People at a running portal, as light as can be, so that many of them take little from the machine they share with it."""

import gzip
import http.client
import re
import time
import urllib.parse
from dataclasses import dataclass, field

from tests.waiting import HANGING

EVENT = "sample-webinar-multi-designated-sites"
SENT = f"/events/{EVENT}/register/sent/"
PUBLIC = (
    "/", "/reserves/", "/geoparks/", "/sites/", "/map/", "/events/", "/trainings/", "/member-states/", "/documents/",
    "/about/", "/reserves/khuvsgul-lake/", "/reserves/jeju-island/", f"/events/{EVENT}/", "/search/?q=lake",
)  # fmt: skip
BROKEN = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Answer:
    """`status` 0: there was none. `seconds` until all of it was here."""

    status: int
    seconds: float
    location: str = ""
    body: bytes = b""
    why: str = ""


@dataclass
class Visitor:
    """A browser of its own, behind an address of its own (the portal must trust one proxy)."""

    port: int
    number: int
    patience: float = HANGING
    cookies: dict[str, str] = field(default_factory=dict)

    def asks(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """One request on a connection of its own, as after a pause."""
        began = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        headers = {
            "Host": f"localhost:{self.port}", "Connection": "close", "Accept-Encoding": "gzip",
            "X-Forwarded-For": f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}",
        }  # fmt: skip
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request("POST" if body is not None else "GET", path, body, headers)
            came = line.getresponse()
            content = came.read()
        except BROKEN as error:
            return Answer(0, time.monotonic() - began, why=type(error).__name__)
        finally:
            line.close()
        for cookie in came.headers.get_all("Set-Cookie") or ():
            name, _equals, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        leads = urllib.parse.urlsplit(came.headers.get("Location", "")).path
        return Answer(came.status, time.monotonic() - began, leads, content)


HIDDEN = re.compile(rb'name="(csrfmiddlewaretoken|drawn)" value="([^"]+)"')


@dataclass
class Guest(Visitor):
    """Somebody without an account who registers for the sample event."""

    hidden: dict[str, str] = field(default_factory=dict)
    page: str = f"/events/{EVENT}/register/"

    def opens(self) -> bool:
        """Whether the form came. Wait `GUARDED` seconds before it is sent: a form sent at once is taken for a program's."""
        plain = self.asks(self.page)
        self.hidden = {name.decode(): value.decode() for name, value in HIDDEN.findall(unpacked(plain.body))}
        return plain.status == 200 and len(self.hidden) == 2

    def registers(self, email: str) -> Answer:
        """Acknowledged when it leads to the page that says that the mail is on its way."""
        return self.asks(
            self.page,
            {
                **self.hidden, "website": "", "name": "Guest", "email": email, "organisation": "Rush",
                "member_state": "MN", "audience": "site", "time_zone": "Asia/Ulaanbaatar", "agrees": "on",
            },
        )  # fmt: skip


GUARDED = 2.1


def unpacked(body: bytes) -> bytes:
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


def acknowledged(answer: Answer) -> bool:
    return (answer.status, answer.location) == (302, SENT)
