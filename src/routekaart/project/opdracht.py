"""The command line `routekaart`: Django's own commands and ours."""

import os
import sys


def main() -> None:
    """Runs one management command; the settings module is fixed, its values come from the environment.

    `demo` is the one command that loosens: it serves invented people over http.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "routekaart.project.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("ROUTEKAART_DEMO", "ja")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
