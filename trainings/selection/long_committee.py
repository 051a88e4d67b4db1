"""What the committee reads of hundreds of applications, made by the worker."""

import hashlib
from typing import Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from record_admin.long_work import starting
from record_admin.long_work.kinds import Kind, Pace, register_kind
from record_admin.long_work.progress import Doing
from record_admin.models import LongWork
from records.listing.exports import workbook_response

from ..models import Training
from . import committee
from .neighbours import applicants

PACES: Final = {
    "pdf": Pace(
        0.01,
        "150 sheets without answers set in 0.41 s on 2 cores of November 2026; answers make two or three pages of one",
    ),
    "xlsx": Pace(0.0007, "the same 150 as rows in 0.10 s"),
}


def start(*, training: Training, query: str, ending: str, by: User) -> LongWork:
    """Of the applications that a filter finds, in its order."""
    asked = hashlib.sha256(query.encode()).hexdigest()[:16]
    return starting.start(
        kind=COMMITTEE, title=_("For the committee: %(training)s, %(ending)s") % {"training": training, "ending": ending.upper()},
        by_id=by.pk, once=f"committee:{training.pk}:{ending}:{asked}", permissions=["trainings.change_training"],
        facts={"training": training.pk, "query": query, "ending": ending},
    )  # fmt: skip


def _make(doing: Doing) -> None:
    training = Training.objects.get(pk=doing.facts["training"])
    stem = f"applications-{training.slug}"
    doing.leads_to(_("Selection"), reverse("admin:trainings_training_selection", args=[training.pk]))
    with doing.reading():
        found = applicants(training, QueryDict(doing.facts["query"]))
        doing.expects(found.count())
        if doing.facts["ending"] == "xlsx":
            doing.keep_answer(workbook_response(stem, committee.workbook(training, found, doing.counted)))
        else:
            content = committee.sheets(training, found, doing.counted)
            doing.heed()
            doing.keep(f"{stem}.pdf", content)


COMMITTEE: Final = register_kind(Kind("committee", _make, gettext_lazy("sheets"), gettext_lazy("There is no file.")))
