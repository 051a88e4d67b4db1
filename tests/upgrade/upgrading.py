"""What an upgrade does, in a process of its own on the database of DATABASE_URL: migrates it, looks at pages, says what it saw.

What is kept in memory of one database must not be taken for another, hence the process.
"""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402
from tests.people import BACKEND, show_factor  # noqa: E402

PUBLIC = (
    "/", "/reserves/", "/reserves/khuvsgul-lake/", "/geoparks/", "/geoparks/jeju-island/", "/sites/?q=lake", "/map/", "/events/",
    "/events/lakes-workshop/", "/events/steppe-webinar/", "/trainings/", "/trainings/lake-course/", "/trainings/steppe-course/",
    "/member-states/MN/", "/partners/lake-institute/", "/programmes/lakes-programme/", "/documents/lakes-report/", "/search/?q=lake",
    "/statistics/", "/certificates/EABR-NTRA-0001/", "/reserves/export.csv", "/calendar.ics", "/feed.atom", "/api/events",
)  # fmt: skip
OWN = (
    "/me/",
    "/me/people/",
    "/me/people/applications/",
    "/me/applications/lake-course/",
    "/me/reviews/",
    "/me/requests/",
    "/me/sites/care/",
)
STAFF = (
    "/admin/",
    "/admin/events/event/",
    "/admin/trainings/application/",
    "/admin/reserves/biospherereserve/",
    "/admin/history/change/",
)


def statuses() -> dict[str, int]:
    readers = {None: PUBLIC, "focal-point@demo.invalid": OWN, "officer@demo.invalid": STAFF}
    found = {}
    for email, addresses in readers.items():
        client = Client()
        if email:
            user = User.objects.get(email=email)
            client.force_login(user, backend=BACKEND)
            show_factor(client, user)
        found |= {address: client.get(address).status_code for address in addresses}
    return found


if __name__ == "__main__":
    assert settings.TESTING
    call_command("migrate", interactive=False, verbosity=0)
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
    json.dump(statuses(), sys.stdout)
