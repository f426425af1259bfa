from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("signalen", "0006_enquete_per_brief"),
    ]

    operations = [
        migrations.AddField(
            model_name="signaal",
            name="vinger",
            field=models.BigIntegerField(null=True),
        ),
    ]
