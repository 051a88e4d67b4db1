"""Where mail services report what became of our mails: /mail/reports/<service>/tracking/, behind a secret of its own."""

import logging
from typing import Final

from anymail.exceptions import AnymailError
from anymail.utils import get_request_basic_auth
from anymail.webhooks.amazon_ses import AmazonSESTrackingWebhookView
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailersend import MailerSendTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView
from anymail.webhooks.mailtrap import MailtrapTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.sendgrid import SendGridTrackingWebhookView
from anymail.webhooks.sparkpost import SparkPostTrackingWebhookView
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
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


class AmazonSesReports(AmazonSESTrackingWebhookView):
    """Without Amazon's own library, which would only confirm the subscription: a person does that, by the logged link."""

    def __init__(self, **kwargs: object) -> None:
        self.auto_confirm_enabled = False
        AnymailBaseWebhookView.__init__(self, **kwargs)

    def auto_confirm_sns_subscription(self, sns_message: dict[str, object]) -> None:
        logger.warning("Amazon asks whether it may report mails here. Open to allow: %s", sns_message["SubscribeURL"])


SERVICES: Final = {
    "amazon_ses": AmazonSesReports,
    "brevo": BrevoTrackingWebhookView,
    "mailersend": MailerSendTrackingWebhookView,
    "mailgun": MailgunTrackingWebhookView,
    "mailjet": MailjetTrackingWebhookView,
    "mailtrap": MailtrapTrackingWebhookView,
    "postmark": PostmarkTrackingWebhookView,
    "sendgrid": SendGridTrackingWebhookView,
    "sparkpost": SparkPostTrackingWebhookView,
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
            source = SERVICES[service]()
            source.run_validators(request)
            events = source.parse_events(request)
        except UNREADABLE as fault:
            logger.warning("A report of %s could not be read: %s: %s", service, type(fault).__name__, fault)
            return HttpResponse(status=400)
        for event in events:
            source.signal.send(sender=type(source), event=event, esp_name=source.esp_name)
        return HttpResponse()
