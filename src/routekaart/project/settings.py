"""One settings file for every place it runs; what differs comes from the environment (`omgeving.INSTELLINGEN`)."""

from pathlib import Path

from django.utils.csp import CSP

from routekaart.project import omgeving

PAKKET = Path(__file__).resolve().parent.parent
VAR = omgeving.map_van("ROUTEKAART_VAR", Path.cwd() / "var")
SLEUTELS = omgeving.map_van("ROUTEKAART_SLEUTELS", VAR / "sleutels")
DEMO = omgeving.ja_nee("ROUTEKAART_DEMO", False)
HTTPS = omgeving.ja_nee("ROUTEKAART_HTTPS", not DEMO)

DEBUG = False
SECRET_KEY = omgeving.sleutel(SLEUTELS, "django")
# apart from SECRET_KEY: a leaked session key must not open BSNs, nor let anybody rewrite the log
NUMMERSLEUTEL = omgeving.sleutel(SLEUTELS, "nummers")
ZEGELSLEUTEL = omgeving.sleutel(SLEUTELS, "zegels")

ALLOWED_HOSTS = (
    ["*"]
    if DEMO
    else [h.strip() for h in omgeving.waarde("ROUTEKAART_HOSTS", "localhost,127.0.0.1").split(",") if h.strip()]
)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "routekaart.basis",
    "routekaart.logboek",
    "routekaart.toegang",
    "routekaart.personen",
    "routekaart.loopbaan",
    "routekaart.netwerk",
    "routekaart.dossiers",
    "routekaart.delen",
    "routekaart.correspondentie",
    "routekaart.meldingen",
    "routekaart.samenwerking",
    "routekaart.begeleiding",
    "routekaart.leveringen",
    "routekaart.signalen",
    "routekaart.werkplek",
    "routekaart.beheer",
    "routekaart.portaal",
    "routekaart.demo",
    # after our own, so that our templates for signing in lead
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "routekaart.toegang.middleware.SessieMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "routekaart.toegang.middleware.ToegangMiddleware",
    "routekaart.toegang.middleware.InzageMiddleware",
]

ROOT_URLCONF = "routekaart.project.urls"
WSGI_APPLICATION = "routekaart.project.wsgi.application"
FORM_RENDERER = "routekaart.basis.formulieren.Weergave"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PAKKET / "project" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
                "routekaart.project.menu.menu",
            ],
        },
    },
]

DATABASES = {"default": omgeving.database(omgeving.waarde("ROUTEKAART_DATABASE_URL", ""), VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# in the database, so that limits on signing in hold for all processes together
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "basis_cache"}}

AUTH_USER_MODEL = "toegang.Gebruiker"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "routekaart.toegang.wachtwoorden.Lang", "OPTIONS": {"min_length": 12}},
    {"NAME": "routekaart.toegang.wachtwoorden.Eigen"},
    {"NAME": "routekaart.toegang.wachtwoorden.NietGangbaar"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "routekaart.toegang.aanmelden.Aanmelding"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_FORMS = {
    "login": "routekaart.toegang.forms.Aanmelden",
    "change_password": "routekaart.toegang.forms.WachtwoordWijzigen",
    "reset_password": "routekaart.toegang.forms.WachtwoordVergeten",
    "reset_password_from_key": "routekaart.toegang.forms.WachtwoordKiezen",
    "reauthenticate": "routekaart.toegang.forms.OpnieuwAanmelden",
}
# who asks is known by the address that the last trusted proxy saw; limits on signing in count per address
ALLAUTH_TRUSTED_PROXY_COUNT = omgeving.getal("ROUTEKAART_PROXYS", 0)
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}

# a message may name a young person: it waits in the database, not in the browser
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 9 * 3600  # one working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# what else lives under the domain of a gemeente is not ours to decide
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
}

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [PAKKET / "static"]
MEDIA_ROOT = VAR / "bestanden"
# where others drop deliveries; empty: nowhere
LEVERINGEN_MAP = omgeving.waarde("ROUTEKAART_LEVERINGEN_MAP", "")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# served straight from the package: no collectstatic needed to try it or to test it
WHITENOISE_USE_FINDERS = True
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

MAILERS = {"default": omgeving.email(omgeving.waarde("ROUTEKAART_EMAIL_URL", ""))}
DEFAULT_FROM_EMAIL = omgeving.waarde("ROUTEKAART_AFZENDER", "routekaart@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"regel": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"uitvoer": {"class": "logging.StreamHandler", "formatter": "regel"}},
    "root": {
        "handlers": ["uitvoer"],
        "level": omgeving.keuze("ROUTEKAART_LOGNIVEAU", "INFO", {"DEBUG", "INFO", "WARNING", "ERROR"}),
    },
}
