import activities.models.entries
import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models

from library_site.database.rendering import RenderedOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0009_whole_circulation"),
        ("circulation", "0013_late_and_lost_loans_are_found_at_once"),
        ("library_site", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("readers", "0006_whole_circulation"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActivityKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=30, verbose_name="kind")),
                (
                    "shape",
                    models.CharField(
                        choices=[
                            ("festival", "Festival: holds other activities"),
                            ("works", "Works that are handed in and judged"),
                            ("general", "Meeting or performance"),
                            ("quiz", "Knowledge quiz"),
                            ("drift", "Book drift"),
                            ("donation", "Donation of books"),
                            ("lesson", "Library lesson"),
                            ("lecture", "Lecture"),
                            ("outside", "Contest outside the school"),
                        ],
                        max_length=10,
                        verbose_name="shape",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_retired", models.BooleanField(default=False, verbose_name="no longer used")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="activity_kind_unique"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="activity_kind_named"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="renew_settings_token",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            INSERT INTO library_site_settingstoken (id, token) VALUES (1, gen_random_uuid())\n            ON CONFLICT (id) DO UPDATE SET token = excluded.token;\n            RETURN NULL;\n        ",
                            hash="b62d7b19e09595daf45220c4df4b63883e2ec4d2",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_renew_settings_token_f92c4",
                            table="activities_activitykind",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_activitykindevent" ("id", "is_retired", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "shape") SELECT old_values."id", old_values."is_retired", old_values."name", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."position", old_values."shape" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="3d35605fe73a430ffb92efcca396421f27f220a0",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_589c5",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_activitykind",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_activitykindevent" ("id", "is_retired", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "shape") SELECT old_values."id", old_values."is_retired", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."shape" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5a3ebb7c9608c86041411072836c3618cdf4d9bc",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_eb28c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_activitykind",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_activitykindevent" ("id", "is_retired", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "shape") SELECT new_values."id", new_values."is_retired", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."shape" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8190f4084e91a29b181a34bcc72d53e99f219d36",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b404c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_activitykind",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityKindEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=30, verbose_name="kind")),
                (
                    "shape",
                    models.CharField(
                        choices=[
                            ("festival", "Festival: holds other activities"),
                            ("works", "Works that are handed in and judged"),
                            ("general", "Meeting or performance"),
                            ("quiz", "Knowledge quiz"),
                            ("drift", "Book drift"),
                            ("donation", "Donation of books"),
                            ("lesson", "Library lesson"),
                            ("lecture", "Lecture"),
                            ("outside", "Contest outside the school"),
                        ],
                        max_length=10,
                        verbose_name="shape",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_retired", models.BooleanField(default=False, verbose_name="no longer used")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.activitykind",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="activitykind_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="e03bd0d7b4bc6fd4c1735458e7c642308ab88759",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d2a88",
                            table="activities_activitykindevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="94760a64e25c2fdc017068731bd3f2e43bcb56bd",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_460ef",
                            table="activities_activitykindevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("picture", "Picture"), ("pdf", "PDF"), ("text", "Text file")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="file name")),
                ("media_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("width", models.PositiveSmallIntegerField(null=True)),
                ("height", models.PositiveSmallIntegerField(null=True)),
                ("version", models.CharField(db_collation="C", max_length=16)),
                ("added_at", models.DateTimeField(verbose_name="added")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("size__gte", 1)), name="stored_file_not_empty")
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityOptions",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "certificate_signer",
                    models.CharField(blank=True, max_length=60, verbose_name="certificates are signed by"),
                ),
                (
                    "note_marks",
                    models.CharField(blank=True, max_length=60, verbose_name="marks for notes, the best first"),
                ),
                (
                    "names",
                    models.CharField(
                        choices=[("short", "shortened"), ("class", "class only"), ("full", "in full, with consent")],
                        default="short",
                        max_length=6,
                        verbose_name="pupils' names in public",
                    ),
                ),
                ("ranks_pupils", models.BooleanField(default=False, verbose_name="rank single pupils in public")),
                (
                    "home_figures",
                    models.BooleanField(default=True, verbose_name="class reading figures on the library's page"),
                ),
                ("welcome", models.TextField(blank=True, verbose_name="words of welcome")),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.storedfile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="activity_options_single_row")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="renew_settings_token",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            INSERT INTO library_site_settingstoken (id, token) VALUES (1, gen_random_uuid())\n            ON CONFLICT (id) DO UPDATE SET token = excluded.token;\n            RETURN NULL;\n        ",
                            hash="b0f6c52f06bb511b823a895b10c3254f5be4b51e",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_renew_settings_token_23b45",
                            table="activities_activityoptions",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_activityoptionsevent" ("certificate_signer", "home_figures", "id", "names", "note_marks", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "ranks_pupils", "welcome") SELECT old_values."certificate_signer", old_values."home_figures", old_values."id", old_values."names", old_values."note_marks", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."picture_id", old_values."ranks_pupils", old_values."welcome" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="133f513fdfc2f9a3b82950e1545b1df6664b5855",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_33906",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_activityoptions",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_activityoptionsevent" ("certificate_signer", "home_figures", "id", "names", "note_marks", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "ranks_pupils", "welcome") SELECT old_values."certificate_signer", old_values."home_figures", old_values."id", old_values."names", old_values."note_marks", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."picture_id", old_values."ranks_pupils", old_values."welcome" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="1edec25ff1ce21a9a1b6fe3ba4bee92f3cf574bc",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f1951",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_activityoptions",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_activityoptionsevent" ("certificate_signer", "home_figures", "id", "names", "note_marks", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "ranks_pupils", "welcome") SELECT new_values."certificate_signer", new_values."home_figures", new_values."id", new_values."names", new_values."note_marks", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."picture_id", new_values."ranks_pupils", new_values."welcome" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4e66a1c52fd3ff56f9d8c621d48afff6868df9c8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_85749",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_activityoptions",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityOptionsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "certificate_signer",
                    models.CharField(blank=True, max_length=60, verbose_name="certificates are signed by"),
                ),
                (
                    "note_marks",
                    models.CharField(blank=True, max_length=60, verbose_name="marks for notes, the best first"),
                ),
                (
                    "names",
                    models.CharField(
                        choices=[("short", "shortened"), ("class", "class only"), ("full", "in full, with consent")],
                        default="short",
                        max_length=6,
                        verbose_name="pupils' names in public",
                    ),
                ),
                ("ranks_pupils", models.BooleanField(default=False, verbose_name="rank single pupils in public")),
                (
                    "home_figures",
                    models.BooleanField(default=True, verbose_name="class reading figures on the library's page"),
                ),
                ("welcome", models.TextField(blank=True, verbose_name="words of welcome")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.activityoptions",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.storedfile",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="activityoptions_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="94ee7fa027c25191dea14f82b43939160d62e031",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e3886",
                            table="activities_activityoptionsevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="47ff5bede8c305b79563c06766e5d6a1ffb9fed8",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_4d426",
                            table="activities_activityoptionsevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("hours", models.CharField(blank=True, max_length=40, verbose_name="time of day")),
                ("place", models.CharField(blank=True, max_length=60, verbose_name="place")),
                ("aims", models.TextField(blank=True, verbose_name="aims")),
                ("plan", models.TextField(blank=True, verbose_name="plan")),
                ("rules", models.TextField(blank=True, verbose_name="rules")),
                (
                    "responsible_words",
                    models.CharField(blank=True, max_length=60, verbose_name="responsible, in words"),
                ),
                ("department", models.CharField(blank=True, max_length=40, verbose_name="department")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "being planned"),
                            ("published", "published"),
                            ("over", "over"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "registration",
                    models.CharField(
                        choices=[
                            ("none", "none needed"),
                            ("person", "each person"),
                            ("class", "by class"),
                            ("group", "by reading group"),
                        ],
                        default="none",
                        max_length=8,
                        verbose_name="registration",
                    ),
                ),
                ("register_until", models.DateField(blank=True, null=True, verbose_name="register until")),
                ("most", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="at most, in all")),
                (
                    "most_per_class",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="at most per class"),
                ),
                ("takes_entries", models.BooleanField(default=False, verbose_name="works are handed in")),
                ("entries_until", models.DateField(blank=True, null=True, verbose_name="works until")),
                ("blind", models.BooleanField(default=True, verbose_name="judges see no names")),
                ("scale", models.PositiveSmallIntegerField(default=100, verbose_name="scores from 0 to")),
                ("results_at", models.DateTimeField(blank=True, null=True, verbose_name="results published")),
                ("took_part", models.PositiveIntegerField(blank=True, null=True, verbose_name="took part, counted")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="activities.activity",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.reader",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="activities.activitykind"
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.storedfile",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-starts_on", "-id"], name="activity_by_day")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="activity_named"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="activity_dates"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="activity_not_its_own_part",
                    ),
                    models.CheckConstraint(condition=models.Q(("scale__range", (1, 1000))), name="activity_scale"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"), ("state", "cancelled"), ("published_at__isnull", False), _connector="OR"
                        ),
                        name="activity_published_at",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_activityevent" ("aims", "blind", "department", "ends_on", "entries_until", "hours", "id", "kind_id", "most", "most_per_class", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "place", "plan", "published_at", "register_until", "registration", "responsible_id", "responsible_words", "results_at", "rules", "scale", "starts_on", "state", "summary", "takes_entries", "took_part") SELECT old_values."aims", old_values."blind", old_values."department", old_values."ends_on", old_values."entries_until", old_values."hours", old_values."id", old_values."kind_id", old_values."most", old_values."most_per_class", old_values."name", old_values."parent_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."picture_id", old_values."place", old_values."plan", old_values."published_at", old_values."register_until", old_values."registration", old_values."responsible_id", old_values."responsible_words", old_values."results_at", old_values."rules", old_values."scale", old_values."starts_on", old_values."state", old_values."summary", old_values."takes_entries", old_values."took_part" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="76923fd52f4a3d0e13f04ee002c28c48aba826ee",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a56a1",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_activity",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_activityevent" ("aims", "blind", "department", "ends_on", "entries_until", "hours", "id", "kind_id", "most", "most_per_class", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "place", "plan", "published_at", "register_until", "registration", "responsible_id", "responsible_words", "results_at", "rules", "scale", "starts_on", "state", "summary", "takes_entries", "took_part") SELECT old_values."aims", old_values."blind", old_values."department", old_values."ends_on", old_values."entries_until", old_values."hours", old_values."id", old_values."kind_id", old_values."most", old_values."most_per_class", old_values."name", old_values."parent_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."picture_id", old_values."place", old_values."plan", old_values."published_at", old_values."register_until", old_values."registration", old_values."responsible_id", old_values."responsible_words", old_values."results_at", old_values."rules", old_values."scale", old_values."starts_on", old_values."state", old_values."summary", old_values."takes_entries", old_values."took_part" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6918502a1f798a615cf4bff3cfb31600659ebfed",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cc776",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_activity",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_activityevent" ("aims", "blind", "department", "ends_on", "entries_until", "hours", "id", "kind_id", "most", "most_per_class", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "place", "plan", "published_at", "register_until", "registration", "responsible_id", "responsible_words", "results_at", "rules", "scale", "starts_on", "state", "summary", "takes_entries", "took_part") SELECT new_values."aims", new_values."blind", new_values."department", new_values."ends_on", new_values."entries_until", new_values."hours", new_values."id", new_values."kind_id", new_values."most", new_values."most_per_class", new_values."name", new_values."parent_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."picture_id", new_values."place", new_values."plan", new_values."published_at", new_values."register_until", new_values."registration", new_values."responsible_id", new_values."responsible_words", new_values."results_at", new_values."rules", new_values."scale", new_values."starts_on", new_values."state", new_values."summary", new_values."takes_entries", new_values."took_part" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="34a723b0908e6161fb9c4bcd8f683d9e9a272f8a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6de9c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_activity",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="reading group")),
                ("aim", models.TextField(blank=True, verbose_name="what the group wants")),
                ("founded_on", models.DateField(verbose_name="founded")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended")),
                (
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.reader",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.schoolclass",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)), fields=("name",), name="reading_group_name_unique"
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="reading_group_named"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("ended_on__gte", models.F("founded_on")), _connector="OR"
                        ),
                        name="reading_group_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityRegistration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by_what",
                    models.CharField(
                        choices=[
                            ("none", "none needed"),
                            ("person", "each person"),
                            ("class", "by class"),
                            ("group", "by reading group"),
                        ],
                        max_length=8,
                    ),
                ),
                ("number_of_people", models.PositiveSmallIntegerField(default=1, verbose_name="how many")),
                ("at", models.DateTimeField(verbose_name="registered")),
                ("cancelled_at", models.DateTimeField(null=True, verbose_name="taken back")),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="activities.activity",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="readers.reader"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.schoolclass",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.readinggroup",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["activity", "school_class"], name="registration_by_class")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("by_what", "person"), ("cancelled_at", None)),
                        fields=("activity", "reader"),
                        name="registration_one_per_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("by_what", "class"), ("cancelled_at", None)),
                        fields=("activity", "school_class"),
                        name="registration_one_per_class",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("by_what", "group"), ("cancelled_at", None)),
                        fields=("activity", "group"),
                        name="registration_one_per_group",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by_what", "person"),
                            models.Q(("by_what", "class"), ("reader", None), ("school_class__isnull", False)),
                            models.Q(("by_what", "group"), ("group__isnull", False), ("reader", None)),
                            _connector="OR",
                        ),
                        name="registration_of_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivitySession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="day")),
                ("hours", models.CharField(blank=True, max_length=40, verbose_name="time of day")),
                ("topic", models.CharField(blank=True, max_length=100, verbose_name="topic")),
                ("led_by", models.CharField(blank=True, max_length=60, verbose_name="held by")),
                ("present", models.PositiveIntegerField(blank=True, null=True, verbose_name="present")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="activities.activity"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.schoolclass",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Quiz",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="paper")),
                ("minutes", models.PositiveSmallIntegerField(default=20, verbose_name="minutes allowed")),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="opens")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="closes")),
                ("shuffles", models.BooleanField(default=True, verbose_name="mixed order in the browser")),
                (
                    "shows_answers",
                    models.BooleanField(default=True, verbose_name="right answers shown once it is closed"),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="quizzes", to="activities.activity"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("minutes__range", (1, 240))), name="quiz_minutes"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at", None),
                            ("closes_at", None),
                            ("closes_at__gt", models.F("opens_at")),
                            _connector="OR",
                        ),
                        name="quiz_hours",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_quizevent" ("activity_id", "closes_at", "id", "minutes", "name", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shows_answers", "shuffles") SELECT old_values."activity_id", old_values."closes_at", old_values."id", old_values."minutes", old_values."name", old_values."opens_at", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."shows_answers", old_values."shuffles" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="25b0a15ac4019feab928ad38684874a342e35d94",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_67a82",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_quiz",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_quizevent" ("activity_id", "closes_at", "id", "minutes", "name", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shows_answers", "shuffles") SELECT old_values."activity_id", old_values."closes_at", old_values."id", old_values."minutes", old_values."name", old_values."opens_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."shows_answers", old_values."shuffles" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2d4ad0e4b0f8b62daeaac6e117091f76d8a6aa37",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_dec52",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_quiz",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_quizevent" ("activity_id", "closes_at", "id", "minutes", "name", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shows_answers", "shuffles") SELECT new_values."activity_id", new_values."closes_at", new_values."id", new_values."minutes", new_values."name", new_values."opens_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."shows_answers", new_values."shuffles" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c5094764efb22a9ca06baf5d7362f410d53a28d5",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d49a5",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_quiz",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[("paper", "from paper"), ("browser", "in the browser")],
                        max_length=8,
                        verbose_name="source",
                    ),
                ),
                ("seed", models.UUIDField(default=uuid.uuid4)),
                ("started_at", models.DateTimeField(verbose_name="begun")),
                ("handed_in_at", models.DateTimeField(null=True, verbose_name="handed in")),
                ("answers", models.JSONField(default=dict)),
                ("points", models.PositiveSmallIntegerField(null=True, verbose_name="points")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="readers.reader"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.schoolclass",
                    ),
                ),
                (
                    "quiz",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="activities.quiz",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("quiz", "reader"), name="attempt_one_per_reader"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handed_in_at", None), ("points", None)),
                            models.Q(("handed_in_at__isnull", False), ("points__isnull", False)),
                            _connector="OR",
                        ),
                        name="attempt_marked_when_handed_in",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Audience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "Primary school"),
                            ("junior", "Junior middle school"),
                            ("senior", "Senior middle school"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("from_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from grade")),
                ("to_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to grade")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("student", "Student"),
                            ("teacher", "Teacher"),
                            ("staff", "Staff"),
                            ("collective", "Class as a whole"),
                        ],
                        default="student",
                        max_length=12,
                        verbose_name="category",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="audiences", to="activities.activity"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.schoolclass",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_position", None), ("to_position", None)),
                            models.Q(
                                ("from_position__isnull", False),
                                ("to_position__gte", models.F("from_position")),
                                models.Q(("stage", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="audience_grades",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_audienceevent" ("activity_id", "category", "from_position", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "stage", "to_position") SELECT old_values."activity_id", old_values."category", old_values."from_position", old_values."id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."school_class_id", old_values."stage", old_values."to_position" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="0445f166fd6712cd30cc4f3ca0cb5fad8e60e72e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_44264",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_audience",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_audienceevent" ("activity_id", "category", "from_position", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "stage", "to_position") SELECT old_values."activity_id", old_values."category", old_values."from_position", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_class_id", old_values."stage", old_values."to_position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="1c0f5afefe37fe575f68cea103a62107dd30d7ff",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_43617",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_audience",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_audienceevent" ("activity_id", "category", "from_position", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "stage", "to_position") SELECT new_values."activity_id", new_values."category", new_values."from_position", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_class_id", new_values."stage", new_values."to_position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f923779bf22f72611046a25248ebb906bf349b01",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4febf",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_audience",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AudienceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "Primary school"),
                            ("junior", "Junior middle school"),
                            ("senior", "Senior middle school"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("from_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from grade")),
                ("to_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to grade")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("student", "Student"),
                            ("teacher", "Teacher"),
                            ("staff", "Staff"),
                            ("collective", "Class as a whole"),
                        ],
                        default="student",
                        max_length=12,
                        verbose_name="category",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.activity",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.audience",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="readers.schoolclass",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="audience_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="0fe4b28df4b85837e26653d1764f008bd2cb8701",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_89d00",
                            table="activities_audienceevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="3b6c3f1386f862f61ea40e12f118f3b6ffba036a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_6b699",
                            table="activities_audienceevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="award")),
                (
                    "whom",
                    models.CharField(
                        choices=[("pupil", "pupils"), ("class", "classes"), ("teacher", "teachers")],
                        max_length=8,
                        verbose_name="for",
                    ),
                ),
                ("criteria", models.JSONField(default=list, verbose_name="criteria")),
                ("most", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how many")),
                (
                    "share",
                    models.CharField(
                        choices=[
                            ("school", "in the whole school"),
                            ("grade", "in each grade"),
                            ("class", "in each class"),
                        ],
                        default="class",
                        max_length=8,
                        verbose_name="counted within",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="words of the certificate")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_retired", models.BooleanField(default=False, verbose_name="no longer used")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="award_rule_unique"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="award_rule_named"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_awardruleevent" ("criteria", "id", "is_retired", "most", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "share", "whom", "words") SELECT old_values."criteria", old_values."id", old_values."is_retired", old_values."most", old_values."name", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."position", old_values."share", old_values."whom", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="e17ce728362a86146e0ddcdc5867f5bd3b0c8e8e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_324c0",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_awardrule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_awardruleevent" ("criteria", "id", "is_retired", "most", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "share", "whom", "words") SELECT old_values."criteria", old_values."id", old_values."is_retired", old_values."most", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."share", old_values."whom", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2b3343415607d805e8bfb88188200172b4154e1f",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f2856",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_awardrule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_awardruleevent" ("criteria", "id", "is_retired", "most", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "share", "whom", "words") SELECT new_values."criteria", new_values."id", new_values."is_retired", new_values."most", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."share", new_values."whom", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="a3edf6ae9ad3ceb06f5e1b51c68c2606b1fcb855",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0a928",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_awardrule",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criteria", models.JSONField(default=list)),
                ("proposed_at", models.DateTimeField(verbose_name="proposed")),
                ("announced_at", models.DateTimeField(null=True, verbose_name="announced")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="activities.awardrule",
                    ),
                ),
                (
                    "semester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="readers.semester"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("rule", "semester"), name="award_run_unique")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_awardrunevent" ("announced_at", "by_id", "criteria", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "rule_id", "semester_id") SELECT old_values."announced_at", old_values."by_id", old_values."criteria", old_values."id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."proposed_at", old_values."rule_id", old_values."semester_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="11b94d1fee59d9151255923f6d5fb11b1f07cb9e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_aca02",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_awardrun",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_awardrunevent" ("announced_at", "by_id", "criteria", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "rule_id", "semester_id") SELECT old_values."announced_at", old_values."by_id", old_values."criteria", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposed_at", old_values."rule_id", old_values."semester_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="3344caae6914ed0892d087b300c7eb8e4e8b47cf",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_515d3",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_awardrun",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_awardrunevent" ("announced_at", "by_id", "criteria", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "rule_id", "semester_id") SELECT new_values."announced_at", new_values."by_id", new_values."criteria", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposed_at", new_values."rule_id", new_values."semester_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="654d4003c2009b8159e3dac193e39fa057eb35ae",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0aaed",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_awardrun",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("figures", models.JSONField(default=dict)),
                ("is_proposed", models.BooleanField(verbose_name="proposed by the rule")),
                ("is_kept", models.BooleanField(verbose_name="awarded")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "reader",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="readers.reader"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.schoolclass",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="activities.awardrun",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["run"], name="award_proposal_run")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reader", None), _negated=True),
                        fields=("run", "reader"),
                        name="award_proposal_one_per_reader",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_proposed", models.F("is_kept")),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="award_proposal_reasoned",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardRuleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=40, verbose_name="award")),
                (
                    "whom",
                    models.CharField(
                        choices=[("pupil", "pupils"), ("class", "classes"), ("teacher", "teachers")],
                        max_length=8,
                        verbose_name="for",
                    ),
                ),
                ("criteria", models.JSONField(default=list, verbose_name="criteria")),
                ("most", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how many")),
                (
                    "share",
                    models.CharField(
                        choices=[
                            ("school", "in the whole school"),
                            ("grade", "in each grade"),
                            ("class", "in each class"),
                        ],
                        default="class",
                        max_length=8,
                        verbose_name="counted within",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="words of the certificate")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_retired", models.BooleanField(default=False, verbose_name="no longer used")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.awardrule",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="awardrule_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="a99850f53ef36327435f233b026fbe9f7744d7f2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_482c3",
                            table="activities_awardruleevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="2c51002f6ce899fe87ed2546c45c25ddc2fe9cb6",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_0eeca",
                            table="activities_awardruleevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardRunEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("criteria", models.JSONField(default=list)),
                ("proposed_at", models.DateTimeField(verbose_name="proposed")),
                ("announced_at", models.DateTimeField(null=True, verbose_name="announced")),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.awardrun",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.awardrule",
                    ),
                ),
                (
                    "semester",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="readers.semester",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="awardrun_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="234ec132e9625fe5b2fd46c05baf804141844989",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_38fbc",
                            table="activities_awardrunevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="42b068aa5db5fec8e2c10e369283679f7d8dc80a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_65d75",
                            table="activities_awardrunevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BookList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "Primary school"),
                            ("junior", "Junior middle school"),
                            ("senior", "Senior middle school"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("from_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from grade")),
                ("to_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to grade")),
                ("name", models.CharField(max_length=100, verbose_name="booklist")),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("grade", "for grades"),
                            ("course", "for a school subject"),
                            ("theme", "on a theme"),
                            ("festival", "for a festival"),
                            ("month", "of the month"),
                            ("week", "of the week"),
                            ("new", "new books"),
                            ("official", "of an authority"),
                        ],
                        max_length=8,
                        verbose_name="what for",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("student", "Student"),
                            ("teacher", "Teacher"),
                            ("staff", "Staff"),
                            ("collective", "Class as a whole"),
                        ],
                        default="student",
                        max_length=12,
                        verbose_name="for",
                    ),
                ),
                ("course", models.CharField(blank=True, max_length=40, verbose_name="school subject")),
                ("theme", models.CharField(blank=True, max_length=60, verbose_name="theme or festival")),
                ("begins_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="no longer shown from")),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="booklists",
                        to="activities.activity",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-published_at", "-id"], name="book_list_published")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="book_list_named"),
                    models.CheckConstraint(
                        condition=models.Q(("published_at", None), ("reviewed_at__isnull", False), _connector="OR"),
                        name="book_list_reviewed_before_shown",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_position", None), ("to_position", None)),
                            models.Q(
                                ("from_position__isnull", False),
                                ("to_position__gte", models.F("from_position")),
                                models.Q(("stage", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="book_list_grades",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_booklistevent" ("activity_id", "begins_on", "by_id", "category", "course", "ended_on", "from_position", "id", "introduction", "name", "occasion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reviewed_at", "reviewed_by_id", "stage", "theme", "to_position") SELECT old_values."activity_id", old_values."begins_on", old_values."by_id", old_values."category", old_values."course", old_values."ended_on", old_values."from_position", old_values."id", old_values."introduction", old_values."name", old_values."occasion", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."published_at", old_values."reviewed_at", old_values."reviewed_by_id", old_values."stage", old_values."theme", old_values."to_position" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="082a773ea497e2bdbfa57369bfadb09d82690387",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c8365",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_booklist",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_booklistevent" ("activity_id", "begins_on", "by_id", "category", "course", "ended_on", "from_position", "id", "introduction", "name", "occasion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reviewed_at", "reviewed_by_id", "stage", "theme", "to_position") SELECT old_values."activity_id", old_values."begins_on", old_values."by_id", old_values."category", old_values."course", old_values."ended_on", old_values."from_position", old_values."id", old_values."introduction", old_values."name", old_values."occasion", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."reviewed_at", old_values."reviewed_by_id", old_values."stage", old_values."theme", old_values."to_position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5920791df69900618772b9b2961a699bab4bace2",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6cc08",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_booklist",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_booklistevent" ("activity_id", "begins_on", "by_id", "category", "course", "ended_on", "from_position", "id", "introduction", "name", "occasion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reviewed_at", "reviewed_by_id", "stage", "theme", "to_position") SELECT new_values."activity_id", new_values."begins_on", new_values."by_id", new_values."category", new_values."course", new_values."ended_on", new_values."from_position", new_values."id", new_values."introduction", new_values."name", new_values."occasion", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."reviewed_at", new_values."reviewed_by_id", new_values."stage", new_values."theme", new_values."to_position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0c670b494759e195b90f9a08c66547594a5f1fe4",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e37d1",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_booklist",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BookListItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("isbn", models.CharField(blank=True, db_collation="C", max_length=13, verbose_name="ISBN")),
                ("name", models.CharField(max_length=400, verbose_name="title")),
                ("author", models.CharField(blank=True, max_length=400, verbose_name="author")),
                ("publisher", models.CharField(blank=True, max_length=200, verbose_name="publisher")),
                ("reason", models.TextField(blank=True, verbose_name="why read it")),
                ("is_required", models.BooleanField(default=False, verbose_name="required")),
                (
                    "book_list",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="activities.booklist",
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.title",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["book_list", "position"], name="book_list_item_order")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("title", None), _negated=True),
                        fields=("book_list", "title"),
                        name="book_list_item_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="book_list_item_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("isbn", ""), ("isbn__regex", "^\\d{13}$"), _connector="OR"),
                        name="book_list_item_isbn",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("isbn", models.CharField(blank=True, db_collation="C", max_length=13, verbose_name="ISBN")),
                ("name", models.CharField(max_length=200, verbose_name="title")),
                ("author", models.CharField(blank=True, max_length=200, verbose_name="author")),
                ("publisher", models.CharField(blank=True, max_length=100, verbose_name="publisher")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why it should be bought")),
                ("copies", models.PositiveSmallIntegerField(default=1, verbose_name="copies")),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("student", "Student"),
                            ("teacher", "Teacher"),
                            ("staff", "Staff"),
                            ("collective", "Class as a whole"),
                        ],
                        max_length=12,
                        verbose_name="category",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("seen", "seen"),
                            ("ordered", "ordered"),
                            ("on_shelf", "on the shelf"),
                            ("declined", "declined"),
                        ],
                        default="new",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                ("at", models.DateTimeField(verbose_name="suggested")),
                ("state_at", models.DateTimeField(verbose_name="since")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions",
                        to="activities.booklistitem",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="readers.reader"
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.title",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "-at", "-id"], name="suggestion_by_state")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="suggestion_named"),
                    models.CheckConstraint(
                        condition=models.Q(("isbn", ""), ("isbn__regex", "^\\d{13}$"), _connector="OR"),
                        name="suggestion_isbn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="suggestion_declined_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("isbn", ""), _negated=True),
                            models.Q(("state", "new"), ("state", "seen"), ("state", "ordered"), _connector="OR"),
                        ),
                        fields=("isbn",),
                        name="suggestion_one_open_per_isbn",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Backer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "reader",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="readers.reader"
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="backers",
                        to="activities.suggestion",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("suggestion", "reader"), name="backer_unique")],
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "Primary school"),
                            ("junior", "Junior middle school"),
                            ("senior", "Senior middle school"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("from_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from grade")),
                ("to_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to grade")),
                ("name", models.CharField(max_length=60, verbose_name="challenge")),
                (
                    "goal",
                    models.CharField(
                        choices=[
                            ("books", "borrow books"),
                            ("list", "books of a list"),
                            ("notes", "write notes"),
                            ("class_books", "a class borrows books, per pupil"),
                            ("class_notes", "a class writes notes, per pupil"),
                        ],
                        max_length=12,
                        verbose_name="goal",
                    ),
                ),
                ("target", models.DecimalField(decimal_places=1, max_digits=6, verbose_name="how many")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("badge", models.CharField(db_collation="C", default="award", max_length=30, verbose_name="badge")),
                ("words", models.TextField(blank=True, verbose_name="words")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="activities.activity",
                    ),
                ),
                (
                    "book_list",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.booklist",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="challenge_named"),
                    models.CheckConstraint(condition=models.Q(("target__gt", 0)), name="challenge_target"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="challenge_dates"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("goal", "list"), _negated=True), ("book_list__isnull", False), _connector="OR"
                        ),
                        name="challenge_list_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_position", None), ("to_position", None)),
                            models.Q(
                                ("from_position__isnull", False),
                                ("to_position__gte", models.F("from_position")),
                                models.Q(("stage", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="challenge_grades",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_challengeevent" ("activity_id", "badge", "book_list_id", "ends_on", "from_position", "goal", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "stage", "starts_on", "target", "to_position", "words") SELECT old_values."activity_id", old_values."badge", old_values."book_list_id", old_values."ends_on", old_values."from_position", old_values."goal", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."published_at", old_values."stage", old_values."starts_on", old_values."target", old_values."to_position", old_values."words" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="361fc44374187b27879b67d0fa2ce657a8865826",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9f99c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_challenge",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_challengeevent" ("activity_id", "badge", "book_list_id", "ends_on", "from_position", "goal", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "stage", "starts_on", "target", "to_position", "words") SELECT old_values."activity_id", old_values."badge", old_values."book_list_id", old_values."ends_on", old_values."from_position", old_values."goal", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."stage", old_values."starts_on", old_values."target", old_values."to_position", old_values."words" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b0a3a5f7d1c638a0f2d5d8a4c4382ee0e7062c43",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0d3c5",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_challenge",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_challengeevent" ("activity_id", "badge", "book_list_id", "ends_on", "from_position", "goal", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "stage", "starts_on", "target", "to_position", "words") SELECT new_values."activity_id", new_values."badge", new_values."book_list_id", new_values."ends_on", new_values."from_position", new_values."goal", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."stage", new_values."starts_on", new_values."target", new_values."to_position", new_values."words" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="3d283ef4ffeb5b358dcde9d50a6d2e9044273cd4",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d55e4",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_challenge",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Badge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_class", models.BooleanField()),
                ("reached_on", models.DateField(verbose_name="reached on")),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="badges",
                        to="readers.reader",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.schoolclass",
                    ),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="badges",
                        to="activities.challenge",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_class", False)),
                        fields=("challenge", "reader"),
                        name="badge_one_per_reader",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_class", True)),
                        fields=("challenge", "school_class"),
                        name="badge_one_per_class",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BookListEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "Primary school"),
                            ("junior", "Junior middle school"),
                            ("senior", "Senior middle school"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("from_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from grade")),
                ("to_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to grade")),
                ("name", models.CharField(max_length=100, verbose_name="booklist")),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("grade", "for grades"),
                            ("course", "for a school subject"),
                            ("theme", "on a theme"),
                            ("festival", "for a festival"),
                            ("month", "of the month"),
                            ("week", "of the week"),
                            ("new", "new books"),
                            ("official", "of an authority"),
                        ],
                        max_length=8,
                        verbose_name="what for",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("student", "Student"),
                            ("teacher", "Teacher"),
                            ("staff", "Staff"),
                            ("collective", "Class as a whole"),
                        ],
                        default="student",
                        max_length=12,
                        verbose_name="for",
                    ),
                ),
                ("course", models.CharField(blank=True, max_length=40, verbose_name="school subject")),
                ("theme", models.CharField(blank=True, max_length=60, verbose_name="theme or festival")),
                ("begins_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="no longer shown from")),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.activity",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.booklist",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="booklist_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="01886dcbe1e42612f1c61a4a613e476594d27e18",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0846b",
                            table="activities_booklistevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="14cae35ec9cf3c9935e92d777daa9f02ddf891d7",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_55f8d",
                            table="activities_booklistevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChallengeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "Primary school"),
                            ("junior", "Junior middle school"),
                            ("senior", "Senior middle school"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("from_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from grade")),
                ("to_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to grade")),
                ("name", models.CharField(max_length=60, verbose_name="challenge")),
                (
                    "goal",
                    models.CharField(
                        choices=[
                            ("books", "borrow books"),
                            ("list", "books of a list"),
                            ("notes", "write notes"),
                            ("class_books", "a class borrows books, per pupil"),
                            ("class_notes", "a class writes notes, per pupil"),
                        ],
                        max_length=12,
                        verbose_name="goal",
                    ),
                ),
                ("target", models.DecimalField(decimal_places=1, max_digits=6, verbose_name="how many")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("badge", models.CharField(db_collation="C", default="award", max_length=30, verbose_name="badge")),
                ("words", models.TextField(blank=True, verbose_name="words")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.activity",
                    ),
                ),
                (
                    "book_list",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.booklist",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.challenge",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="challenge_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="ca56da1a69b3fabc220916de28a0f97c6882d237",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2b5e4",
                            table="activities_challengeevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="160d1c97224d74c4b0e31d86ae90dbf2557206ea",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_09a6b",
                            table="activities_challengeevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("name", "name in full"),
                            ("works", "works and notes"),
                            ("picture", "pictures with the pupil"),
                        ],
                        max_length=8,
                        verbose_name="agreed to",
                    ),
                ),
                ("given_on", models.DateField(verbose_name="given on")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="where the paper is kept")),
                (
                    "reader",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="readers.reader",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["reader"], name="consent_reader")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_on", None)),
                        fields=("reader", "what"),
                        name="consent_one_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on", None), ("withdrawn_on__gte", models.F("given_on")), _connector="OR"
                        ),
                        name="consent_dates",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_consentevent" ("given_on", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "what", "withdrawn_on") SELECT old_values."given_on", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."reader_id", old_values."what", old_values."withdrawn_on" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a776b2b8b06d6887354f646d3a67f2bc475c8c48",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_77f8f",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_consent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_consentevent" ("given_on", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "what", "withdrawn_on") SELECT old_values."given_on", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reader_id", old_values."what", old_values."withdrawn_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="aa0a9531de3ba0713da89c171c80fcf3a99d50ae",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_42109",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_consent",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_consentevent" ("given_on", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "what", "withdrawn_on") SELECT new_values."given_on", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reader_id", new_values."what", new_values."withdrawn_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d27d6c4336ca7f6cffa5a779de9c94f94d2da454",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0dd59",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_consent",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("name", "name in full"),
                            ("works", "works and notes"),
                            ("picture", "pictures with the pupil"),
                        ],
                        max_length=8,
                        verbose_name="agreed to",
                    ),
                ),
                ("given_on", models.DateField(verbose_name="given on")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="where the paper is kept")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.consent",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="readers.reader",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="consent_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="b6ecfc8e5450676a5db1504d8b717aa1ca50b678",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_7c9a2",
                            table="activities_consentevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="8ac67ce8f7e87c39a6273d42f1928217d781a2c9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_9c5d5",
                            table="activities_consentevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Donation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("donor", models.CharField(blank=True, max_length=100, verbose_name="given by")),
                ("on", models.DateField(verbose_name="given on")),
                ("thanked_on", models.DateField(blank=True, null=True, verbose_name="thanked on")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="donations",
                        to="activities.activity",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.batch",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.reader",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.schoolclass",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-on", "-id"], name="donation_by_day")],
            },
        ),
        migrations.CreateModel(
            name="DonatedBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("isbn", models.CharField(blank=True, db_collation="C", max_length=13, verbose_name="ISBN")),
                ("name", models.CharField(max_length=200, verbose_name="title")),
                ("copies", models.PositiveSmallIntegerField(default=1, verbose_name="copies")),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("waiting", "to be looked at"),
                            ("taken", "taken in"),
                            ("corner", "to a book corner"),
                            ("refused", "not taken"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="what became of it",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "title",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.title",
                    ),
                ),
                (
                    "donation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="books", to="activities.donation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="donated_book_named"),
                    models.CheckConstraint(condition=models.Q(("copies__range", (1, 999))), name="donated_book_copies"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fate", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="donated_book_refused_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DriftBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(db_collation="C", max_length=20, verbose_name="drift number")),
                ("name", models.CharField(max_length=200, verbose_name="title")),
                ("wish", models.CharField(blank=True, max_length=200, verbose_name="words on its way")),
                (
                    "state",
                    models.CharField(
                        choices=[("drifting", "on its way"), ("home", "come home"), ("lost", "lost")],
                        default="drifting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("since", models.DateField(verbose_name="adrift since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drift_books",
                        to="activities.activity",
                    ),
                ),
                (
                    "brought_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.reader",
                    ),
                ),
                (
                    "copy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.copy",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "number"), name="drift_number_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "drifting"), models.Q(("copy", None), _negated=True)),
                        fields=("copy",),
                        name="drift_copy_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="drift_book_named"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DriftStop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                ("is_shown", models.BooleanField(default=False, verbose_name="may be read by all")),
                (
                    "book",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="activities.driftbook",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="readers.reader"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.schoolclass",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["book", "since"], name="drift_stop_journey")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("book",), name="drift_stop_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                        name="drift_stop_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number of the work")),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="title of the work")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("teacher", models.CharField(blank=True, max_length=40, verbose_name="guided by")),
                (
                    "source",
                    models.CharField(
                        choices=[("paper", "from paper"), ("typed", "written here")],
                        max_length=6,
                        verbose_name="source",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "being written"), ("handed_in", "handed in"), ("refused", "not accepted")],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("saved_at", models.DateTimeField(verbose_name="saved")),
                ("handed_in_at", models.DateTimeField(blank=True, null=True, verbose_name="handed in")),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="activities.activity",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="readers.reader"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.schoolclass",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.readinggroup",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["activity", "school_class"], name="entry_by_class")],
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "number"), name="entry_number_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft"), ("state", "handed_in"), _connector="OR"),
                        fields=("activity", "reader"),
                        name="entry_one_of_a_reader",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "handed_in"), _negated=True),
                            ("handed_in_at__isnull", False),
                            _connector="OR",
                        ),
                        name="entry_handed_in_at",
                    ),
                ],
            },
            bases=(activities.models.entries.OfSomebody, models.Model),
        ),
        migrations.CreateModel(
            name="EntryFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="activities.entry"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="activities.storedfile"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GroupMeeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="day")),
                ("place", models.CharField(blank=True, max_length=60, verbose_name="place")),
                ("topic", models.CharField(max_length=100, verbose_name="topic")),
                ("present", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="present")),
                ("note", models.TextField(blank=True, verbose_name="notes")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="activities.readinggroup",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="from")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "reader",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="readers.reader"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="activities.readinggroup",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("group", "reader"), name="group_member_one_current"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                        name="group_member_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Prize",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                ("name", models.CharField(max_length=40, verbose_name="prize")),
                ("places", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how many")),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prizes",
                        to="activities.activity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "name"), name="prize_unique"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="prize_named"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_prizeevent" ("activity_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "position") SELECT old_values."activity_id", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."places", old_values."position" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ae89fcda29c4862e9facdaaa62232bc395d9529e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e8e18",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_prize",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_prizeevent" ("activity_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "position") SELECT old_values."activity_id", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."places", old_values."position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="93435c4461a01ac48e9d6c76e6a81c659f051e84",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2a6d7",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_prize",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_prizeevent" ("activity_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "position") SELECT new_values."activity_id", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."places", new_values."position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5703b6f4aee99cc53f9905c035adfc986e1f0408",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_38f96",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_prize",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mean", models.DecimalField(decimal_places=3, max_digits=7, null=True, verbose_name="mean score")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="activities.activity"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="activities.entry",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.readinggroup",
                    ),
                ),
                (
                    "prize",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="activities.prize"
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="readers.reader"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.schoolclass",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("entry", None), _negated=True),
                        fields=("entry",),
                        name="result_one_per_entry",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("entry", None)), fields=("activity", "reader"), name="result_one_per_reader"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_resultevent" ("activity_id", "by_id", "entry_id", "group_id", "id", "mean", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prize_id", "reader_id", "reason", "school_class_id") SELECT old_values."activity_id", old_values."by_id", old_values."entry_id", old_values."group_id", old_values."id", old_values."mean", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."prize_id", old_values."reader_id", old_values."reason", old_values."school_class_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b9046840128ae3c3c17fbc132eb48b52d06d83c8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_aba38",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_result",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_resultevent" ("activity_id", "by_id", "entry_id", "group_id", "id", "mean", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prize_id", "reader_id", "reason", "school_class_id") SELECT old_values."activity_id", old_values."by_id", old_values."entry_id", old_values."group_id", old_values."id", old_values."mean", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."prize_id", old_values."reader_id", old_values."reason", old_values."school_class_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6a273d774787741c73a91d5b9b4fef5a70329ee1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3f3dd",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_result",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_resultevent" ("activity_id", "by_id", "entry_id", "group_id", "id", "mean", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prize_id", "reader_id", "reason", "school_class_id") SELECT new_values."activity_id", new_values."by_id", new_values."entry_id", new_values."group_id", new_values."id", new_values."mean", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."prize_id", new_values."reader_id", new_values."reason", new_values."school_class_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f0950fa1503153d4dba1234163b7694b38d8119f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7deed",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_result",
                            when="AFTER",
                        ),
                    ),
                ],
            },
            bases=(activities.models.entries.OfSomebody, models.Model),
        ),
        migrations.CreateModel(
            name="Honour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.CharField(blank=True, db_collation="C", max_length=20, verbose_name="certificate number"),
                ),
                ("awarded_on", models.DateField(verbose_name="awarded on")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("school", "of the school"),
                            ("district", "of the district"),
                            ("city", "of the city"),
                            ("province", "of the province"),
                            ("nation", "national"),
                        ],
                        default="school",
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                ("occasion", models.CharField(max_length=100, verbose_name="occasion")),
                ("award", models.CharField(max_length=60, verbose_name="award")),
                ("work", models.CharField(blank=True, max_length=100, verbose_name="title of the work")),
                ("name", models.CharField(max_length=64, verbose_name="awarded to")),
                ("class_name", models.CharField(blank=True, max_length=30, verbose_name="class")),
                ("teacher", models.CharField(blank=True, max_length=40, verbose_name="guided by")),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="taken back on")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "activity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="activities.activity",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honour",
                        to="activities.awardproposal",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="readers.reader",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.schoolclass",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="activities.result",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-awarded_on", "-id"], name="honour_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="honour_number_unique",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_on", None), models.Q(("result", None), _negated=True)),
                        fields=("result",),
                        name="honour_one_per_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_on", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="honour_revoked_with_reason",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_honourevent" ("activity_id", "award", "awarded_on", "class_name", "id", "level", "name", "number", "occasion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "reader_id", "reason", "result_id", "revoked_on", "school_class_id", "teacher", "work") SELECT old_values."activity_id", old_values."award", old_values."awarded_on", old_values."class_name", old_values."id", old_values."level", old_values."name", old_values."number", old_values."occasion", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."proposal_id", old_values."reader_id", old_values."reason", old_values."result_id", old_values."revoked_on", old_values."school_class_id", old_values."teacher", old_values."work" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a33e70a53ac26cb8421d67d8b7a7cc2ca734655e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a7a01",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_honour",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_honourevent" ("activity_id", "award", "awarded_on", "class_name", "id", "level", "name", "number", "occasion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "reader_id", "reason", "result_id", "revoked_on", "school_class_id", "teacher", "work") SELECT old_values."activity_id", old_values."award", old_values."awarded_on", old_values."class_name", old_values."id", old_values."level", old_values."name", old_values."number", old_values."occasion", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposal_id", old_values."reader_id", old_values."reason", old_values."result_id", old_values."revoked_on", old_values."school_class_id", old_values."teacher", old_values."work" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="e334a4e6eeaf95a2a21c207bd286a39ef20f7d5f",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_25f09",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_honour",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_honourevent" ("activity_id", "award", "awarded_on", "class_name", "id", "level", "name", "number", "occasion", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposal_id", "reader_id", "reason", "result_id", "revoked_on", "school_class_id", "teacher", "work") SELECT new_values."activity_id", new_values."award", new_values."awarded_on", new_values."class_name", new_values."id", new_values."level", new_values."name", new_values."number", new_values."occasion", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposal_id", new_values."reader_id", new_values."reason", new_values."result_id", new_values."revoked_on", new_values."school_class_id", new_values."teacher", new_values."work" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="46bde0d2008380933116235a37d0e8f23c358d72",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0f106",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_honour",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HonourEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "number",
                    models.CharField(blank=True, db_collation="C", max_length=20, verbose_name="certificate number"),
                ),
                ("awarded_on", models.DateField(verbose_name="awarded on")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("school", "of the school"),
                            ("district", "of the district"),
                            ("city", "of the city"),
                            ("province", "of the province"),
                            ("nation", "national"),
                        ],
                        default="school",
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                ("occasion", models.CharField(max_length=100, verbose_name="occasion")),
                ("award", models.CharField(max_length=60, verbose_name="award")),
                ("work", models.CharField(blank=True, max_length=100, verbose_name="title of the work")),
                ("name", models.CharField(max_length=64, verbose_name="awarded to")),
                ("class_name", models.CharField(blank=True, max_length=30, verbose_name="class")),
                ("teacher", models.CharField(blank=True, max_length=40, verbose_name="guided by")),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="taken back on")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.activity",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.honour",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.awardproposal",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="readers.reader",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="readers.schoolclass",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.result",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="honour_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="3debf033797935a81c1bc3cdcb7bc2196b9ee3e9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_455db",
                            table="activities_honourevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="149f4ef685d185e8207b81986def65c9910d96b8",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_1f50f",
                            table="activities_honourevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Judge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="judges", to="activities.activity"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("activity", "account"), name="judge_unique")],
            },
        ),
        migrations.CreateModel(
            name="MaterialRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("student", "Student"),
                            ("teacher", "Teacher"),
                            ("staff", "Staff"),
                            ("collective", "Class as a whole"),
                        ],
                        max_length=12,
                        verbose_name="category",
                    ),
                ),
                ("subject", models.CharField(max_length=100, verbose_name="about what")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("open_lesson", "open lesson"),
                            ("lesson", "preparing lessons"),
                            ("paper", "paper or research"),
                            ("contest", "contest"),
                            ("other", "other"),
                        ],
                        max_length=12,
                        verbose_name="what for",
                    ),
                ),
                ("details", models.TextField(blank=True, verbose_name="details")),
                ("needed_on", models.DateField(blank=True, null=True, verbose_name="needed by")),
                ("at", models.DateTimeField(verbose_name="asked")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("answered", "answered"),
                            ("closed", "done"),
                            ("declined", "nothing found"),
                        ],
                        default="new",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                (
                    "book_list",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.booklist",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="readers.reader"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "-at", "-id"], name="material_request_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("subject", ""), _negated=True), name="material_request_subject"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MaterialItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("words", models.CharField(max_length=300, verbose_name="book or source")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "class_set",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circulation.classset",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circulation.reservation",
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.title",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="activities.materialrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("student", "Student"),
                            ("teacher", "Teacher"),
                            ("staff", "Staff"),
                            ("collective", "Class as a whole"),
                        ],
                        max_length=12,
                        verbose_name="category",
                    ),
                ),
                ("text", models.TextField(verbose_name="message")),
                ("at", models.DateTimeField(verbose_name="written")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits to be read"),
                            ("shown", "shown"),
                            ("private", "answered to the writer alone"),
                            ("hidden", "not shown"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("reply", models.TextField(blank=True, verbose_name="reply")),
                ("replied_at", models.DateTimeField(null=True, verbose_name="replied")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="readers.reader"
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.schoolclass",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "-at", "-id"], name="message_by_state")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="message_text")
                ],
            },
        ),
        migrations.CreateModel(
            name="NewsItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="headline")),
                ("text", models.TextField(verbose_name="text")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="no longer shown from")),
                ("is_pinned", models.BooleanField(default=False, verbose_name="stays on top")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.storedfile",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-published_at", "-id"], name="news_published")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="news_named")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_newsitemevent" ("by_id", "ends_on", "id", "is_pinned", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "published_at", "text") SELECT old_values."by_id", old_values."ends_on", old_values."id", old_values."is_pinned", old_values."name", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."picture_id", old_values."published_at", old_values."text" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="7834fe0857b892f41b7f9939432283c7114f0689",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3c8af",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_newsitem",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_newsitemevent" ("by_id", "ends_on", "id", "is_pinned", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "published_at", "text") SELECT old_values."by_id", old_values."ends_on", old_values."id", old_values."is_pinned", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."picture_id", old_values."published_at", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="9b0117582f3037bf8190d5db7eb0f328fd316932",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4b68b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_newsitem",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_newsitemevent" ("by_id", "ends_on", "id", "is_pinned", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_id", "published_at", "text") SELECT new_values."by_id", new_values."ends_on", new_values."id", new_values."is_pinned", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."picture_id", new_values."published_at", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="975f6ba576a7de354901a59d6927e77417468be2",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a1a9f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_newsitem",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NewsItemEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=100, verbose_name="headline")),
                ("text", models.TextField(verbose_name="text")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="no longer shown from")),
                ("is_pinned", models.BooleanField(default=False, verbose_name="stays on top")),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.newsitem",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.storedfile",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="newsitem_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="e81f0114f6d4d57f27459200845f9c6f17d71b6d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_77e3a",
                            table="activities_newsitemevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="b13240112276d746268f830505ce990d5848e6c2",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_94e78",
                            table="activities_newsitemevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("note", "Reading note"),
                            ("card", "Reading card"),
                            ("excerpt", "Excerpts"),
                            ("response", "Response to a book"),
                            ("sheet", "Reading newspaper"),
                        ],
                        default="note",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("student", "Student"),
                            ("teacher", "Teacher"),
                            ("staff", "Staff"),
                            ("collective", "Class as a whole"),
                        ],
                        max_length=12,
                        verbose_name="category",
                    ),
                ),
                ("book", models.CharField(blank=True, max_length=200, verbose_name="book")),
                ("heading", models.CharField(blank=True, max_length=100, verbose_name="heading")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("written_on", models.DateField(verbose_name="written on")),
                (
                    "source",
                    models.CharField(
                        choices=[("paper", "from paper"), ("typed", "written here")],
                        max_length=6,
                        verbose_name="source",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("handed_in", "handed in"),
                            ("returned", "given back to be improved"),
                            ("marked", "read and marked"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("mark", models.CharField(blank=True, max_length=10, verbose_name="mark")),
                ("comment", models.TextField(blank=True, verbose_name="teacher's comment")),
                ("marked_at", models.DateTimeField(null=True, verbose_name="marked")),
                ("is_best", models.BooleanField(default=False, verbose_name="among the best")),
                (
                    "shown",
                    models.CharField(
                        choices=[
                            ("private", "writer and teachers"),
                            ("proposed", "proposed for the wall"),
                            ("wall", "on the class's wall"),
                            ("school", "on the school's page"),
                        ],
                        default="private",
                        max_length=8,
                        verbose_name="seen by",
                    ),
                ),
                ("saved_at", models.DateTimeField(verbose_name="saved")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "marked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.reader",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.schoolclass",
                    ),
                ),
                (
                    "shown_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.title",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["reader", "-written_on", "-id"], name="reading_note_reader"),
                    models.Index(fields=["school_class", "written_on"], name="reading_note_class"),
                    models.Index(fields=["written_on"], name="reading_note_day"),
                    models.Index(
                        condition=models.Q(
                            ("shown", "proposed"), ("shown", "wall"), ("shown", "school"), _connector="OR"
                        ),
                        fields=["-written_on", "-id"],
                        name="reading_note_shown",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("key",), name="reading_note_key_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "draft"), _negated=True), ("shown", "private"), _connector="OR"
                        ),
                        name="reading_note_drafts_are_private",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoteFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="activities.storedfile"
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="activities.readingnote"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PrizeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                ("name", models.CharField(max_length=40, verbose_name="prize")),
                ("places", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how many")),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.activity",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.prize",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="prize_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="829ec2cdb7aa9a0fba6ceb9b006d5e71990380c1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_105c1",
                            table="activities_prizeevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="ed65bfa825578f863b1a74fb5c303d9f831195ea",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_e14fb",
                            table="activities_prizeevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("single", "one is right"),
                            ("several", "several are right"),
                            ("yes_no", "right or wrong"),
                        ],
                        default="single",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(verbose_name="question")),
                ("options", models.JSONField(default=list, verbose_name="options")),
                ("right", models.JSONField(default=list, verbose_name="right options")),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                ("is_retired", models.BooleanField(default=False, verbose_name="no longer asked")),
                (
                    "book_list",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.booklist",
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.title",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="question_text")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_questionevent" ("book_list_id", "explanation", "id", "is_retired", "kind", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "right", "text", "title_id") SELECT old_values."book_list_id", old_values."explanation", old_values."id", old_values."is_retired", old_values."kind", old_values."options", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."right", old_values."text", old_values."title_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="06d693fe9b1afd405bf885a887c5e4bb8851e51e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_96d81",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_question",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_questionevent" ("book_list_id", "explanation", "id", "is_retired", "kind", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "right", "text", "title_id") SELECT old_values."book_list_id", old_values."explanation", old_values."id", old_values."is_retired", old_values."kind", old_values."options", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."right", old_values."text", old_values."title_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="363e579d04c9fafb298a6d4df42d5e3ee66ac5c7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_585b6",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_question",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_questionevent" ("book_list_id", "explanation", "id", "is_retired", "kind", "options", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "right", "text", "title_id") SELECT new_values."book_list_id", new_values."explanation", new_values."id", new_values."is_retired", new_values."kind", new_values."options", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."right", new_values."text", new_values."title_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7752a8f35bcad1192e5dcfea7a1c9efe536bb1ec",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f8658",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_question",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("single", "one is right"),
                            ("several", "several are right"),
                            ("yes_no", "right or wrong"),
                        ],
                        default="single",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(verbose_name="question")),
                ("options", models.JSONField(default=list, verbose_name="options")),
                ("right", models.JSONField(default=list, verbose_name="right options")),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                ("is_retired", models.BooleanField(default=False, verbose_name="no longer asked")),
                (
                    "book_list",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.booklist",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.question",
                    ),
                ),
                (
                    "title",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalog.title",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="question_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="8a771de5be099df94d560f87223683ac4581fb1a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_290c1",
                            table="activities_questionevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="b9a481e445df607a30a7761dff1390601458235f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_c6c38",
                            table="activities_questionevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuizEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=60, verbose_name="paper")),
                ("minutes", models.PositiveSmallIntegerField(default=20, verbose_name="minutes allowed")),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="opens")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="closes")),
                ("shuffles", models.BooleanField(default=True, verbose_name="mixed order in the browser")),
                (
                    "shows_answers",
                    models.BooleanField(default=True, verbose_name="right answers shown once it is closed"),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.activity",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.quiz",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="quiz_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="b61117c58280d1474f39ee3f848e1b7a9c4dc766",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ee20b",
                            table="activities_quizevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="5f43c01a53924fcc040fd4d47df137894ac9ccf6",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_7f428",
                            table="activities_quizevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuizQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("points", models.PositiveSmallIntegerField(default=1, verbose_name="points")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="activities.question"
                    ),
                ),
                (
                    "quiz",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="activities.quiz",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("quiz", "question"), name="quiz_question_once")],
            },
        ),
        migrations.CreateModel(
            name="ReadingQuota",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "Primary school"),
                            ("junior", "Junior middle school"),
                            ("senior", "Senior middle school"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("from_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from grade")),
                ("to_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to grade")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("student", "Student"),
                            ("teacher", "Teacher"),
                            ("staff", "Staff"),
                            ("collective", "Class as a whole"),
                        ],
                        default="student",
                        max_length=12,
                        verbose_name="category",
                    ),
                ),
                ("books", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="books a semester")),
                ("notes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="notes a semester")),
                ("from_year", models.PositiveSmallIntegerField(verbose_name="from the school year that begins in")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("category", "stage", "from_position", "to_position", "from_year"),
                        name="reading_quota_unique",
                        nulls_distinct=False,
                        violation_error_message="There is an amount for these grades from that year on.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("books__isnull", False), ("notes__isnull", False), _connector="OR"),
                        name="reading_quota_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_position", None), ("to_position", None)),
                            models.Q(
                                ("from_position__isnull", False),
                                ("to_position__gte", models.F("from_position")),
                                models.Q(("stage", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reading_quota_grades",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="renew_settings_token",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            INSERT INTO library_site_settingstoken (id, token) VALUES (1, gen_random_uuid())\n            ON CONFLICT (id) DO UPDATE SET token = excluded.token;\n            RETURN NULL;\n        ",
                            hash="77d8b8b6e4c2de73b2f8c14a9d7d6b2369bacd34",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_renew_settings_token_48d75",
                            table="activities_readingquota",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_readingquotaevent" ("books", "category", "from_position", "from_year", "id", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "to_position") SELECT old_values."books", old_values."category", old_values."from_position", old_values."from_year", old_values."id", old_values."notes", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."stage", old_values."to_position" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ed4e1e4341a93f2bbc577469ec4850f321e8d1e6",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_49c9e",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_readingquota",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_readingquotaevent" ("books", "category", "from_position", "from_year", "id", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "to_position") SELECT old_values."books", old_values."category", old_values."from_position", old_values."from_year", old_values."id", old_values."notes", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."stage", old_values."to_position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="986d348ce0000cb1ef414dba09e4a1c40c83cd9a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2984c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_readingquota",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_readingquotaevent" ("books", "category", "from_position", "from_year", "id", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "to_position") SELECT new_values."books", new_values."category", new_values."from_position", new_values."from_year", new_values."id", new_values."notes", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."stage", new_values."to_position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="61e676ca83ebcd4f847565bdd0f9aa537af6b011",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_39c30",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_readingquota",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingQuotaEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "Primary school"),
                            ("junior", "Junior middle school"),
                            ("senior", "Senior middle school"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("from_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from grade")),
                ("to_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to grade")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("student", "Student"),
                            ("teacher", "Teacher"),
                            ("staff", "Staff"),
                            ("collective", "Class as a whole"),
                        ],
                        default="student",
                        max_length=12,
                        verbose_name="category",
                    ),
                ),
                ("books", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="books a semester")),
                ("notes", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="notes a semester")),
                ("from_year", models.PositiveSmallIntegerField(verbose_name="from the school year that begins in")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.readingquota",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="readingquota_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="091b930d111111d9eda6b9f0cec96d990edfcb77",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_90ea6",
                            table="activities_readingquotaevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="c4d57362a6325ee626a3483f102cbb68d88631ec",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_fe4a0",
                            table="activities_readingquotaevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResultEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("mean", models.DecimalField(decimal_places=3, max_digits=7, null=True, verbose_name="mean score")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "activity",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.activity",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.entry",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.readinggroup",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.result",
                    ),
                ),
                (
                    "prize",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.prize",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="readers.reader",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="readers.schoolclass",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="result_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="6a3bbb4f5ecc7313ff33b4bfb6d14b480154a3c3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6a77c",
                            table="activities_resultevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="ad50b17463cc2e85bd919c0319df23e0ecfae023",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_18e96",
                            table="activities_resultevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="score")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("at", models.DateTimeField(verbose_name="given")),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="activities.entry",
                    ),
                ),
                (
                    "judge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="activities.judge"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "judge"), name="score_unique"),
                    models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="score_value"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_scoreevent" ("at", "entry_id", "id", "judge_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") SELECT old_values."at", old_values."entry_id", old_values."id", old_values."judge_id", old_values."note", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."value" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a4338dc2f9f4796a4a0e36f17aff9967415e9aa8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_009d5",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_score",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_scoreevent" ("at", "entry_id", "id", "judge_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") SELECT old_values."at", old_values."entry_id", old_values."id", old_values."judge_id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="742cde81e414b8f87893ebd57b05a7559038cd35",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9bc6d",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_score",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_scoreevent" ("at", "entry_id", "id", "judge_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") SELECT new_values."at", new_values."entry_id", new_values."id", new_values."judge_id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="98589be68d11facc7564af63558a2eb3e97aee3a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ac983",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_score",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("value", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="score")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("at", models.DateTimeField(verbose_name="given")),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.entry",
                    ),
                ),
                (
                    "judge",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.judge",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.score",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="score_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="773aff68d53eb7e3bed241bce41b9d601644071a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4ff48",
                            table="activities_scoreevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="9655e16bac47a440a4806866fe9bfa26611abaf0",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_50b2f",
                            table="activities_scoreevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "Primary school"),
                            ("junior", "Junior middle school"),
                            ("senior", "Senior middle school"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("from_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from grade")),
                ("to_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to grade")),
                ("name", models.CharField(max_length=100, verbose_name="survey")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("student", "Student"),
                            ("teacher", "Teacher"),
                            ("staff", "Staff"),
                            ("collective", "Class as a whole"),
                        ],
                        max_length=12,
                        verbose_name="for",
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="opens")),
                ("closes_on", models.DateField(verbose_name="closes")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("shows_results", models.BooleanField(default=False, verbose_name="results are shown once closed")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="survey_named"),
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))), name="survey_dates"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_position", None), ("to_position", None)),
                            models.Q(
                                ("from_position__isnull", False),
                                ("to_position__gte", models.F("from_position")),
                                models.Q(("stage", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="survey_grades",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_surveyevent" ("category", "closed_at", "closes_on", "from_position", "id", "introduction", "name", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "shows_results", "stage", "to_position") SELECT old_values."category", old_values."closed_at", old_values."closes_on", old_values."from_position", old_values."id", old_values."introduction", old_values."name", old_values."opens_on", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."published_at", old_values."shows_results", old_values."stage", old_values."to_position" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="0be8f282b549712605450bd609cd01beb2eb2781",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5ce37",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_survey",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_surveyevent" ("category", "closed_at", "closes_on", "from_position", "id", "introduction", "name", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "shows_results", "stage", "to_position") SELECT old_values."category", old_values."closed_at", old_values."closes_on", old_values."from_position", old_values."id", old_values."introduction", old_values."name", old_values."opens_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."shows_results", old_values."stage", old_values."to_position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="8865073b10e2d1d02f581b26e082504c6531221f",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4469c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_survey",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_surveyevent" ("category", "closed_at", "closes_on", "from_position", "id", "introduction", "name", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "shows_results", "stage", "to_position") SELECT new_values."category", new_values."closed_at", new_values."closes_on", new_values."from_position", new_values."id", new_values."introduction", new_values."name", new_values."opens_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."shows_results", new_values."stage", new_values."to_position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="03e446795fe550f0329667507bce70f9e8137031",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_db956",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_survey",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyAnswer",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("is_paper", models.BooleanField(default=False, verbose_name="from paper")),
                ("answers", models.JSONField(default=dict)),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="activities.survey"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SurveyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("primary", "Primary school"),
                            ("junior", "Junior middle school"),
                            ("senior", "Senior middle school"),
                        ],
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("from_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from grade")),
                ("to_position", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to grade")),
                ("name", models.CharField(max_length=100, verbose_name="survey")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("student", "Student"),
                            ("teacher", "Teacher"),
                            ("staff", "Staff"),
                            ("collective", "Class as a whole"),
                        ],
                        max_length=12,
                        verbose_name="for",
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="opens")),
                ("closes_on", models.DateField(verbose_name="closes")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("shows_results", models.BooleanField(default=False, verbose_name="results are shown once closed")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.survey",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="survey_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="db127648fe67bf05700528a5fe1899c6dce57cfd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f5862",
                            table="activities_surveyevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="2f2841df40a93e84da3c21449c33bedabb0a0247",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_0fff9",
                            table="activities_surveyevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("single", "choose one"),
                            ("several", "choose several"),
                            ("scale", "1 to 5"),
                            ("text", "own words"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="question")),
                ("options", models.JSONField(default=list, verbose_name="options")),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="activities.survey"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="survey_question_text")
                ],
            },
        ),
        migrations.CreateModel(
            name="SurveyVoter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="readers.reader"
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voters",
                        to="activities.survey",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("survey", "reader"), name="survey_voter_once")],
            },
        ),
        migrations.CreateModel(
            name="ActivityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("hours", models.CharField(blank=True, max_length=40, verbose_name="time of day")),
                ("place", models.CharField(blank=True, max_length=60, verbose_name="place")),
                ("aims", models.TextField(blank=True, verbose_name="aims")),
                ("plan", models.TextField(blank=True, verbose_name="plan")),
                ("rules", models.TextField(blank=True, verbose_name="rules")),
                (
                    "responsible_words",
                    models.CharField(blank=True, max_length=60, verbose_name="responsible, in words"),
                ),
                ("department", models.CharField(blank=True, max_length=40, verbose_name="department")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "being planned"),
                            ("published", "published"),
                            ("over", "over"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "registration",
                    models.CharField(
                        choices=[
                            ("none", "none needed"),
                            ("person", "each person"),
                            ("class", "by class"),
                            ("group", "by reading group"),
                        ],
                        default="none",
                        max_length=8,
                        verbose_name="registration",
                    ),
                ),
                ("register_until", models.DateField(blank=True, null=True, verbose_name="register until")),
                ("most", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="at most, in all")),
                (
                    "most_per_class",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="at most per class"),
                ),
                ("takes_entries", models.BooleanField(default=False, verbose_name="works are handed in")),
                ("entries_until", models.DateField(blank=True, null=True, verbose_name="works until")),
                ("blind", models.BooleanField(default=True, verbose_name="judges see no names")),
                ("scale", models.PositiveSmallIntegerField(default=100, verbose_name="scores from 0 to")),
                ("results_at", models.DateTimeField(blank=True, null=True, verbose_name="results published")),
                ("took_part", models.PositiveIntegerField(blank=True, null=True, verbose_name="took part, counted")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.activity",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="activities.activity",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="readers.reader",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.activitykind",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.storedfile",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"], name="activity_event_time")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="e458706612b2ba7a272f7b78d24ee6abd69916ee",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_09934",
                            table="activities_activityevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="d56ef174a0175ffe0f19e546ea35a9ddaed4d689",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_087f7",
                            table="activities_activityevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FileBytes",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="bytes",
                        serialize=False,
                        to="activities.storedfile",
                    ),
                ),
                ("content", models.BinaryField()),
                ("preview", models.BinaryField(null=True)),
            ],
        ),
    ]
    operations = [RenderedOnce(operations)]
