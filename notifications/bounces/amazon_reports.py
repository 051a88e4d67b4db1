"""What Amazon's mail service reports."""

import logging

from anymail.webhooks.amazon_ses import AmazonSESTrackingWebhookView
from anymail.webhooks.base import AnymailBaseWebhookView

logger = logging.getLogger(__name__)


class AmazonSesReports(AmazonSESTrackingWebhookView):
    """Without Amazon's own library, which would only confirm the subscription: a person does that, by the logged link."""

    def __init__(self, **kwargs: object) -> None:
        self.auto_confirm_enabled = False
        AnymailBaseWebhookView.__init__(self, **kwargs)

    def auto_confirm_sns_subscription(self, sns_message: dict[str, object]) -> None:
        logger.warning("Amazon asks whether it may report mails here. Open to allow: %s", sns_message["SubscribeURL"])
