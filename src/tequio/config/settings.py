"""Django's settings, from the typed table in `environment` and nothing else."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from tequio.base.csp import POLICY

from .environment import data_folder, kept_secret, read_environment
from .foreign_privacy import FOREIGN as FOREIGN_PRIVACY
from .foreign_privacy import SECRET_FIELDS as FOREIGN_SECRETS
from .postgres import database_settings, demo_state, is_test_run

__all__ = ["FOREIGN_PRIVACY", "FOREIGN_SECRETS"]

ENV = read_environment()

DATA = data_folder(ENV)
IS_TEST = is_test_run()
IS_DEMO = not IS_TEST and demo_state() is not None
DEBUG = ENV["TEQUIO_DEBUG"]
SECRET_KEY = ENV["TEQUIO_SECRET_KEY"] or kept_secret(DATA)
PUBLIC_HOSTS = ENV["TEQUIO_HOSTS"]
PUBLIC_HOST = PUBLIC_HOSTS[0] if PUBLIC_HOSTS else "localhost"
ALLOWED_HOSTS = [*PUBLIC_HOSTS, "localhost", "127.0.0.1", "[::1]"]
IS_HTTPS = ENV["TEQUIO_HTTPS"]
PROXIES = ENV["TEQUIO_PROXIES"]

DATABASES = {"default": database_settings()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "tequio.base",
    "tequio.audit",
    "tequio.guards",
    "tequio.outbox",
    "tequio.territories",
    "tequio.people",
    "tequio.consent",
    "tequio.files",
    "tequio.recipes",
    "tequio.organisations",
    "tequio.catalogue",
    "tequio.notifications",
    "tequio.discussions",
    "tequio.moderation",
    "tequio.ideas.processes",
    "tequio.ideas.answers",
    "tequio.ideas.proposals",
    "tequio.ideas.deliberation",
    "tequio.ideas.blueprints",
    "tequio.portal.home",
    "tequio.portal.door",
    "tequio.portal.me",
    "tequio.portal.translations",
    "tequio.portal.thread",
    "tequio.portal.search",
    "tequio.portal.sharing",
    "tequio.transparency",
    "tequio.opendata",
]

MIDDLEWARE = [
    "tequio.base.middleware.PlainHeaders",
    "tequio.opendata.middleware.ProblemsInJson",
    "tequio.guards.middleware.OnlyWhoActsOnce",
    "tequio.base.middleware.CleanRequests",
    "tequio.base.middleware.DatabaseAway",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tequio.base.middleware.Packed",
    "tequio.guards.middleware.KeptPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tequio.guards.middleware.MembersOnly",
    "tequio.people.middleware.WhoIsThere",
    "tequio.notifications.middleware.UnreadNotices",
    "tequio.portal.door.middleware.DevicesSeen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "tequio.config.urls"
WSGI_APPLICATION = "tequio.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "tequio.people.context.person",
                "tequio.notifications.context.notices",
                "tequio.base.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "tequio.base.templatetags.tequio",
                "tequio.guards.templatetags.guards",
            ],
        },
    }
]

# Signing in: one door of our own (portal.door), which ends in allauth's login.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["tequio.people.middleware.MembersBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "door:sign_in"
LOGIN_REDIRECT_URL = "home:home"
ACCOUNT_ADAPTER = "tequio.portal.door.views.signing_in.DoorAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"

# Passkeys, authenticator apps and recovery codes: allauth's tables and sums, pages of our own.
MFA_ADAPTER = "tequio.portal.door.adapters.passkeys.Passkeys"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 12
MFA_TOTP_ISSUER = "Tequio"

LANGUAGE_CODE = "en"
LANGUAGES = [("es", _("Spanish")), ("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [str(Path(__file__).parent.parent / "locale")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = str(DATA / "static")
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or IS_TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or IS_TEST

SESSION_ENGINE = "tequio.base.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 180
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tequio.base.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in PUBLIC_HOSTS]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_HTTPS else 0
SECURE_SSL_REDIRECT = False
# Django's own SecurityMiddleware and XFrameOptionsMiddleware: base.middleware.PlainHeaders does what they do.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002"]
CONTENT_SECURITY_POLICY = POLICY
KEPT_PAGE_SECONDS = ENV["TEQUIO_KEPT_PAGE_SECONDS"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

EMAIL_BACKEND = "tequio.outbox.services.OutboxBackend"
DEFAULT_FROM_EMAIL = ENV["TEQUIO_MAIL_FROM"]
MAIL_FOLDER = ENV["TEQUIO_MAIL_FOLDER"]
_mail = urlsplit(ENV["TEQUIO_MAIL_URL"])
EMAIL_HOST = _mail.hostname or "localhost"
EMAIL_PORT = _mail.port or (465 if _mail.scheme == "smtps" else 587 if _mail.scheme else 25)
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = _mail.scheme == "smtp" and bool(_mail.username)
EMAIL_TIMEOUT = 20

SMS_URL = ENV["TEQUIO_SMS_URL"]
SMS_FROM = ENV["TEQUIO_SMS_FROM"]
SMS_FOLDER = ENV["TEQUIO_SMS_FOLDER"]
TRANSLATE_URL = ENV["TEQUIO_TRANSLATE_URL"]
TRANSLATE_KEY = ENV["TEQUIO_TRANSLATE_KEY"]
# Which flats are asked what waits for a person: functions that take her and yield notifications.types.Waiting.
WAITING = [
    "tequio.ideas.deliberation.selectors.waiting.statements_to_read",
    "tequio.ideas.answers.selectors.waiting.answers_to_give",
    "tequio.moderation.selectors.waiting.reports_to_decide",
]
# The same for her own page alone: what is never finished is no reason for a letter.
WAITING_ON_MY_PAGE = [
    "tequio.portal.translations.selectors.waiting.words_to_translate",
    "tequio.ideas.proposals.selectors.mine.ideas_waiting",
]
# Which flats know who supported an item: functions that take a person and ids of items and say whether she did.
SUPPORTED = ["tequio.ideas.proposals.permissions.has_supported"]
# Kinds of items that wait for a moderator in a room of their own: the URL name of the page that decides on one.
DECIDED_ELSEWHERE = {"statement": "deliberation:decide"}
# Kinds of items that people read by a secret link before they are public: functions that take an id and what
# somebody has of the link, and give the path of the page it opens, "" for none. So they can be reported.
READ_BY_LINK = {"process": "tequio.ideas.processes.permissions.path_by_link"}
ANCHOR_MAIL = ENV["TEQUIO_ANCHOR_MAIL"]

# Requests to the API within five minutes: of one key, of one network without a key.
API_LIMIT_KEY = ENV["TEQUIO_API_LIMIT_KEY"]
API_LIMIT_PUBLIC = ENV["TEQUIO_API_LIMIT_PUBLIC"]
NINJA_PAGINATION_MAX_LIMIT = 100

WORKER_SHORT = ENV["TEQUIO_WORKER_SHORT"]
WORKER_LONG = ENV["TEQUIO_WORKER_LONG"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"tequio": {"level": "INFO"}},
}
