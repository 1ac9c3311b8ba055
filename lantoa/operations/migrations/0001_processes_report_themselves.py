from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Process",
            fields=[
                (
                    "name",
                    models.CharField(
                        max_length=120,
                        primary_key=True,
                        serialize=False,
                        verbose_name="tên",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("web", "web"), ("worker", "công việc nền")],
                        max_length=10,
                        verbose_name="loại",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="khởi động lúc")),
                ("at", models.DateTimeField(verbose_name="báo lần cuối")),
                (
                    "streams",
                    models.PositiveIntegerField(
                        default=0, verbose_name="màn hình đang xem"
                    ),
                ),
                (
                    "leads",
                    models.BooleanField(default=False, verbose_name="đang canh giữ"),
                ),
                ("figures", models.JSONField(default=dict, verbose_name="số đo")),
            ],
            options={"verbose_name": "tiến trình"},
        ),
        migrations.RunSQL(
            "ALTER TABLE operations_process SET UNLOGGED",
            "ALTER TABLE operations_process SET LOGGED",
        ),
    ]
