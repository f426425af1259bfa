"""The application object that a web server loads: `routekaart.project.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "routekaart.project.settings")
application = get_wsgi_application()
