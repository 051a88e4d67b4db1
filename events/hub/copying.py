"""What of an event comes along into a new one."""

import datetime as dt
from typing import Final

from django.utils.translation import gettext_lazy as _

from activities.hub.copying import ALWAYS, WHAT, Copied, CopyPage, copy_rows, nothing_more

from ..models import Event, Survey


def _copy_survey(old: Event, new: Event, span: dt.timedelta) -> None:
    """The questions; its last day is as long after the event as before."""
    found = Survey.objects.filter(event=old.pk).first()
    if found is None:
        return
    questions = list(found.questions.all())
    made = Survey.objects.create(event=new, last_day=found.last_day + dt.timedelta(days=span.days))
    copy_rows(questions, owner="survey", to=made)


EVENT: Final[dict[str, Copied]] = {
    **WHAT,
    "survey": Copied(_("Questions of the survey"), _copy_survey),
    "series": Copied(_("Series, and what it is a part of"), nothing_more, ("series", "part_of")),
}


class CopyEvent(CopyPage):
    what = EVENT
    always = (*ALWAYS, "kind")
