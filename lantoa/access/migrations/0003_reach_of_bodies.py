from django.db import migrations

# All mandates at one body reach alike: each row stands once, for the body.
BY_BODY = """
UPDATE access_reach AS r SET holder_id = m.body_id
  FROM access_mandate AS m WHERE m.id = r.mandate_id
"""
ONCE = """
DELETE FROM access_reach AS r USING access_reach AS earlier
 WHERE earlier.id < r.id AND earlier.holder_id = r.holder_id
   AND earlier.way = r.way AND earlier.body_id = r.body_id
"""
# The way back: what a body reaches, each of its mandates reaches.
BY_MANDATE = """
INSERT INTO access_reach (mandate_id, holder_id, way, body_id)
SELECT m.id, r.holder_id, r.way, r.body_id
  FROM access_reach AS r JOIN access_mandate AS m ON m.body_id = r.holder_id
 WHERE r.mandate_id IS NULL
"""
ONLY_MANDATES = "DELETE FROM access_reach WHERE mandate_id IS NULL"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0002_reach_has_a_holder'),
    ]

    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, ONLY_MANDATES),
        migrations.RunSQL(BY_BODY, BY_MANDATE),
        migrations.RunSQL(ONCE, migrations.RunSQL.noop),
    ]
