"""Where mail services report what became of our mails: /mail/reports/<service>/tracking/, behind a secret of its own."""

import logging
from typing import Final

from anymail.exceptions import AnymailError
from anymail.utils import get_request_basic_auth
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from . import service_reports  # noqa: F401 - listens to what is sent below

logger = logging.getLogger(__name__)
CHALLENGE: Final = {"WWW-Authenticate": 'Basic realm="reports"'}
# What a report in another shape than its service's own runs into while it is read, and one that lacks its signing key.
UNREADABLE: Final = (
    AnymailError, ImproperlyConfigured, ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError,
    ValueError,
)  # fmt: skip


# Each service's reports are read by a class of its own, which is fetched when it is asked for: most portals need one of them,
# and Amazon's brings a library with it that takes longer to read than the rest of this app.
SERVICES: Final = {
    "amazon_ses": "notifications.bounces.amazon_reports.AmazonSesReports",
    "brevo": "anymail.webhooks.brevo.BrevoTrackingWebhookView",
    "mailersend": "anymail.webhooks.mailersend.MailerSendTrackingWebhookView",
    "mailgun": "anymail.webhooks.mailgun.MailgunTrackingWebhookView",
    "mailjet": "anymail.webhooks.mailjet.MailjetTrackingWebhookView",
    "mailtrap": "anymail.webhooks.mailtrap.MailtrapTrackingWebhookView",
    "postmark": "anymail.webhooks.postmark.PostmarkTrackingWebhookView",
    "sendgrid": "anymail.webhooks.sendgrid.SendGridTrackingWebhookView",
    "sparkpost": "anymail.webhooks.sparkpost.SparkPostTrackingWebhookView",
}


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class ReportView(View):
    """The secret is asked for before anything is read. Without one in the settings there is no such page."""

    http_method_names = ["post", "head", "options"]  # some services ask with HEAD whether the address is right

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not settings.EMAIL_WEBHOOK_SECRET or kwargs["service"] not in SERVICES:
            raise Http404("no such service")
        given = get_request_basic_auth(request) or ""
        if not constant_time_compare(given, settings.EMAIL_WEBHOOK_SECRET):
            return HttpResponse(status=401, headers=CHALLENGE)
        return super().dispatch(request, *args, **kwargs)

    def head(self, request: HttpRequest, service: str) -> HttpResponse:
        return HttpResponse()

    def post(self, request: HttpRequest, service: str) -> HttpResponse:
        """200 for everything that could be read, known or not: a service repeats what is refused."""
        try:
            source = import_string(SERVICES[service])()
            source.run_validators(request)
            events = source.parse_events(request)
        except UNREADABLE as fault:
            logger.warning("A report of %s could not be read: %s: %s", service, type(fault).__name__, fault)
            return HttpResponse(status=400)
        for event in events:
            source.signal.send(sender=type(source), event=event, esp_name=source.esp_name)
        return HttpResponse()
