from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0004_keys_of_many'),
    ]

    operations = [
        migrations.AddField(
            model_name='happening',
            name='withdrawn_why',
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
