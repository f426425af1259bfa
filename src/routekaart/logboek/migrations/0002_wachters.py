from django.db import migrations

from routekaart.logboek import wachters


def plaats(apps, schema_editor):
    for opdracht in wachters.opdrachten(schema_editor.connection.vendor):
        schema_editor.execute(opdracht)


def verwijder(apps, schema_editor):
    for opdracht in wachters.opruimen(schema_editor.connection.vendor):
        schema_editor.execute(opdracht)


class Migration(migrations.Migration):
    dependencies = [("logboek", "0001_initial")]
    operations = [migrations.RunPython(plaats, verwijder)]
