# The table is made anew: nothing could be stored in it before this.

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('basis', '0001_initial'),
        ('correspondentie', '0001_initial'),
        ('delen', '0001_initial'),
        ('dossiers', '0001_initial'),
        ('meldingen', '0001_initial'),
        ('personen', '0001_initial'),
        ('samenwerking', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel(
            name='Terugkoppeling',
        ),
        migrations.CreateModel(
            name='Terugkoppeling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sleutel', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('versie', models.PositiveIntegerField(default=1, editable=False)),
                ('created', models.DateTimeField(auto_now_add=True)),
                ('updated', models.DateTimeField(auto_now=True)),
                ('soort_werk', models.CharField(choices=[('leerplicht', 'Leerplicht'), ('doorstroompunt', 'Doorstroompunt')], max_length=20)),
                ('ontvanger', models.CharField(max_length=160, verbose_name='aan wie')),
                ('soort_ontvanger', models.CharField(max_length=20)),
                ('kanaal', models.CharField(choices=[('duo', 'via DUO'), ('brief', 'brief'), ('e-mail', 'e-mail'), ('telefoon', 'telefoon')], max_length=20, verbose_name='hoe')),
                ('tekst', models.TextField(verbose_name='tekst')),
                ('op', models.DateTimeField()),
                ('brief', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='correspondentie.brief')),
                ('door', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gemeente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='basis.gemeente')),
                ('jongere', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terugkoppelingen', to='personen.jongere')),
                ('melding', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terugkoppelingen', to='meldingen.melding')),
                ('regio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='basis.regio')),
                ('verstrekking', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='delen.verstrekking')),
                ('werkproces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terugkoppelingen', to='dossiers.werkproces')),
            ],
            options={
                'indexes': [models.Index(fields=['regio', 'gemeente', 'soort_werk'], name='terugkoppeling_bereik')],
                'constraints': [models.CheckConstraint(condition=models.Q(('werkproces__isnull', False), ('melding__isnull', False), _connector='OR'), name='terugkoppeling_waarover')],
            },
        ),
    ]
