"""Certificates of one event or training: who has one, who gets one and who not, all in one file, the mail that they are ready."""

from typing import Any, Final, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from accounts.models import User
from activities.hub.names import CERTIFICATES, DETAILS, page_of
from activities.models import Activity
from activities.rescheduling.moves import MOVABLE, write_holding
from notifications.admin.mass import CONFIRM, before_doing, goes_back
from notifications.models import Mailing
from record_admin.long_work.begin import is_asked_for, page_before
from record_admin.long_work.begin import page_of as page_of_work
from record_admin.workspace.pages import HubPage
from records.listing.lists import page_number
from records.papers import as_file
from records.template_context import Context
from typed_records.locks import locked

from ..certificates import applying_rule, certifying
from ..certificates.papers import papers_of
from ..models import Certificate, Training
from . import long_certificates
from .long_certificates import ISSUING, SETTING

MAY_REPORT: Final = "trainings.add_donorreport"
REPORT: Final = "report"
PER_PAGE: Final = 50
NAMED: Final = 200  # people without one who are named on the page


class _Certifying(HubPage):
    part = CERTIFICATES
    wants = "view"

    def refuse_strangers(self) -> None:
        super().refuse_strangers()
        if not self.request.user.has_perm(long_certificates.MAY):
            raise PermissionDenied

    @property
    def activity(self) -> Activity:
        return cast(Activity, self.record)

    @property
    def officer(self) -> User:
        return cast(User, self.request.user)

    @property
    def back(self) -> str:
        return page_of(self.record, CERTIFICATES)

    def is_ready(self) -> bool:
        """Over and not yet said to be held: issuing says so too."""
        return self.activity.status in MOVABLE and (self.activity.ends_at or self.activity.starts_at) <= timezone.now()

    def refusal(self) -> str:
        """Why no certificate can be given, in words; nothing if some can."""
        activity = self.activity
        if self.is_ready():
            activity = type(activity)._default_manager.get(pk=activity.pk)
            activity.status = Activity.Status.HELD
        try:
            certifying.refuse_activity(activity)
        except ValidationError as refused:
            return " ".join(refused.messages)
        return ""


class CertificatesPage(_Certifying, TemplateView):
    template_name = "admin/trainings/certificates.html"

    def get_context_data(self, **kwargs: Any) -> Context:
        activity, refused = self.activity, self.refusal()
        issued = Certificate.objects.of(activity).order_by("name", "pk")
        people = certifying.without_certificate(activity).select_related("member_state")
        without = people.none() if refused else people
        asked = not refused and isinstance(activity, Training)
        page = Paginator(issued, PER_PAGE).get_page(page_number(self.request))
        return super().get_context_data(**kwargs) | {
            "refused": refused,
            "page_obj": page,
            "valid": issued.filter(revoked_at=None).count(),
            "without_count": without.count(),
            "without": without[:NAMED],
            "lacking": certifying.lacking(cast(Training, activity)).select_related("person") if asked else [],
            "details": page_of(activity, DETAILS),
            "pages": {name: page_of(activity, f"certificates_{name}") for name in ("issue", "pdf", "tell")},
            "rule": page_of(activity, "rule") if isinstance(activity, Training) else "",
        }


class IssueCertificates(_Certifying, View):
    """Who gets one, and the mail that tells them, first; then both at once. What is over and was not said to be held is said
    so by it."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return self._act(request)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return self._act(request)

    def _act(self, request: HttpRequest) -> HttpResponseBase:
        if goes_back(request):
            return redirect(self.back)
        if refused := self.refusal():
            messages.error(request, refused)
            return redirect(self.back)
        judged = self.judged()
        people = [*certifying.without_certificate(self.activity), *judged.certified]
        if not people and not judged.moved:
            messages.warning(request, _("Nobody who took part is without a certificate."))
            return redirect(self.back)
        number = len(people)
        names = ", ".join(sorted(person.name for person in people)[:NAMED])
        named = [_("Issued for: %(names)s.") % {"names": names}] if people else []
        said = [*named]
        if judged.moved:
            words = _("By the rule %(there)d attended and %(away)d did not: their applications say so too.")
            said.insert(0, words % {"there": len(judged.there), "away": len(judged.moved) - len(judged.there)})
        if judged.unsure:
            words = ngettext(
                "Of %(n)d person nothing can be said yet.", "Of %(n)d people nothing can be said yet.", judged.unsure
            )
            said.insert(1, words % {"n": judged.unsure})
        if self.is_ready():
            said.append(_("It is said to have been held."))
        button = ngettext("Issue %(n)d certificate", "Issue %(n)d certificates", number) % {"n": number}
        if ISSUING.is_long(number):
            return self._issue_in_the_worker(request, number, button, " ".join(one for one in said if one not in named))
        try:
            answer = before_doing(
                self.owner, request, act=self._issue, title=_("Certificates: %(activity)s") % {"activity": self.activity},
                then=self.then(request), button=button, explanation=" ".join(said), zone=self.activity.timezone,
                context={"back_to": self.back, "on_to": self.on_to(button)},
            )  # fmt: skip
        except ValidationError as refused_now:
            messages.error(request, " ".join(refused_now.messages))
            return redirect(self.back)
        if answer.status_code == 302:
            text = ngettext("%(n)d certificate was issued.", "%(n)d certificates were issued.", number)
            messages.success(request, text % {"n": number})
        return answer

    def _issue_in_the_worker(self, request: HttpRequest, number: int, button: str, said: str) -> HttpResponseBase:
        """So many are not issued twice to look at their mails: they are made, and told of afterwards."""
        if is_asked_for(request):
            return page_of_work(long_certificates.issue(self.activity, by=self.officer))
        told = _("No mail goes by this. Once all are made, you tell everybody from the page of certificates.")
        return page_before(
            request, self.site, title=_("Certificates: %(activity)s") % {"activity": self.activity}, number=number,
            seconds=ISSUING.seconds(number), back=self.back, button=button, explanation=f"{said} {told}".strip(),
        )  # fmt: skip

    def judged(self) -> applying_rule.Judged:
        """What the rule says of those with a seat in a training of whom nothing is said yet; of an event nothing."""
        activity = self.activity
        if not isinstance(activity, Training) or not self.request.user.has_perm("trainings.change_application"):
            return applying_rule.Judged()
        return applying_rule.unjudged(activity)

    def on_to(self, button: str) -> list[tuple[str, str]]:
        """Where one can go on to, by the value of the button."""
        if not (self.activity.fund_code or isinstance(self.activity, Training)) or not self.request.user.has_perm(
            MAY_REPORT
        ):
            return []
        return [(REPORT, _("%(issue)s, go on to the report") % {"issue": button})]

    def then(self, request: HttpRequest) -> str:
        if request.POST.get(CONFIRM) == REPORT:
            return f"{reverse('admin:trainings_donorreport_add')}?activity={self.activity.pk}"
        return self.back

    def _issue(self) -> Mailing | None:
        activity = locked(self.activity)
        if self.is_ready():
            write_holding(activity)
        if isinstance(activity, Training) and self.request.user.has_perm("trainings.change_application"):
            applying_rule.judge_the_rest(training=activity, by=self.officer)
        certifying.issue_all(activity=activity, by=self.officer)
        return certifying.send(activity=activity, by=self.officer)


class AllInOneFile(_Certifying, View):
    """All valid certificates, to print; offered only when there are any."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not is_asked_for(request):
            return redirect(self.back)
        return page_of_work(long_certificates.set_all(self.activity, by=self.officer))

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        found = Certificate.objects.of(self.activity).valid().select_related("activity")
        certificates = list(found.order_by("name", "pk"))
        if not certificates:
            messages.warning(request, _("No certificate has been issued yet."))
            return redirect(self.back)
        if SETTING.is_long(number := len(certificates)):
            title = _("Certificates in one file: %(activity)s") % {"activity": self.activity}
            return page_before(
                request, self.site, title=title, number=number, seconds=SETTING.seconds(number), back=self.back
            )
        made = papers_of(certificates)
        for one in made.left_out:
            text = _("The certificate %(number)s of %(name)s could not be set: it is not in the file.")
            messages.warning(request, text % {"number": one.number, "name": one.name})
        if not made.content:
            return redirect(self.back)
        return as_file(made.content, f"certificates-{self.activity.slug}")


class TellOfCertificates(_Certifying, View):
    """Everybody with a certificate who has not been told of this printing."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return self._act(request)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return self._act(request)

    def _act(self, request: HttpRequest) -> HttpResponseBase:
        if goes_back(request):
            return redirect(self.back)
        return before_doing(
            self.owner, request, act=lambda: certifying.send(activity=self.activity, by=self.officer), then=self.back,
            title=_("Certificates: %(activity)s") % {"activity": self.activity}, button=_("Tell them"),
            zone=self.activity.timezone, context={"back_to": self.back},
        )  # fmt: skip


def certificates_of(activity: Activity) -> Any:
    """Those that hold."""
    return Certificate.objects.of(activity).valid()
