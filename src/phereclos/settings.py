"""Django settings for development and production alike; what differs comes from the environment (configuration.py)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from phereclos import configuration, sqlite

sqlite.use_bundled_sqlite()

CONFIGURATION = configuration.read()
PACKAGE = Path(__file__).resolve().parent
REPOSITORY = PACKAGE.parent.parent
CONTENT_DIR = REPOSITORY / "content"
DATA_DIR = CONFIGURATION.data_dir

DEBUG = CONFIGURATION.debug
DEMONSTRATION = CONFIGURATION.demonstration
SECRET_KEY = CONFIGURATION.secret_key
SECRET_KEY_FALLBACKS = list(CONFIGURATION.secret_key_fallbacks)
KEY_SECRET = CONFIGURATION.key_secret
PUBLIC_URL = CONFIGURATION.public_url
SOURCE_CODE_URL = CONFIGURATION.source_code_url
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if CONFIGURATION.is_loopback else [CONFIGURATION.host]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "phereclos.ui",
    "phereclos.ledger",
    "phereclos.accounts",
    "phereclos.organisations",
    "phereclos.clusters",
    "phereclos.exchange",
    "phereclos.activities",
    "phereclos.badges",
    "phereclos.knowledge",
    "phereclos.demonstration",
    "phereclos.setup",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.contrib.redirects",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_countries",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "phereclos.web.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "phereclos.web.SecurityHeadersMiddleware",
    "phereclos.web.BusyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "phereclos.organisations.middleware.ActingMiddleware",
    "phereclos.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "phereclos.ui.middleware.ApologyMiddleware",
]

ROOT_URLCONF = "phereclos.urls"
WSGI_APPLICATION = "phereclos.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "phereclos.organisations.context.acting",
                "phereclos.web.site",
            ],
        },
    },
]
FORM_RENDERER = "phereclos.ui.forms.Renderer"


def _database() -> dict[str, Any]:
    if not CONFIGURATION.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "phereclos.sqlite3",
            "OPTIONS": sqlite.options(),
            "CONN_MAX_AGE": 60,
            # A file, so that tests with several connections meet what the product meets.
            "TEST": {"NAME": DATA_DIR / "tests.sqlite3"},
        }
    from phereclos.postgresql import settings_from_url

    return settings_from_url(CONFIGURATION.database_url)


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # The limits of signing in are counted here and must be seen by all processes, so the cache lives in the database,
    # with so much room that nobody can push counts out of it.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": True}}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "phereclos.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Per address they slow an attacker, not a school behind one address; per mailbox at most 30 codes of 5 tries a day.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "signup": "60/m/ip",
    "request_login_code": "60/m/ip,5/5m/key,30/d/key",
    "confirm_email": "1/10s/key",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_SIGNUP_FORM_CLASS = "phereclos.accounts.forms.SignupName"
ACCOUNT_FORMS = {
    "login": "phereclos.accounts.allauth_forms.SignInForm",
    "signup": "phereclos.accounts.allauth_forms.SignUpForm",
    "confirm_login_code": "phereclos.accounts.allauth_forms.LoginCodeForm",
    "confirm_email_verification_code": "phereclos.accounts.allauth_forms.MailboxCodeForm",
    "add_email": "phereclos.accounts.allauth_forms.NewMailboxForm",
}
# Nobody gets in without a code from their mailbox, so a record that says "not verified" only says "not recorded yet".
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_ADAPTER = "phereclos.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "phereclos.accounts.allauth_forms.FactorForm",
    "reauthenticate": "phereclos.accounts.allauth_forms.FactorAgainForm",
    "activate_totp": "phereclos.accounts.allauth_forms.AppForm",
    "add_webauthn": "phereclos.accounts.allauth_forms.PasskeyForm",
    "edit_webauthn": "phereclos.accounts.allauth_forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = CONFIGURATION.is_loopback

LANGUAGE_CODE = "en"
# The languages of the six pilot clusters; a language is offered once its catalogue exists.
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Staged mails wait until there is a mail server (ledger/mail.py).
MAIL_CONFIGURED = DEMONSTRATION or bool(CONFIGURATION.email_url)
DEFAULT_FROM_EMAIL = CONFIGURATION.email_from
SERVER_EMAIL = CONFIGURATION.email_from
if DEMONSTRATION:
    EMAIL_BACKEND = "phereclos.ledger.outbox.EmailBackend"
else:
    from phereclos.mail_url import settings_from_url as _mail_settings

    globals().update(_mail_settings(CONFIGURATION.email_url))

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "phereclos.ui.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if CONFIGURATION.is_https:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_HSTS_SECONDS = 30 * 24 * 3600
if CONFIGURATION.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

WAGTAIL_SITE_NAME = "Phereclos"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
# People sign in and look after their mailbox on our own pages; the back office has no doors of its own
# (knowledge/back_office_urls.py).
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"routes": {"()": "phereclos.web.RouteInsteadOfAddress"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "phereclos": {"level": "INFO"},
        "django.request": {"filters": ["routes"]},
        "django.security.csrf": {"filters": ["routes"]},
    },
}
