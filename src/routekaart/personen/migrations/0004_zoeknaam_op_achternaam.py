"""The search name begins with the surname, so that lists stand in the order in which people look people up."""

from typing import Any

from django.db import migrations

from routekaart.personen.namen import zoeknaam

PER_KEER = 1000


def herbereken(apps: Any, schema_editor: Any) -> None:
    """Writes it again for everybody, a thousand at a time."""
    jongeren = apps.get_model("personen", "Jongere")._base_manager
    velden = ("voornamen", "voorvoegsel", "achternaam", "roepnaam")
    keer: list[Any] = []
    for jongere in jongeren.only("pk", *velden).order_by("pk").iterator(chunk_size=PER_KEER):
        jongere.zoeknaam = zoeknaam(**{veld: getattr(jongere, veld) for veld in velden})
        keer.append(jongere)
        if len(keer) == PER_KEER:
            jongeren.bulk_update(keer, ["zoeknaam"])
            keer = []
    jongeren.bulk_update(keer, ["zoeknaam"])


class Migration(migrations.Migration):
    dependencies = [("personen", "0003_samenvoegen")]

    operations = [migrations.RunPython(herbereken, migrations.RunPython.noop, elidable=True)]
