from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0005_corrected'),
    ]

    operations = [
        migrations.AlterField(
            model_name='happening',
            name='what',
            field=models.CharField(choices=[('done', '办结'), ('exempted', '免办'), ('cancelled', '取消'), ('moved', '改期'), ('handed', '移交')], max_length=10),
        ),
    ]
