"""Links that seal the records, anchors of each day; the database lets a record be marked as sealed, once."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

# Only the mark may change, from false to true; the condition keeps the sealer's updates out of PL/pgSQL.
GUARD = """
DROP TRIGGER audit_record_only_added ON audit_record;
DROP FUNCTION audit_record_only_added();
CREATE FUNCTION audit_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;
END $$;
CREATE TRIGGER audit_record_not_changed BEFORE UPDATE ON audit_record FOR EACH ROW
    WHEN (OLD.is_sealed OR NOT NEW.is_sealed OR
          (OLD.id, OLD.at, OLD.txid, OLD.actor, OLD.act, OLD.object, OLD.data, OLD.digest) IS DISTINCT FROM
          (NEW.id, NEW.at, NEW.txid, NEW.actor, NEW.act, NEW.object, NEW.data, NEW.digest))
    EXECUTE FUNCTION audit_only_added();
CREATE TRIGGER audit_record_not_deleted BEFORE DELETE ON audit_record
    FOR EACH ROW EXECUTE FUNCTION audit_only_added();
CREATE TRIGGER audit_link_only_added BEFORE UPDATE OR DELETE ON audit_link
    FOR EACH ROW EXECUTE FUNCTION audit_only_added();
CREATE TRIGGER audit_anchor_only_added BEFORE UPDATE OR DELETE ON audit_anchor
    FOR EACH ROW EXECUTE FUNCTION audit_only_added();
"""
UNGUARD = """
DROP TRIGGER audit_anchor_only_added ON audit_anchor;
DROP TRIGGER audit_link_only_added ON audit_link;
DROP TRIGGER audit_record_not_deleted ON audit_record;
DROP TRIGGER audit_record_not_changed ON audit_record;
DROP FUNCTION audit_only_added();
CREATE FUNCTION audit_record_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit records are only ever added';
END $$;
CREATE TRIGGER audit_record_only_added BEFORE UPDATE OR DELETE ON audit_record
    FOR EACH ROW EXECUTE FUNCTION audit_record_only_added();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_only_added'),
    ]

    operations = [
        migrations.CreateModel(
            name='Anchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('seq', models.BigIntegerField()),
                ('hash', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('hash', models.CharField(max_length=64)),
            ],
        ),
        migrations.AddField(
            model_name='record',
            name='is_sealed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='record',
            name='txid',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(condition=models.Q(('is_sealed', False)), fields=['id'], name='record_unsealed'),
        ),
        migrations.AddField(
            model_name='link',
            name='record',
            field=models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='link', to='audit.record'),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
