"""The product's own settings, with a folder of its own and passwords that hash fast."""

import os
import tempfile

os.environ["ROUTEKAART_VAR"] = os.environ.get("ROUTEKAART_TEST_VAR") or tempfile.mkdtemp(prefix="routekaart-test-")
os.environ["ROUTEKAART_HTTPS"] = "nee"
os.environ["ROUTEKAART_HOSTS"] = "localhost,127.0.0.1,testserver"
os.environ.pop("ROUTEKAART_SLEUTELS", None)
os.environ.pop("ROUTEKAART_DEMO", None)
os.environ.pop("ROUTEKAART_LEVERINGEN_MAP", None)
os.environ["ROUTEKAART_LOGNIVEAU"] = "ERROR"
if url := os.environ.get("ROUTEKAART_TEST_DATABASE_URL"):
    os.environ["ROUTEKAART_DATABASE_URL"] = url
else:
    os.environ.pop("ROUTEKAART_DATABASE_URL", None)

from routekaart.project.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
