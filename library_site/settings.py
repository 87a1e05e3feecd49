"""Settings of the product. What differs between schools comes from the environment:

`DATABASE_URL` (set by the launcher for the embedded server), `LIBRARY_DATA_DIR`, `LIBRARY_ALLOWED_HOSTS`,
`LIBRARY_TLS=1` (served by TLS: secure cookies, HSTS), `LIBRARY_DEBUG=1` (developers).
"""

import os
from urllib.parse import parse_qsl, unquote, urlsplit

import pgtrigger
from csp.constants import SELF
from django.utils.translation import gettext_lazy as _

from library_site.database.connection import DEMO_SUFFIX
from library_site.paths import BASE_DIR, STATIC_COLLECTED, data_dir
from library_site.secret_key import secret_key


def _flag(name: str) -> bool:
    return os.environ.get(name, "") in {"1", "true", "yes"}


# As in the embedded server: the library fits into memory, and no question of ours is worth compiling a plan for.
PLANNING = "-c random_page_cost=1.1 -c jit=off"


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "library",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # Without the pool each request pays for a new connection, more than a whole scan costs.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,  # a restarted server costs nobody an error page
        "OPTIONS": {
            "options": PLANNING,
            **dict(parse_qsl(parts.query)),
            "pool": {"min_size": 1, "max_size": 4, "timeout": 20},
        },
    }


DEBUG = _flag("LIBRARY_DEBUG")
TLS = _flag("LIBRARY_TLS")
SECRET_KEY = secret_key()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] + [
    host for host in os.environ.get("LIBRARY_ALLOWED_HOSTS", "").split(",") if host
]

INSTALLED_APPS = [
    "library_site.apps.LibrarySiteConfig",
    "readers.apps.ReadersConfig",
    "catalog.apps.CatalogConfig",
    "circulation.apps.CirculationConfig",
    "activities.apps.ActivitiesConfig",
    "reports.apps.ReportsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "library_site.middleware.ServerTimingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "library_site.middleware.MethodMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "library_site.middleware.ReferenceMiddleware",
    "library_site.middleware.FirstStartMiddleware",
    "readers.views.self_service.SelfServiceMiddleware",
    "library_site.middleware.AccessMiddleware",
    "library_site.middleware.OwnPasswordMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "library_site.urls"
WSGI_APPLICATION = "library_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "library_site.context.page",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "postgresql:///library"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Audit: old rows of master data, written by statement-level triggers (row-level ones are quadratic in bulk loads).
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True

AUTH_USER_MODEL = "library_site.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "library_site.authentication.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "library_site.authentication.LengthByRole"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
# A whole class may sit behind one address: the account is locked for that address, never the address alone.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "library_site.authentication.attempted_account"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_TEMPLATE = "account/locked.html"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = TLS
# TLS ends at a proxy, which says so; without it every page would redirect to itself.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = TLS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_I18N = True
FORMAT_MODULE_PATH = "library_site.formats"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FIRST_DAY_OF_WEEK = 1

STATIC_URL = "static/"
STATIC_ROOT = STATIC_COLLECTED
STATICFILES_DIRS = [BASE_DIR / "static" / "site"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "library_site.assets.PackageFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# The demo's database is another one beside the school's: so are its uploads.
MEDIA_ROOT = data_dir() / ("uploads-demo" if str(DATABASES["default"]["NAME"]).endswith(DEMO_SUFFIX) else "uploads")
MEDIA_URL = "media/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    # Scanners of the network knock with foreign host names; the answer 400 says it all.
    "loggers": {"django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
