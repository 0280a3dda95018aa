"""Facts are only ever added: the database itself refuses the rest, but for whose they are (merging, erasure)."""

from django.db import migrations

GUARD = """
CREATE FUNCTION consent_fact_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.person_id := NEW.person_id;
        IF OLD IS NOT DISTINCT FROM NEW THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'facts of consent are only ever added';
END $$;
CREATE TRIGGER consent_fact_only_added BEFORE UPDATE OR DELETE ON consent_consentfact
    FOR EACH ROW EXECUTE FUNCTION consent_fact_only_added();
"""
UNGUARD = """
DROP TRIGGER consent_fact_only_added ON consent_consentfact;
DROP FUNCTION consent_fact_only_added();
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
