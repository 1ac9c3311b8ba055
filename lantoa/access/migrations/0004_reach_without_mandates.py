import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_reach_of_bodies'),
    ]

    operations = [
        migrations.RemoveField(model_name='reach', name='mandate'),
        migrations.AlterField(
            model_name='reach',
            name='holder',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.body'),
        ),
        migrations.AddConstraint(
            model_name='reach',
            constraint=models.UniqueConstraint(fields=('holder', 'way', 'body'), name='a_body_is_reached_once_a_way'),
        ),
    ]
