"""What is told of an error: read from a log before any app is there, so without a model."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """One error: its class, the name of the page or task, the line of ours that it came from. Nothing else is kept of it."""

    error: str
    where: str
    line: str

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(f"{self.error}\n{self.where}\n{self.line}".encode()).hexdigest()
