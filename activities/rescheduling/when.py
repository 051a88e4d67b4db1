"""When an activity takes place, as a value."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from records.formats.partial_dates import Precision

from ..models import Activity

KNOWN_DAY: Final = frozenset({Precision.DAY, Precision.MINUTE})


@dataclass(frozen=True)
class When:
    """When an activity takes place, as far as is known."""

    starts_at: dt.datetime
    start_precision: str
    ends_at: dt.datetime | None
    end_precision: str
    timezone: str

    @classmethod
    def of(cls, activity: Activity) -> "When":
        known = (activity.starts_at, activity.start_precision, activity.ends_at, activity.end_precision)
        return cls(*known, activity.timezone)
