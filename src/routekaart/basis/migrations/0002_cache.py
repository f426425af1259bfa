from django.core.management import call_command
from django.db import migrations


def maak_cache(apps, schema_editor):
    # limits on signing in are counted in the database; `createcachetable` leaves an existing table alone
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("basis", "0001_initial")]
    operations = [migrations.RunPython(maak_cache, migrations.RunPython.noop)]
