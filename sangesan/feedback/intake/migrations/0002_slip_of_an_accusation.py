import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0001_channels'),
        ('matters', '0011_cover_again'),
    ]

    operations = [
        migrations.AlterField(
            model_name='slip',
            name='said',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.submission'),
        ),
    ]
