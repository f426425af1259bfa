"""Versions of a melding are known by what they say, so that older ones that come later have a place too."""

import hashlib
import json

from django.db import migrations, models


def zet_vingerafdrukken(apps, schema_editor):
    """As `meldingen.versies.vingerafdruk` does, and the number as DUO gave it (none: 0)."""
    versies = apps.get_model("meldingen", "Meldingversie")._base_manager
    for versie in versies.iterator(2000):
        letterlijk = json.dumps(versie.inhoud, sort_keys=True, ensure_ascii=False)
        versie.vingerafdruk = hashlib.sha256(letterlijk.encode()).hexdigest()
        versie.duo_versie = versie.inhoud.get("versie") or 0
        versies.bulk_update([versie], ["vingerafdruk", "duo_versie"])


class Migration(migrations.Migration):
    dependencies = [("meldingen", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="meldingversie", name="meldingversie_uniek"),
        migrations.AddField(
            model_name="meldingversie",
            name="vingerafdruk",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(zet_vingerafdrukken, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="meldingversie",
            constraint=models.UniqueConstraint(fields=("melding", "vingerafdruk"), name="meldingversie_een_keer"),
        ),
    ]
