"""One settings file, read from the environment. docs/settings.md holds the tables of all variables.

Production is the rule: a secret key, a public https address and host names must be given, and staff need a second factor.
Two cases say so themselves and ask for less: `make run` on this machine (`EABRN_LOCAL`; with the embedded database also
`EABRN_EMBEDDED`) and the tests (`EABRN_TESTING`).
"""

import tomllib
import warnings
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from .postgres.limits import options as database_options
from .redis_addresses import CACHE_NUMBER, RedisAddress
from .s3 import s3_stores

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

with (BASE_DIR / "pyproject.toml").open("rb") as described:
    RELEASE: str = tomllib.load(described)["project"]["version"]

# Where the portal stands -------------------------------------------------------------------------------------------
VAR_DIR = Path(env.str("EABRN_VAR", str(BASE_DIR / "var"))).resolve()
EMBEDDED = env.bool("EABRN_EMBEDDED", False)  # the supervisor runs the database itself: demo accounts, samples
LOCAL = env.bool("EABRN_LOCAL", EMBEDDED)  # the supervisor serves http://localhost
TESTING = env.bool("EABRN_TESTING", False)
DEBUG = env.bool("EABRN_DEBUG", False)

SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    if not TESTING:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Give a long random value in the environment; "
            "`python -c 'import secrets; print(secrets.token_urlsafe(60))'` makes one. "
            "For a first look without servers use `make run`."
        )
    SECRET_KEY = "tests-only-" + "x" * 50  # the supervisor gives a random key kept under var/

# Keys of before: what they signed and sealed can still be read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", f"http://localhost:{PORT}").rstrip("/")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"] if LOCAL or TESTING else []
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
# The web server takes the address of the reader and the scheme from these, and from nobody else.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
# `/metrics` for Prometheus: with this token (Authorization: Bearer ...) or from one of these addresses. Without both: nobody.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
METRICS_FROM = env.list("METRICS_FROM", default=[])
# Who is mailed about errors of the portal's own, at most once an hour about each: docs/settings.md.
ADMINS = [("EABRN", address) for address in env.list("ADMINS", default=[])]

# Apps and middleware -----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "modeltranslation",  # before the admin
    "eabrn_portal.apps.PortalConfig",
    "desk",
    "opendata",
    "me",
    "trainings",
    "events",
    "activities",
    "geoparks",
    "reserves",
    "designated_sites",
    "accounts",
    "network",
    "notifications",
    "record_admin",
    "record_import",
    "records",
    "search",
    "history",
    "eabrn_portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
]
MIDDLEWARE = [
    "eabrn_portal.monitoring.answers.monitoring",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "eabrn_portal.compression.Compression",  # a list of sites is 83 KB of HTML, 27 KB on its way
    "eabrn_portal.middleware.policies",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "opendata.api.answers.errors_are_json",
    "eabrn_portal.middleware.known_methods",
    "eabrn_portal.middleware.unreadable_requests",
    "eabrn_portal.sent_forms.once.done_once",  # before anything that begins a transaction
    "eabrn_portal.page_cache.cached_pages",
    "eabrn_portal.middleware.stays_with_its_reader",
    "eabrn_portal.middleware.search_in_step",
    "eabrn_portal.sent_forms.typed.KeepsTyped",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "eabrn_portal.middleware.incomplete_languages",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.sign_in.second_factor.SignedInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.sign_in.sessions.activity",
    "django.contrib.messages.middleware.MessageMiddleware",
    "history.middleware.actor_of_request",
]
ROOT_URLCONF = "eabrn_portal.urls"
WSGI_APPLICATION = "eabrn_portal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "eabrn_portal.context.frame",
                "activities.timezones.reader_zone.reader_context",
            ],
        },
    }
]

# Servers -----------------------------------------------------------------------------------------------------------
DATABASE_URL = env.str("DATABASE_URL", f"postgres://portal@/portal?host={VAR_DIR / 'pg'}")
# Past a pooler, for upgrades and backups: they need one connection for all they do.
DATABASE_DIRECT_URL = env.str("DATABASE_DIRECT_URL", DATABASE_URL)
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
# A pooler between us and the server gives every transaction another connection; a cursor of the server would be lost.
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
# What this process is for decides how long it waits for the database: `web`, `worker` or `command`.
PROCESS = env.str("EABRN_PROCESS", "command")
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["ENGINE"] = "eabrn_portal.postgres"
    DATABASES["default"]["OPTIONS"] = {**database_options(PROCESS), **DATABASES["default"].get("OPTIONS", {})}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", f"unix://{VAR_DIR / 'redis.sock'}")
CACHE_REDIS_URL = env.str("CACHE_REDIS_URL", REDIS_URL)


REDIS = RedisAddress.read(REDIS_URL)
# The cache may be thrown away and is bounded; the queue may not. One server does for both, two are better.
CACHE_REDIS = RedisAddress.read(CACHE_REDIS_URL, "CACHE_REDIS_URL")
# Two portals on one server: each has its own.
REDIS_PREFIX = env.str("REDIS_PREFIX", "eabrn")
CACHES: dict[str, object] = {
    "default": CACHE_REDIS.cache(CACHE_NUMBER, prefix=REDIS_PREFIX),
    "limits": {"BACKEND": "records.rate_limits.Limits"},
}
# How long a public page is kept for readers who are not signed in. A change of any record ends it at once; what only the
# clock changes (a registration closes) may be shown for as long. 0 keeps nothing.
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", 60)
# Sessions and limits live in the database: sign-in goes on while Redis is away.
SESSION_ENGINE = "django.contrib.sessions.backends.db"

BROKER_NUMBER = env.int("EABRN_BROKER_DB", 0)
CELERY_BROKER_URL = REDIS.broker_url(BROKER_NUMBER)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "global_keyprefix": f"{REDIS_PREFIX}:",
    **REDIS.broker_options(),
}
CELERY_TIMEZONE = "UTC"
OUTBOX_POLL_SECONDS = env.int("OUTBOX_POLL_SECONDS", 20)
# How long long work (an import, a file of hundreds of pages) stays with its worker, which says every second that it lives.
LONG_WORK_LEASE_SECONDS = env.int("LONG_WORK_LEASE_SECONDS", 60)
CELERY_BEAT_SCHEDULE = {
    "poll the outbox": {
        "task": "notifications.tasks.send_due",
        "schedule": OUTBOX_POLL_SECONDS,
        "options": {"expires": OUTBOX_POLL_SECONDS},  # polls do not pile up while no worker runs
    },
    # Digests on Monday morning, places whose time to answer is over; what was missed while no worker ran is caught up.
    "do what the clock asks": {
        "task": "notifications.tasks.plan",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 300},
    },
    "purge what was kept long enough": {"task": "history.tasks.purge", "schedule": crontab(hour=19, minute=40)},
    # What somebody asked for while the queue was away, or what a killed worker had in its hands.
    "take up long work": {
        "task": "record_admin.tasks.do_long_work",
        "schedule": OUTBOX_POLL_SECONDS,
        "options": {"expires": OUTBOX_POLL_SECONDS},
    },
    "keep the search in step": {"task": "search.tasks.refresh_search", "schedule": 60, "options": {"expires": 60}},
}

# Mail --------------------------------------------------------------------------------------------------------------
if EMAIL_URL := env.str("EMAIL_URL", ""):
    vars().update(env.email_url_config(EMAIL_URL))
    if vars()["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
        EMAIL_BACKEND = "notifications.delivery.backends.Smtp"
else:
    EMAIL_BACKEND = "notifications.delivery.backends.EmlFiles"
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 20)  # seconds, for each step of the conversation with the mail server
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "EABRN Secretariat <secretariat@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SECRETARIAT_EMAIL = env.str("SECRETARIAT_EMAIL", "secretariat@localhost")
SECURITY_EMAIL = env.str("SECURITY_EMAIL", SECRETARIAT_EMAIL)  # who is told of holes: /.well-known/security.txt
# How long a mail waits after each failed attempt; after the last it is given up and shown to staff.
OUTBOX_RETRY_MINUTES = env.list("OUTBOX_RETRY_MINUTES", cast=float, default=[1, 5, 15, 60, 240])
# How long a mail that is being sent stays its worker's; longer than a whole conversation with the server may take.
OUTBOX_LEASE_SECONDS = env.int("OUTBOX_LEASE_SECONDS", 300)
# How long a handful of mails waits for the worker that took it. Then others may take what it has not come to.
OUTBOX_HOLD_SECONDS = env.int("OUTBOX_HOLD_SECONDS", 60)
# How long a mass mail can be called back before it goes out.
OUTBOX_UNDO_MINUTES = env.int("OUTBOX_UNDO_MINUTES", 10)
# Mail domains that delay or drop bursts, with how many mails a minute each takes: qq.com=60,163.com=60
OUTBOX_DOMAIN_PER_MINUTE = env.dict(
    "OUTBOX_DOMAIN_PER_MINUTE",
    cast={"value": int},
    default=dict.fromkeys(["qq.com", "foxmail.com", "163.com", "126.com", "sina.com", "sohu.com"], 60),
)
# After how many days without a confirmation those who look after a site are asked whether its facts are right.
SITE_CONFIRM_DAYS = env.int("SITE_CONFIRM_DAYS", 365)
# The user:password with which the mail service reports what came back, at /mail/reports/<service>/tracking/. None: off.
EMAIL_WEBHOOK_SECRET = env.str("EMAIL_WEBHOOK_SECRET", "")
ANYMAIL = {"WEBHOOK_SECRET": EMAIL_WEBHOOK_SECRET}
if EMAIL_WEBHOOK_SIGNING_KEY := env.str("EMAIL_WEBHOOK_SIGNING_KEY", ""):  # of services that sign their reports as well
    ANYMAIL |= dict.fromkeys(
        ["MAILGUN_WEBHOOK_SIGNING_KEY", "MAILERSEND_SIGNING_SECRET", "MAILTRAP_TRACKING_SECRET"],
        EMAIL_WEBHOOK_SIGNING_KEY,
    )

# Registration ------------------------------------------------------------------------------------------------------
# How long a place is held or offered to somebody who has not answered yet; less near the start.
REGISTRATION_HOLD_HOURS = env.int("REGISTRATION_HOLD_HOURS", 24)
# How many places that nobody has confirmed yet one network may hold at an event; of a small event a fifth of the places.
REGISTRATION_HOLDS_PER_HOST = env.int("REGISTRATION_HOLDS_PER_HOST", 5)
# So long before the start nobody on the waiting list is offered a place any more.
WAITING_LIST_FROZEN_HOURS = env.int("WAITING_LIST_FROZEN_HOURS", 2)
# So long before a training begins a seat that becomes free is not offered to the reserve list by itself any more.
RESERVE_LIST_FROZEN_DAYS = env.int("RESERVE_LIST_FROZEN_DAYS", 3)

# Accounts ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.sign_in.backends.RoleBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/me/"
ACCOUNT_FORMS = {
    "signup": "accounts.sign_in.forms.EvenSignupForm",
    "login": "accounts.sign_in.forms.TidyLoginForm",
    "add_email": "accounts.sign_in.forms.TidyAddEmailForm",
    "reset_password": "accounts.sign_in.forms.TidyResetPasswordForm",
    "request_login_code": "accounts.sign_in.forms.TidyRequestLoginCodeForm",
}
ACCOUNT_ADAPTER = "accounts.sign_in.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Mails are slow where some of our readers are: a code lives a quarter of an hour, and three wrong ones end it.
CODE_MINUTES = 15
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = CODE_MINUTES * 60
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = CODE_MINUTES * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Beside those of allauth. Wrong passwords: for an address from one network, and slowly for an address from anywhere.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/300s/key",
    "login_failed_anywhere": "100/h/key",
    "reset_password": "20/m/ip,1/m/key,5/h/key",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 8}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "EABRN"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL or TESTING
USERSESSIONS_TRACK_ACTIVITY = True  # shown on the page; written by our own middleware, every five minutes at most
# Sign-in through other services, none by default: {"orcid": {"client_id": "...", "secret": "...", "host": "https://orcid.org"}}.
# An account is never joined by an address that only the other service vouches for.
if SOCIAL_PROVIDERS := env.json("SOCIAL_PROVIDERS", default={}):
    INSTALLED_APPS += [
        "allauth.socialaccount",
        *(f"allauth.socialaccount.providers.{name}" for name in SOCIAL_PROVIDERS),
    ]
    SOCIALACCOUNT_PROVIDERS = {
        name: {"APPS": [{"client_id": given["client_id"], "secret": given["secret"], "key": ""}]}
        for name, given in SOCIAL_PROVIDERS.items()
    }
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
# `required` everywhere; `optional` is possible in the embedded default only.
STAFF_MFA = env.str("EABRN_STAFF_MFA", "required")
if STAFF_MFA not in {"required", "optional"}:
    raise ImproperlyConfigured("EABRN_STAFF_MFA is `required` or `optional`.")
if STAFF_MFA == "optional" and not (EMBEDDED or TESTING):
    raise ImproperlyConfigured("EABRN_STAFF_MFA=optional exists only in the embedded default of `make run`.")

# Personal data -----------------------------------------------------------------------------------------------------
# The version of templates/pages/privacy.html: a change of what it says about persons is a new one, and consents name it.
PRIVACY_NOTICE_VERSION = "2026-11-4"
# How many days what is kept; what happens then stands with the rules (`retention.py` of each app). `manage.py purge` and
# a nightly task apply them, the page on privacy shows them.
RETENTION_DAYS = {
    "sessions": 0,
    "limits": 0,
    "answers-to-forms": 0,
    "typed-forms": 1,
    "chosen-files": 1,
    "uploaded-sheets": 7,
    "long-work": 7,
    "place-acts": 7,
    "unconfirmed-accounts": 30,
    "unconfirmed-guests": 30,
    "follow-up": 90,
    "door-notes": 90,
    "deleted": 90,
    "mail-addresses": 180,
    "advance-questions": 365,
    "proposal-drafts": 365,
    "application-drafts": 365,
    "refused-applications": 365,
    "views-of-lists": 365,
    "returned-mails": 400,
    "idle-addresses": 400,
    "attendance-lists": 400,
    "training-attendance-lists": 400,
    "offer-requests": 730,
    "audit": 730,
    "role-requests": 1095,
    "report-facts": 1095,
    "applications": 1095,
    "idle-guests": 1095,
    **env.dict("RETENTION_DAYS", cast={"value": int}, default={}),
}

# Languages and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("zh-hans", "简体中文"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("mn", "Монгол"),
    ("ru", "Русский"),
    ("kk", "Қазақша"),
]
# A language enters the switcher when its catalogue is complete; until then its addresses show English with a notice.
COMPLETE_LANGUAGES = ["en"]
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("en",), "kk": ("ru", "en")}
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

# Static and uploaded files -----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
# What people hand in with applications: never beneath a folder that a web server shows.
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", str(VAR_DIR / "private")))
# Of all that people upload, what is not meant for everybody too, the portal alone hands out: no other account of the machine.
OWN_FILE, OWN_FOLDER = 0o600, 0o700
STORAGES: dict[str, object] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": OWN_FILE, "directory_permissions_mode": OWN_FOLDER},
    },
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": PRIVATE_ROOT,
            "base_url": None,
            "file_permissions_mode": OWN_FILE,
            "directory_permissions_mode": OWN_FOLDER,
        },
    },
    "staticfiles": {"BACKEND": "eabrn_portal.static_files.StaticFiles"},
}
# On any store that speaks S3 instead, so that several hosts see the same files; docs/settings.md shows the form.
if S3 := env.json("FILES_S3", default={}):
    STORAGES |= s3_stores(S3)
# Source maps of vendored scripts are megabytes that only a developer asks for: compressing them took half of the first start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    "jpg",
    "jpeg",
    "png",
    "gif",
    "webp",
    "avif",
    "zip",
    "gz",
    "tgz",
    "bz2",
    "tbz",
    "xz",
    "br",
    "woff",
    "woff2",
    "map",
]
warnings.filterwarnings("ignore", message="The FORMS_URLFIELD_ASSUME_HTTPS")
FORMS_URLFIELD_ASSUME_HTTPS = True  # an address typed without scheme; the rule of Django 6
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
PHOTO_MAX_BYTES = 25 * 1024 * 1024
PHOTO_MAX_PIXELS = 40_000_000  # 750 MB of memory at the worst (WebP); more is refused by the head


# Security ----------------------------------------------------------------------------------------------------------
HTTPS = SITE_URL.startswith("https://")
if not (HTTPS or LOCAL or TESTING):
    raise ImproperlyConfigured("SITE_URL is not set to the portal's https:// address.")
if HTTPS and not TRUSTED_PROXY_COUNT and not TESTING:
    raise ImproperlyConfigured(
        "SITE_URL begins with https, which a proxy in front has to speak, but TRUSTED_PROXY_COUNT is 0: every page would lead "
        "to itself. Set TRUSTED_PROXY_COUNT=1 (the number of proxies), and let only the proxy reach the portal's port."
    )
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|livez|readyz|metrics)$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "eabrn_portal.failures.came_too_late"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        # The form that leads to another service for signing in ends there.
        "form-action": [SELF, *(given["host"] for given in SOCIAL_PROVIDERS.values() if "host" in given)],
        "frame-ancestors": [NONE],
    }
}

# Base map ----------------------------------------------------------------------------------------------------------
# Another base map for /map/ than our own relief; the policy above stays as it is, so it can only be ours to serve.
MAP_TILES = env.str("EABRN_MAP_TILES", "")
MAP_TILES_ZOOM = env.int("EABRN_MAP_TILES_ZOOM", 8)
MAP_TILES_ATTRIBUTION = env.str("EABRN_MAP_TILES_ATTRIBUTION", "")

# What the portal calls itself ------------------------------------------------------------------------------------------
SITE_NAME = _("East Asian Biosphere Reserve Network")

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    STORAGES["private"] = {"BACKEND": "django.core.files.storage.InMemoryStorage", "OPTIONS": {"base_url": None}}
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    PAGE_CACHE_SECONDS = 0
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    CELERY_TASK_ALWAYS_EAGER = env.bool("EABRN_CELERY_EAGER", True)
    CELERY_TASK_EAGER_PROPAGATES = True
    WHITENOISE_AUTOREFRESH = True

# An error tracker that speaks Sentry's language, with its package beside ours (pip install sentry-sdk); none without.
SENTRY_DSN = env.str("SENTRY_DSN", "")

# One line for each event: words for people, or JSON for a machine that collects logs.
LOG_FORMAT = env.str("LOG_FORMAT", "plain")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_name": {"()": "eabrn_portal.monitoring.access.RequestName"},
        "as_warning": {"()": "eabrn_portal.error_reports.AsWarning"},
    },
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name} {request_id}: {message}", "style": "{"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{asctime}{levelname}{name}{request_id}{message}",
            "style": "{",
        },
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["request_name"]},
        "reports": {"class": "eabrn_portal.error_reports.Reports"},
    },
    "root": {"handlers": ["console", "reports"], "level": env.str("LOG_LEVEL", "INFO" if not TESTING else "WARNING")},
    "loggers": {
        "django": {
            "handlers": []
        },  # without Django's own mails, which hold all settings and are sent within the request
        "django.security.DisallowedHost": {"filters": ["as_warning"]},
        "waitress.queue": {"level": "ERROR"},  # a burst is no news; the metrics tell of it
        "django.request": {"level": "ERROR"},  # the line of each request tells of pages that are not there
    },
}
if LOG_FORMAT not in {"plain", "json"}:
    raise ImproperlyConfigured("LOG_FORMAT is `plain` or `json`.")
