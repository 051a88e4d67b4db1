"""Addresses of the contract that no link leads to, or not in every way: filters, sorts, pages, downloads, the API."""

from itertools import product

IN_LANGUAGES = (
    "/",
    "/reserves/khuvsgul-lake/",
    "/events/lakes-workshop/",
    "/trainings/lake-course/",
    "/map/",
    "/about/",
)
LANGUAGES = ("zh-hans", "ja", "ko", "mn", "ru", "kk")
# Records of which the most is shown; of others of their kind one is enough.
NOTABLE = {
    "khuvsgul-lake", "hustai-nuruu", "jeju-island", "lakes-workshop", "steppe-webinar", "cancelled-symposium", "draft-celebration", "lake-course", "steppe-course",
    "sample-webinar-multi-designated-sites", "sample-training-mountain-lake-monitoring", "lake-institute", "lakes-programme", "offer-lakes", "lakes-report", "lake-days",
}  # fmt: skip
_OF_SITES = (
    "", "page=2", "page=6", "page=999", "q=lake", "q=khuvsgol", "q=zzqqzz", "q=%E9%95%BF%E7%99%BD%E5%B1%B1", "state=JP", "state=JP&state=KR", "state=JP&ecosystem=mountain",
    "designation=world_heritage", "status=designated", "status=withdrawn", "year_min=1990&year_max=2005", "year_min=x", "transboundary=true", "sort=name", "sort=newest",
    "sort=largest", "sort=-year", "sort=nothing", "state=XX", "ecosystem=nothing", "kind=reserve", "kind=geopark", "kind=x", "state=MN&sort=newest&page=1",
)  # fmt: skip
_OF_OCCASIONS = (
    "", "page=2", "page=999", "q=lakes", "q=zzqqzz", "state=MN", "state=MN&state=KR", "year=2026", "year_min=2010&year_max=2015", "year_min=x", "kind=webinar", "kind=x",
    "status=held", "status=announced", "format=online", "sort=oldest", "sort=title", "series=lake-days", "state=XX", "counted=true", "sort=coming",
)  # fmt: skip
_OF_DOCUMENTS = (
    "",
    "page=2",
    "q=report",
    "q=zzqqzz",
    "kind=declaration",
    "kind=x",
    "year=2005",
    "language=en",
    "year_min=2000",
    "sort=title",
    "sort=oldest",
)


def _with(path: str, queries: tuple[str, ...]) -> list[str]:
    return [f"{path}?{query}" if query else path for query in queries]


LISTS = [
    *(address for path in ("/reserves/", "/geoparks/", "/sites/", "/map/") for address in _with(path, _OF_SITES)),
    *(address for path in ("/events/", "/trainings/") for address in _with(path, _OF_OCCASIONS)),
    *_with("/documents/", _OF_DOCUMENTS),
    *_with("/partners/", ("", "q=lake", "state=MN", "kind=academia", "kind=x", "page=2")),
    *_with("/programmes/", ("", "q=lake", "kind=offer")),
    *_with("/search/", ("", "q=lake", "q=lake&kind=geopark", "q=khuvsgol", "q=zzqqzz", "q=Bat", "q=%E6%B9%96", "q=lakes+workshop", "q=lake&page=2")),
    *_with("/compare/", ("", "site=reserve:khuvsgul-lake&site=geopark:arxan&site=reserve:jeju-island", "site=reserve:none", "site=x")),
    *_with("/statistics/", ("", "state=MN", "year_min=2000", "kind=reserve")),
    *_with("/calendar/", ("", "state=MN", "kind=webinar")),
    "/reserves/hovsgol-lake/", "/reserves/none/", "/geoparks/none/", "/events/none/", "/trainings/none/", "/member-states/mn/", "/member-states/XX/",
]  # fmt: skip
_SITE_QUERIES = (
    "",
    "?state=JP&ecosystem=mountain",
    "?q=lake",
    "?year_min=x",
    "?designation=world_heritage&sort=newest",
)
DOWNLOADS = [
    *(f"/{kind}/export.{ending}{query}" for kind, ending, query in product(("reserves", "geoparks", "sites"), ("csv", "xlsx", "geojson", "kml"), _SITE_QUERIES)),
    *(f"/compare/export.{ending}?site=reserve:khuvsgul-lake&site=geopark:arxan" for ending in ("csv", "xlsx")),
    *(f"/statistics/export.{ending}?table={table}" for ending, table in product(("csv", "xlsx"), ("states", "ecosystems", "areas", "designations", "zones", "growth", "years", "places", "participants", "participant-states", "reviews", "nothing"))),
    "/reserves/export.pdf", "/calendar.ics", "/calendar.ics?state=MN", "/calendar.ics?kind=webinar", "/feed.atom", "/sitemap.xml", "/robots.txt", "/livez",
]  # fmt: skip
REST = [
    "/api/", "/api/docs", "/api/openapi.json",
    *(f"/api/{name}{query}" for name, query in product(
        ("reserves", "geoparks", "events", "trainings", "documents", "partners", "programmes", "member-states"),
        ("", "?page=2", "?limit=5&offset=5", "?page_size=5", "?state=MN", "?q=lake", "?year_min=x", "?lang=ru", "?limit=1000"),
    )),
    "/api/reserves/none", "/api/geoparks/none", "/api/nothing",
]  # fmt: skip
_COLLECTIONS = ("reserves", "geoparks", "sites", "events", "none")
OGC = [
    "/api/ogc/", "/api/ogc/conformance", "/api/ogc/collections",
    *(f"/api/ogc/collections/{name}" for name in _COLLECTIONS),
    *(f"/api/ogc/collections/{name}/items{query}" for name, query in product(_COLLECTIONS, ("", "?limit=3", "?limit=3&offset=3", "?bbox=90,40,110,55", "?bbox=x", "?state=MN", "?f=json"))),
]  # fmt: skip
OF_ONE_SITE = ("bib", "ris")
ALONE = {
    "everybody": [
        "/accounts/login/", "/accounts/signup/", "/accounts/signup/passkey/", "/accounts/password/reset/", "/accounts/login/code/", "/accounts/inactive/",
        "/accounts/password/reset/done/", "/certificates/", "/certificates/EABR-NTRA-0001/", "/certificates/EABR-NTRA-0002/", "/certificates/EABR-NONE/",
        "/certificates/?number=EABR-NTRA-0001", "/join/renewed/", "/join/unknown/", "/me/", "/admin/", "/admin/login/", "/me/mail/sample/reminders/",
        "/me/sites/confirm/forged/", "/nothing/", "/events/lakes-workshop/register/", "/events/lakes-workshop/register/sent/", "/trainings/lake-course/apply/",
        "/programmes/offer-lakes/ask/", "/programmes/offer-lakes/ask/sent/", "/events/lakes-workshop/?zone=Asia/Tokyo", "/zh-hans/reserves/?state=JP",
    ],
    "me": [
        "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/", "/accounts/reauthenticate/", "/me/data.json", "/me/privacy/", "/me/delete/",
        "/me/reviews/?clock=unknown&kind=reserve", "/me/people/?mail=wrong", "/me/people/?q=Dorj", "/me/sites/?q=lake",
        "/events/lakes-workshop/register/", "/trainings/lake-course/apply/", "/trainings/sample-training-mountain-lake-monitoring/apply/",
    ],
}  # fmt: skip
