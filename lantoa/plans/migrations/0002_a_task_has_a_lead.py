"""Hold that every task has a lead body when its transaction commits.

The partial unique index already holds that it has at most one. The trigger is
deferred, since a task stands before its parties.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION plans_require_lead() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  concerned bigint;
BEGIN
  IF TG_TABLE_NAME = 'plans_task' THEN
    concerned := NEW.id;
  ELSE
    concerned := OLD.task_id;
  END IF;
  IF EXISTS (SELECT FROM plans_task WHERE id = concerned) AND NOT EXISTS (
       SELECT FROM plans_taskparty WHERE task_id = concerned AND role = 'lead') THEN
    RAISE EXCEPTION 'task % has no lead body', concerned
      USING ERRCODE = 'check_violation', CONSTRAINT = 'a_task_has_a_lead';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER a_task_has_a_lead
AFTER INSERT ON plans_task DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION plans_require_lead();

CREATE CONSTRAINT TRIGGER a_task_keeps_a_lead
AFTER UPDATE OF role, task_id OR DELETE ON plans_taskparty
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (OLD.role = 'lead') EXECUTE FUNCTION plans_require_lead();
"""

DROP = """
DROP TRIGGER a_task_keeps_a_lead ON plans_taskparty;
DROP TRIGGER a_task_has_a_lead ON plans_task;
DROP FUNCTION plans_require_lead();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_tasks_and_parties")]
    operations = [migrations.RunSQL(CREATE, DROP)]
