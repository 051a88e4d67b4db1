"""Certificates by the hundred: issued by the worker a few at a time, so that what is made stays when it is stopped, and all
set in one file. No mail goes by it: whoever is to be told is told afterwards, from the page of certificates.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from activities.hub.names import CERTIFICATES, page_of
from activities.models import Activity
from activities.rescheduling.moves import MOVABLE, write_holding
from record_admin.long_work import starting
from record_admin.long_work.kinds import Kind, Pace, register_kind
from record_admin.long_work.progress import Doing
from record_admin.models import LongWork
from records.letters import without_font
from typed_records.locks import locked

from ..certificates import applying_rule, certifying
from ..certificates.papers import papers_of
from ..models import Certificate, Training

MAY: Final = "trainings.change_certificate"
ISSUING: Final = Pace(
    0.028,
    "150 certificates of a training issued in 2.06 s on 2 cores of November 2026; looking at their mails issues all twice",
)
SETTING: Final = Pace(0.013, "150 certificates set in one file in 1.93 s")
AT_ONCE: Final = 10  # certificates in one transaction


def issue(activity: Activity, *, by: User) -> LongWork:
    return _asked(ISSUE, activity, _("Certificates: %(activity)s"), by)


def set_all(activity: Activity, *, by: User) -> LongWork:
    return _asked(FILE, activity, _("Certificates in one file: %(activity)s"), by)


def _asked(kind: Kind, activity: Activity, title: str, by: User) -> LongWork:
    return starting.start(
        kind=kind, title=title % {"activity": activity}, by_id=by.pk, once=f"{kind.name}:{activity.pk}",
        facts={"activity": activity.pk}, permissions=[MAY, f"{activity._meta.app_label}.view_{activity._meta.model_name}"],
    )  # fmt: skip


def _activity(doing: Doing) -> Activity:
    found: Activity = Activity.objects.get(pk=doing.facts["activity"])
    return found


def _issue(doing: Doing) -> None:
    """Those that a killed worker has issued are not issued again: they are among those who have one."""
    activity, officer = _activity(doing), doing.officer
    if activity.status in MOVABLE:
        with doing.writing():
            write_holding(locked(activity))
        activity.refresh_from_db()
    if isinstance(activity, Training) and officer.has_perm("trainings.change_application"):
        with doing.writing():
            applying_rule.judge_the_rest(training=activity, by=officer)
    people = list(certifying.without_certificate(activity))
    before = Certificate.objects.of(activity).filter(issued_at__gte=doing.work.created_at).count()
    doing.expects(before + len(people))
    doing.done = before
    doing.leads_to(_("The certificates, and telling everybody"), page_of(activity, CERTIFICATES))
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        with doing.writing():
            issued = certifying.issue_some(activity=activity, people=some, by=officer)
        for one in issued:
            _look_at_letters(doing, one)
        doing.passed(len(some))
    doing.says(_("Nobody has been told yet: that is done from the page of certificates."))


def _look_at_letters(doing: Doing, made: Certificate) -> None:
    """A certificate with a sign in the place of a letter is made, and can be issued anew with the name in other letters."""
    if lacking := without_font(f"{made.name} {made.native_name}"):
        why = _("No font has %(letters)s; a box stands there. With the name in other letters it can be issued anew.")
        doing.remark(why % {"letters": ", ".join(f"“{letter}”" for letter in lacking)}, name=made.name)


def _set(doing: Doing) -> None:
    activity = _activity(doing)
    certificates = list(Certificate.objects.of(activity).valid().select_related("activity").order_by("name", "pk"))

    def counted(rows: Sequence[Certificate]) -> Iterator[Certificate]:
        doing.expects(len(rows))
        yield from doing.counted(rows)
        doing.says(_("The pages are set, all in one file: this cannot be counted."))

    made = papers_of(certificates, counted) if certificates else None
    doing.heed()
    doing.says("" if certificates else _("No certificate has been issued yet."))
    for one in made.left_out if made else ():
        doing.leave_out(_("It could not be set: it is not in the file."), name=f"{one.number} {one.name}")
    if made and made.content:
        doing.keep(f"certificates-{activity.slug}.pdf", made.content)
    doing.leads_to(_("The certificates"), page_of(activity, CERTIFICATES))


ISSUE: Final = register_kind(
    Kind(
        "certificates", _issue, gettext_lazy("made"),
        gettext_lazy("Those that were made stay, and nobody has been told. To go on makes the others."),
    )
)  # fmt: skip
FILE: Final = register_kind(Kind("certificates-file", _set, gettext_lazy("pages"), gettext_lazy("There is no file.")))
