"""Give the tasks that were dispatched before an acceptor and what they oblige to.

A recurring one gets its periods from the daily round; all others oblige once.
"""

from django.db import migrations

FILL = """
UPDATE plans_task SET acceptor_id = dispatcher_id WHERE acceptor_id IS NULL;
INSERT INTO plans_obligation (task_id, party_id, period, due_on, original_due_on)
SELECT t.id, p.id, '', t.due_on, t.due_on
  FROM plans_task AS t
  JOIN plans_taskparty AS p ON p.task_id = t.id AND p.role = 'lead'
 WHERE t.recurrence IN ('', 'continuous')
   AND NOT EXISTS (SELECT FROM plans_obligation AS o WHERE o.task_id = t.id);
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_obligations_plans_and_progress")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
