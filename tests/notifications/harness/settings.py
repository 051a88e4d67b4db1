"""The portal's settings, as production has them, with the harness's own kind of mail."""

from eabrn_portal.settings import *  # noqa: F403
from eabrn_portal.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.notifications.harness"]
