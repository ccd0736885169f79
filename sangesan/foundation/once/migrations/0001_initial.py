"""Forms that were taken in, by digest, kept for seven days."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Sent',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('day', models.DateField(db_index=True)),
            ],
        ),
    ]
