"""The portal's addresses, and one more of a made-up app whose act writes to many."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path

from eabrn_portal import urls as portal
from notifications import mailings, outbox
from notifications.admin.mass import before_doing
from notifications.models import Mailing
from notifications.recipients import Recipient

MAIL_KIND = "test.changed"


def tell_many() -> Mailing:
    made = mailings.open_mailing(label="Symposium moved", kind=MAIL_KIND, by_id=None)
    readers = [
        Recipient(f"person:{number}", f"r{number}@example.org", "ja" if number % 2 else "en") for number in range(9)
    ]
    outbox.put_many(kind=MAIL_KIND, subject=("test.matter", 8), readers=[(one, "") for one in readers], mailing=made)
    return made


def tell(request: HttpRequest) -> HttpResponse:
    owner = admin.site._registry[Mailing]
    return before_doing(owner, request, act=tell_many, title="Move: Symposium", then="/admin/")


urlpatterns = [path("admin/tell/", admin.site.admin_view(tell)), *portal.urlpatterns]
