"""Settings of the casebook: one file, safe by default, the differences read from the environment."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config import limits, logs
from config.env import ROOT
from config.services import Services

env = Services(
    Path(os.environ.get("ENVIRONMENT_FILE") or ROOT / "var" / "environment"),
    must_exist=bool(os.environ.get("ENVIRONMENT_FILE")),
)

# --- where it runs ---------------------------------------------------------------------

DEVELOPMENT = env.flag("DEVELOPMENT", "1 on a developer's own machine")
DEBUG = env.flag("DEBUG", "1 shows error details to developers")
PORT = env.number("PORT", "the port to serve on", 8000, least=1, most=65535)
# 0: as many as there are cores, at most four, where readers need not wait for who saves; else one.
SERVERS = env.number("SERVERS", "how many processes serve", 0, least=0, most=64)
SECRET_KEY = env.secret("SECRET_KEY", "what signs sessions and links", is_public=not DEVELOPMENT)
SITE_URL, SITE_HOST, IS_HTTPS = (
    env.site("SITE_URL", "the address that readers use", f"http://localhost:{PORT}")
    if DEVELOPMENT
    else env.public_site("SITE_URL", "the address that readers use")
)
ALLOWED_HOSTS = [SITE_HOST, "localhost", "127.0.0.1", "[::1]"] if DEVELOPMENT else [SITE_HOST]
# Without a token nothing is counted. Prometheus's client reads the name of the folder when it is imported.
METRICS_TOKEN = env.optional_secret("METRICS_TOKEN", "what may read /metrics", "prometheus_client")
METRICS_FOLDER = env.folder("METRICS_FOLDER", "the folder in which processes count", "var/metrics")
if METRICS_TOKEN:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_FOLDER)
WSGI_APPLICATION = "config.wsgi.application"
ROOT_URLCONF = "config.urls"

# --- apps, middleware, templates -------------------------------------------------------

INSTALLED_APPS = [
    "contributions",
    "imports",
    "exchange",
    "portal",
    "cases",
    "pillars",
    "sources",
    "desk",
    "publishing",
    "django_filters",
    "allauth",
    "allauth.account",
    "accounts.factors.FactorsConfig",
    "allauth.usersessions",
    "config.admin.CasebookAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    # Last: its admin replaces that of allauth, and its groups get the permissions of all apps before it.
    "accounts",
]
MIDDLEWARE = [
    "config.call_stack.make_room",
    "config.request_log.log_requests",
    *(["config.metrics.counters.count_requests"] if METRICS_TOKEN else []),
    "config.middleware.restrict_methods_and_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "config.middleware.refuse_null_bytes",
    "config.middleware.answer_bad_requests",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.limit_forms_of_strangers",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATE_LOADERS = [f"django.template.loaders.{one}.Loader" for one in ("filesystem", "app_directories")]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "loaders": [("config.templating.loader.Loader", TEMPLATE_LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "publishing.templatetags.reading",
                "publishing.templatetags.door",
            ],
        },
    }
]
FORM_RENDERER = "config.form_renderer.FormRenderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- storage ---------------------------------------------------------------------------

DATABASES = {
    "default": env.database("DATABASE_URL", "where the casebook is stored", "sqlite:///var/sulh.sqlite3")
}

MEDIA_ROOT = env.folder("MEDIA_ROOT", "the folder of the pictures' files", "var/media")
MAX_PICTURES = env.number("MAX_PICTURES", "how many pictures the library takes", 2000, least=0, most=10**6)
MAX_IMPORT_MEGABYTES = env.number("MAX_IMPORT_MEGABYTES", "how large a dataset may be", 64, least=1, most=256)
# Of all addresses with forms, only those below this one take files as large as that.
IMPORTS_AT = "/admin/datasets/"
# A form sends one file; what exceeds the maximum size is not stored.
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = [
    "config.uploads.SizeLimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Without a key the head of the chain is not signed; without a file, its lines are in the database alone.
HEAD_KEY = env.file("HEAD_KEY", "the file of the key that signs the head of the chain")
HEADS_FILE = env.new_file("HEADS_FILE", "the file that keeps signed heads outside the database")

BACKUP_FOLDER = env.folder("BACKUP_FOLDER", "the folder that backups are written to", "var/backups")

CACHES = {"default": env.cache("CACHE_URL", "where the limits of sign-in are counted")}

# Pages that are the same for everybody are kept in memory as bytes; 0 keeps none.
PAGE_CACHE_MEGABYTES = env.number(
    "PAGE_CACHE_MEGABYTES", "how much memory each serving process gives to pages", 16, least=0, most=100_000
)
PURGE_URL = env.address("PURGE_URL", "what a proxy in front is asked to purge, after each change")

# --- languages -------------------------------------------------------------------------

LANGUAGE_CODE = "en"
# The languages of the pages, and of every text in the database (docs/architecture.md: Add a language).
LANGUAGES = [("en", _("English")), ("ar", _("Arabic")), ("fr", _("French"))]
# Where a text is missing in the reader's language, the first of these that has it is shown; then the others.
LANGUAGE_FALLBACKS = ["en", "fr", "ar"]
LOCALE_PATHS = [ROOT / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# --- static files ----------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "var" / "static"
STATICFILES_DIRS = [ROOT / "static"]
STATICFILES_FINDERS = [
    "config.styles.StyleSheetFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    }
}
WHITENOISE_USE_FINDERS = DEBUG

# --- the desk --------------------------------------------------------------------------

# None: from two moderators on (publishing.rules.needs_four_eyes).
FOUR_EYES = env.optional_flag("FOUR_EYES", "1 when nobody may publish or decide what they wrote themselves")
if FOUR_EYES is None and DEVELOPMENT:
    FOUR_EYES = False
UNDO_MINUTES = 10  # how long a moderator can undo a decision
CLAIM_MINUTES = 60  # how long a review is reserved for the moderator who claimed it
IMPROVE_HOURS = 24  # a draft that a moderator has not changed for so long returns to the queue

# --- accounts --------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "admin:index"
REQUIRE_SECOND_FACTOR = env.flag(
    "REQUIRE_SECOND_FACTOR", "1 keeps the desk from moderators without a second factor", not DEVELOPMENT
)
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation verifies the address
# By user name only: with addresses allowed, a wrong password takes twice as long for a known account.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = limits.ACCOUNT_RATE_LIMITS
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "change_password": "accounts.forms.ChangePassword",
    "login": "accounts.forms.SignIn",
    "reauthenticate": "accounts.forms.ProveByPassword",
    "reset_password": "accounts.forms.AskForNewPassword",
    "reset_password_from_key": "accounts.forms.SetNewPassword",
}
MFA_ADAPTER = "accounts.adapter.FactorAdapter"
MFA_FORMS = {
    "activate_totp": "accounts.forms.SetUpApp",
    "add_webauthn": "accounts.forms.AddPasskey",
    "authenticate": "accounts.forms.SignInByCode",
    "edit_webauthn": "accounts.forms.RenamePasskey",
    "reauthenticate": "accounts.forms.ProveByCode",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS

# --- mail ------------------------------------------------------------------------------

_mail = env.mail("EMAIL_URL", "where mail goes", "console:" if DEVELOPMENT else "none:")
EMAIL_BACKEND, EMAIL_FILE_PATH, EMAIL_TIMEOUT = _mail.backend, _mail.folder, 20
EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.host, _mail.port, _mail.starts_tls, _mail.is_tls
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
DEFAULT_FROM_EMAIL = env.sender("MAIL_FROM", "the sender of our mails", f"Sulh <noreply@{SITE_HOST}>")

# --- the public door -------------------------------------------------------------------

# The app behind the links “suggest a correction”. With nothing here, and without it among INSTALLED_APPS, the
# pages show no such links and the site works as before.
PUBLIC_DOOR = "contributions"
DOOR = limits.DOOR
DATA_LIMITS = limits.DATA
SEARCH_LIMITS = limits.SEARCH
CHECK_SENT_LINKS = env.flag(
    "CHECK_SENT_LINKS", "0 to keep the worker from looking at links that the public sends", default=True
)
# An editor who pastes an address sees what its page says of itself. On by default: a person at the desk asks,
# for one page at a time, and of public addresses only.
READ_SOURCE_PAGES = env.flag(
    "READ_SOURCE_PAGES", "0 to keep the desk from reading the pages of new sources", default=True
)
# How many days a contribution may wait until the queue shows it as late, and as very late.
QUEUE_AGES = {"late": 3, "very_late": 7}
# How long after the decision personal data of the sender is kept.
CONTRIBUTION_DAYS = 180

# --- safety ----------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "accounts.passwords.MaximumLengthValidator"},
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]  # asked on the machine itself, by http
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = env.flag("BEHIND_PROXY", "1 when a reverse proxy sets X-Forwarded-Proto")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-session", "__Host-csrf") if IS_HTTPS else ("session", "csrf")
SESSION_COOKIE_AGE = 12 * 60 * 60
X_FRAME_OPTIONS = "DENY"
# A record at the desk may have any number of rows, so its form is limited by its size; forms of people who
# are not signed in are small (config.middleware.limit_forms_of_strangers).
DATA_UPLOAD_MAX_NUMBER_FIELDS = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
MAX_FIELDS_OF_STRANGERS = 1_000
MAX_BYTES_OF_STRANGERS = 1024 * 1024
CSRF_FAILURE_VIEW = "portal.views.refused"

# --- logs ------------------------------------------------------------------------------

LOG_FORMAT = env.choice("LOG_FORMAT", "how logs are written", ("lines", "json"))
LOGGING = logs.logging_to_console(LOG_FORMAT, is_debug=DEBUG)
env.refuse_unknown()
