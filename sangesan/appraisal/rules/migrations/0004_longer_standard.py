from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rules', '0003_contacts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='indicator',
            name='standard',
            field=models.CharField(blank=True, max_length=1000),
        ),
    ]
