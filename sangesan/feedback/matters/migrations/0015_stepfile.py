"""Files that staff hand in with a step."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0014_extension_round'),
    ]

    operations = [
        migrations.CreateModel(
            name='StepFile',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('action', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=40, unique=True)),
                ('kind', models.CharField(max_length=8)),
                ('size', models.PositiveIntegerField()),
                ('pages', models.PositiveSmallIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('post', models.CharField(blank=True, max_length=40)),
                ('person', models.BigIntegerField(default=0)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='step_files', to='matters.matter')),
            ],
        ),
    ]
