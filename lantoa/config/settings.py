"""Settings: one module; machines differ only by their environment."""

import os
import tomllib
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from lantoa.config.database import parse_database_url
from lantoa.config.logs import logging_by
from lantoa.config.mail import parse_email_url

BASE = Path(__file__).resolve().parents[2]
VERSION = str(
    tomllib.loads((BASE / "pyproject.toml").read_text())["project"]["version"]
)
DATA = Path(os.environ.get("DATA") or BASE / ".data")

SECRET_KEY = os.environ.get("SECRET_KEY") or "only-for-tests-and-tools-never-served"
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("ORIGINS", "").split(",") if o]
ROOT_URLCONF = "lantoa.config.urls"
SECURE = os.environ.get("HTTPS") == "yes"
# Behind a proxy, or on an address of the network.
REACHED_BY_OTHERS = SECURE or os.environ.get("HOST", "127.0.0.1") not in {
    "127.0.0.1", "localhost", "::1", "",
}  # fmt: skip

INSTALLED_APPS = [
    "lantoa.kernel",
    "lantoa.journal",
    "lantoa.files",
    "lantoa.live",
    "lantoa.ui",
    "lantoa.organisations",
    "lantoa.identity",
    "lantoa.access",
    "lantoa.notices",
    "lantoa.documents",
    "lantoa.plans",
    "lantoa.conferences",
    "lantoa.operations",
    "lantoa.portal",
    "lantoa.desk",
    "lantoa.gateway",
    "lantoa.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_linear_migrations",
    "template_partials",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "lantoa.operations.middleware.RequestMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lantoa.ui.middleware.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lantoa.ui.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lantoa.access.middleware.ActorMiddleware",
    "lantoa.gateway.middleware.TokenMiddleware",
    "lantoa.journal.middleware.CommandMiddleware",
    "lantoa.ui.middleware.RefusalMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
MESSAGE_TAGS = {20: "info", 25: "good", 30: "warn", 40: "bad"}
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CSRF_FAILURE_VIEW = "lantoa.ui.web.views.csrf_failure"

DATABASES = {"default": parse_database_url(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}

USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [BASE / "locale"]

STATIC_URL = "/static/"
# The supervisor collects them and names the folder; else they come from the source.
STATIC_ROOT = os.environ.get("STATIC_ROOT") or None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "lantoa.config.storage.StaticStorage"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_ROOT
STATICFILES_DIRS = [("guide", BASE / "docs" / "guide" / "images")]
FILES_ROOT = DATA / "files"  # stored evidence; served only through rules
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20  # bytes, files not counted
FILE_UPLOAD_TEMP_DIR = os.environ.get("SPOOL") or None

AUTH_USER_MODEL = "identity.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/ban-lam-viec/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lantoa.identity.adapter.ClosedSignup"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    # Sixty-three venues may sit behind one address; a single account may not be tried.
    "login": "600/m/ip",
    "login_failed": "100/m/ip,5/300s/key",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Lan Tỏa"
MFA_TOTP_TOLERANCE = 1  # steps of 30 s: a phone's clock may be a little off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE  # localhost is a secure context
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_AGE = 14 * 24 * 3600  # seconds
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

globals().update(parse_email_url(os.environ.get("EMAIL_URL", ""), DATA / "outbox"))
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "lantoa@localhost")
PORT = os.environ.get("PORT") or "8000"
# Where e-mails lead: as the reader's browser calls this installation.
SITE_URL = (
    os.environ.get("SITE_URL")
    or next(iter(CSRF_TRUSTED_ORIGINS), f"http://127.0.0.1:{PORT}")
).rstrip("/")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = logging_by(
    level=os.environ.get("LOG_LEVEL", "INFO").upper(),
    style=os.environ.get("LOG_FORMAT", ""),
)
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")  # "" = nobody from elsewhere
