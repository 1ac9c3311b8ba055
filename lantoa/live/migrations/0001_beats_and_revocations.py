from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Beat",
            fields=[
                (
                    "subject",
                    models.CharField(
                        max_length=60,
                        primary_key=True,
                        serialize=False,
                        verbose_name="Đối tượng",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="Nhịp cuối")),
            ],
            options={"verbose_name": "nhịp báo", "db_table": "live_beat"},
        ),
        migrations.CreateModel(
            name="Revocation",
            fields=[
                (
                    "mandate_id",
                    models.BigIntegerField(primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField(verbose_name="Thu hồi lúc")),
            ],
            options={"verbose_name": "thu hồi phiên xem"},
        ),
        migrations.RunSQL(
            "ALTER TABLE live_beat SET UNLOGGED", "ALTER TABLE live_beat SET LOGGED"
        ),
    ]
