"""Forbid changing or deleting entries and seals, and queue new entries for sealing."""

from django.db import migrations

CREATE = """
CREATE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only (%)', TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER entries_never_change
BEFORE UPDATE OR DELETE ON journal_entry
FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();

CREATE TRIGGER entries_are_never_emptied
BEFORE TRUNCATE ON journal_entry
FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();

CREATE TRIGGER seals_never_change
BEFORE UPDATE OR DELETE ON journal_seal
FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();

CREATE TRIGGER seals_are_never_emptied
BEFORE TRUNCATE ON journal_seal
FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();

CREATE FUNCTION journal_await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO journal_unsealed (entry_id) VALUES (NEW.id);
  RETURN NULL;
END $$;

CREATE TRIGGER entries_await_their_seal
AFTER INSERT ON journal_entry
FOR EACH ROW EXECUTE FUNCTION journal_await_seal();
"""

DROP = """
DROP TRIGGER entries_await_their_seal ON journal_entry;
DROP FUNCTION journal_await_seal();
DROP TRIGGER seals_are_never_emptied ON journal_seal;
DROP TRIGGER seals_never_change ON journal_seal;
DROP TRIGGER entries_are_never_emptied ON journal_entry;
DROP TRIGGER entries_never_change ON journal_entry;
DROP FUNCTION journal_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
