import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='reach', name='a_body_is_reached_once_a_way'),
        migrations.AddField(
            model_name='reach',
            name='holder',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.body'),
        ),
        migrations.AlterField(
            model_name='reach',
            name='mandate',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.mandate'),
        ),
    ]
