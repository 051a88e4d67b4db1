"""Days and moments that people read come from the filters of `records.templatetags.times`, in every template."""

import re
from pathlib import Path
from typing import Final

from django.conf import settings

TEMPLATES: Final = Path(settings.BASE_DIR) / "templates"
# Django's own filters tell a day in the zone of the server, and numbers without their thousands.
OTHER_WAYS: Final = re.compile(
    r"\|(?:date|time|localtime|timesince|timeuntil|naturalday)\b(?!:\"(?:c|Y-m-d)\" ?}}\">)[^ %}]*"
)


def test_no_template_tells_time_in_another_way() -> None:
    found = {
        str(path.relative_to(TEMPLATES)): ways
        for path in sorted(TEMPLATES.rglob("*.*"))
        if (ways := OTHER_WAYS.findall(path.read_text()))
    }
    assert found == {}
