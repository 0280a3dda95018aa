"""Records are only ever added: the database itself refuses the rest."""

from django.db import migrations

GUARD = """
CREATE FUNCTION audit_record_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit records are only ever added';
END $$;
CREATE TRIGGER audit_record_only_added BEFORE UPDATE OR DELETE ON audit_record
    FOR EACH ROW EXECUTE FUNCTION audit_record_only_added();
"""
UNGUARD = """
DROP TRIGGER audit_record_only_added ON audit_record;
DROP FUNCTION audit_record_only_added();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
