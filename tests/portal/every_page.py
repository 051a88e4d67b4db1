"""Every kind of page that a visitor can open, by its name in the url conf, and what the other addresses answer with.

A page of a new kind that stands in none of these lists fails test_every_page.py.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from designated_sites.stewardship import signed_links
from events.places import signed_links as places
from events.places.parties import Party, party_url
from notifications.composing import signed_links as links
from notifications.models import Address
from notifications.recipients import key_of_address
from tests.factories import BiosphereReserveFactory, EventFactory, PersonFactory, RegistrationFactory

TERMS = "zzqqzz"  # found nowhere

# What anybody may open, with the data of the fixture network_served. Of long lists a short page: its entries are all alike.
PUBLIC: dict[str, tuple[str, ...]] = {
    "home": ("/", "/mn/"),
    "about": ("/about/",),
    "contact": ("/contact/",),
    "privacy": ("/privacy/",),
    "accessibility": ("/accessibility/",),
    "security": ("/security/",),
    "terms": ("/terms/",),
    "reserve-list": (
        "/reserves/?page=6", "/reserves/?state=JP&ecosystem=mountain", f"/reserves/?q={TERMS}", "/reserves/?year_min=x",
    ),
    "reserve-detail": (
        "/reserves/khuvsgul-lake/", "/reserves/mount-odaigahara-mount-omine-and-osugidani/", "/reserves/none/",
    ),
    "geopark-list": ("/geoparks/?page=4",),
    "geopark-detail": ("/geoparks/arxan/",),
    "site-list": ("/sites/?state=KR&kind=reserve",),
    "map": ("/map/?state=KR&state=MN",),
    "compare": ("/compare/", "/compare/?site=reserve:khuvsgul-lake&site=geopark:arxan&site=reserve:jeju-island"),
    "statistics": ("/statistics/",),
    "search": ("/search/", "/search/?q=lake&kind=geopark", f"/search/?q={TERMS}", "/search/?q=khuvsgol"),
    "memberstate-list": ("/member-states/",),
    "memberstate-detail": ("/member-states/KR/",),
    "partner-list": ("/partners/",),
    "partner-detail": ("/partners/mongolian-national-commission-for-unesco/",),
    "programme-list": ("/programmes/",),
    "programme-detail": ("/programmes/eabrn/", "/programmes/offer-water/"),
    "offer-ask": ("/programmes/offer-water/ask/",),
    "offer-asked": ("/programmes/offer-water/ask/sent/",),
    "document-list": ("/documents/?page=2", f"/documents/?q={TERMS}"),
    "document-detail": ("/documents/tec3fsi/",),
    "event-list": ("/events/", f"/events/?q={TERMS}"),
    "event-detail": ("/events/idbr-2025-eabrn-30/", "/events/coming/"),
    "event-register": ("/events/coming/register/",),
    "event-register-several": ("/events/coming/register/several/",),
    "join-renewed": ("/join/renewed/",),
    "calendars": ("/calendar/",),
    "event-registered": ("/events/coming/register/sent/",),
    "mail-stop": ("/me/mail/sample/reminders/",),
    "training-list": ("/trainings/", f"/trainings/?q={TERMS}"),
    "training-detail": ("/trainings/uggp-course-6-yimengshan-2020/", "/trainings/coming/"),
    "training-apply": ("/trainings/coming/apply/",),
    "certificate-check": ("/certificates/",),
    "certificate": ("/certificates/EABRN-1/", "/certificates/EABRN-2/"),
    "api:openapi-view": ("/api/docs",),
    "account_login": ("/accounts/login/",),
    "account_signup": ("/accounts/signup/",),
    "account_signup_by_passkey": ("/accounts/signup/passkey/",),
    "account_inactive": ("/accounts/inactive/",),
    "account_reset_password": ("/accounts/password/reset/",),
    "account_password_reset_completed": ("/accounts/password/reset/done/",),
    "account_request_login_code": ("/accounts/login/code/",),
}  # fmt: skip

# What one person sees: who signs up, who asked for a code, who forgot a password, and a steward who is signed in
OWN: dict[str, dict[str, tuple[str, ...]]] = {
    "signing up": {"account_email_verification_sent": ("/accounts/confirm-email/",)},
    "signing up by passkey": {"mfa_signup_webauthn": ("/accounts/2fa/webauthn/signup/",)},
    "with a code": {"account_confirm_login_code": ("/accounts/login/code/confirm/",)},
    "who forgot": {"account_confirm_password_reset_code": ("/accounts/password/reset/confirm/",)},
    "between two factors": {"mfa_authenticate": ("/accounts/2fa/authenticate/",)},
    "signed in without a password": {"reauthenticate_by_code": ("/accounts/reauthenticate/code/",)},
    "signed in": {
        "me": ("/me/",),
        "me-profile": ("/me/profile/",),
        "me-applications": ("/me/applications/",),
        "me-mailbox": ("/me/mailbox/",),
        "me-sites": ("/me/sites/", "/me/sites/?q=lake"),
        "me-sites-care": ("/me/sites/care/",),
        "me-sites-proposals": ("/me/sites/proposals/",),
        "me-roles": ("/me/roles/",),
        "me-role-ask": ("/me/roles/ask/",),
        "me-calendar": ("/me/calendar/",),
        "me-certificates": ("/me/certificates/",),
        "me-privacy": ("/me/privacy/",),
        "me-delete": ("/me/delete/",),
        "me-data-page": ("/me/data/",),
        "mail-preferences": ("/me/mail/",),
        "account_logout": ("/accounts/logout/",),
        "account_email": ("/accounts/email/",),
        "account_change_password": ("/accounts/password/change/",),
        "account_reauthenticate": ("/accounts/reauthenticate/",),
        "mfa_index": ("/accounts/2fa/",),
        "mfa_activate_totp": ("/accounts/2fa/totp/activate/",),
        "mfa_list_webauthn": ("/accounts/2fa/webauthn/",),
        "mfa_add_webauthn": ("/accounts/2fa/webauthn/add/",),
        "usersessions_list": ("/accounts/sessions/",),
    },
    "answering for a state": {
        "me-people": ("/me/people/", "/me/people/?mail=wrong"),
        "me-person-add": ("/me/people/add/",),
        "me-registrations": ("/me/people/registrations/",),
        "me-people-applications": ("/me/people/applications/",),
        "me-requests": ("/me/requests/",),
        "me-reviews": ("/me/reviews/", "/me/reviews/?clock=unknown&kind=reserve", "/me/reviews/?clock=wrong"),
    },
    "with a second factor": {
        "mfa_index": ("/accounts/2fa/",),
        "mfa_reauthenticate": ("/accounts/2fa/reauthenticate/",),
        "mfa_deactivate_totp": ("/accounts/2fa/totp/deactivate/",),
        "mfa_view_recovery_codes": ("/accounts/2fa/recovery-codes/",),
        "mfa_generate_recovery_codes": ("/accounts/2fa/recovery-codes/generate/",),
    },
}

# Pages of one record of an own state or of an own role: looked at in tests/me; those of an application in tests/trainings. Pages behind the personal address of an event
# and those of its trainer: in tests/events/test_running_browser.py.
OF_ONE = {
    "me-review", "training-application", "me-applications-of-state", "me-application-of-state", "me-ranking-of-state", "me-person", "me-person-edit", "me-request", "me-role-withdraw", "me-steward-ask", "me-steward-end", "me-person-register", "me-place-give-back",
    "me-person-calls", "me-person-apply", "me-person-apply-check", "me-application", "me-follow-up", "me-participants",
    "training-apply-check", "training-follow-up",
    "my-sessions", "my-session", "my-session-material", "my-session-withdraw",
    "me-sites-propose", "me-sites-check", "me-sites-confirm", "me-sites-proposal",
    "me-presence",
    "me-mailbox-apply", "me-mailbox-apply-check", "me-person-remove", "me-person-twice", "me-person-mails", "me-nominees",
    "join-question", "join-nameless", "join-material", "join-renew", "join-survey",
}  # fmt: skip

# Pages behind a signed or secret address, which is made when they are looked at: see `personal_pages`.
PERSONAL = {"join", "event-place", "event-party", "event-place-address", "mail-preferences-of", "site-confirm"}


def personal_pages() -> dict[str, list[str]]:
    """The pages of people without an account: those who wait, have a place or are offered one, and one who chooses mails."""
    soon = timezone.now() + dt.timedelta(minutes=10)
    event = EventFactory(
        format="hybrid", title="Lakes", starts_at=soon, registration_opens_at=soon - dt.timedelta(days=9)
    )
    event.join_links.create(provider="zoom", url="https://zoom.example/j/1", meeting_number="1 2", passcode="lake")
    far = EventFactory(format="online", title="Rivers", registration_opens_at=soon - dt.timedelta(days=9))
    deadline = {"held_until": soon}
    registrations = [
        RegistrationFactory(event=event),
        RegistrationFactory(event=far),
        *(RegistrationFactory(event=far, state=state, **deadline) for state in ("held", "offered")),
        RegistrationFactory(event=far, state="waiting", queued_at=soon, **deadline),
        *(RegistrationFactory(event=far, state=state) for state in ("cancelled", "expired")),
    ]
    address = Address.objects.create(email="ranger@example.org")
    site = BiosphereReserveFactory(slug="confirmed-by-link")
    site.stewards.create(person=PersonFactory(name="Saruul"))
    occurrence = signed_links.occurrence_of(site.kind, timezone.now().astimezone(dt.UTC).date())
    to_confirm = signed_links.confirm_url(
        site_id=site.pk, person_id=site.stewards.get().person_id, occurrence=occurrence
    )
    party = Party(far.pk, "party", key_of_address("box@example.org"), 3)
    box = PersonFactory(email="box@example.org")
    for person in (box, PersonFactory(email="", care_of=box)):
        RegistrationFactory(event=far, person=person, state="waiting", queued_at=soon, party="party", **deadline)
    return {
        "event-party": [party_url(far, party).removeprefix(settings.SITE_URL)],
        "event-place-address": [
            places.address_url(registrations[1], "new@example.org").removeprefix(settings.SITE_URL)
        ],
        "join": [f"/join/{one.join_token}/" for one in registrations],
        "event-place": [places.place_url(one).removeprefix(settings.SITE_URL) for one in registrations],
        "mail-preferences-of": [f"/me/mail/{links.token_of(address)}/"],
        "site-confirm": [to_confirm.removeprefix(settings.SITE_URL), "/me/sites/confirm/forged/"],
    }


# Addresses that answer with something else than a page, each with one that can be asked
FILES: dict[str, str] = {
    "security-txt": "/.well-known/security.txt",
    "robots": "/robots.txt",
    "feed": "/feed.atom",
    "sitemap": "/sitemap.xml",
    "calendar": "/calendar.ics",
    "event-calendar": "/events/coming.ics",
    "training-calendar": "/trainings/coming.ics",
    "reserve-export": "/reserves/export.csv",
    "geopark-export": "/geoparks/export.csv",
    "site-export": "/sites/export.csv",
    "compare-export": "/compare/export.csv?site=reserve:khuvsgul-lake&site=geopark:arxan",
    "statistics-export": "/statistics/export.csv?table=states",
    "reserve-citation": "/reserves/khuvsgul-lake.bib",
    "geopark-citation": "/geoparks/arxan.bib",
    "api:openapi-json": "/api/openapi.json",
    "api:api-root": "/api/",
    "api:start": "/api/",
    "ogc": "/api/ogc/",
    "api/ogc/conformance": "/api/ogc/conformance",
    "api/ogc/collections": "/api/ogc/collections",
    "api/ogc/collections/<slug:name>": "/api/ogc/collections/reserves",
    "api/ogc/collections/<slug:name>/items": "/api/ogc/collections/reserves/items",
    "api/ogc/collections/<slug:name>/items/<slug:slug>": "/api/ogc/collections/reserves/items/khuvsgul-lake",
    "api:reserves": "/api/reserves",
    "api:reserve": "/api/reserves/khuvsgul-lake",
    "api:geoparks": "/api/geoparks",
    "api:geopark": "/api/geoparks/arxan",
    "api:events": "/api/events",
    "api:trainings": "/api/trainings",
    "api:documents": "/api/documents",
    "api:partners": "/api/partners",
    "api:programmes": "/api/programmes",
    "api:member_states": "/api/member-states",
}

# Files that exist only once something was uploaded or set, and steps that lead on to another page or stand behind a key
# of hardware
NO_PAGES = {
    "document-file", "photo-file", "map-tile", "mfa_download_recovery_codes", "mfa_login_webauthn", "account_set_password",
    "account_complete_password_reset", "mfa_remove_webauthn", "mfa_edit_webauthn",
    "mfa_reauthenticate_webauthn", "mail-reports", "material-file", "application-file", "application-file-page", "training-letter", "training-certificate", "own-calendar", "own-reviews", "me-data", "me-data-zip", "me-site", "me-role-take-back",
    "me-sites-take-back",
    "me-certificate", "me-letter", "event-place-calendar", "me-person-mail",
}  # fmt: skip


def names() -> set[str]:
    """The names of all addresses outside the admin; where one has none, its path."""
    return set(_names(get_resolver().url_patterns, "", ""))


def _names(entries: list[Any], before: str, space: str) -> Iterator[str]:
    for entry in entries:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver) and entry.app_name != "admin":
            yield from _names(entry.url_patterns, path, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern) and not path.startswith("admin/"):  # there: former addresses, which lead on
            yield space + entry.name if entry.name else path
