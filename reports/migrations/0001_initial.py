import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from library_site.database.rendering import RenderedOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0009_whole_circulation"),
        ("library_site", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("readers", "0006_whole_circulation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("figure", models.CharField(db_collation="C", max_length=32, verbose_name="figure")),
                ("variant", models.CharField(blank=True, db_collation="C", max_length=12, verbose_name="formula")),
                (
                    "per",
                    models.CharField(
                        choices=[
                            ("week", "a week"),
                            ("month", "a month"),
                            ("semester", "a semester"),
                            ("year", "a school year"),
                        ],
                        default="semester",
                        max_length=8,
                        verbose_name="period",
                    ),
                ),
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
                    "target",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="goal"),
                ),
                ("from_year", models.PositiveSmallIntegerField(verbose_name="from the school year that begins in")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("figure", "variant", "per", "stage", "from_position", "to_position", "from_year"),
                        name="goal_unique",
                        nulls_distinct=False,
                        violation_error_message="There is a goal for this figure, period and these grades from that year on.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("target", None), ("target__gte", 0), _connector="OR"), name="goal_target"
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
                        name="goal_grades",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="renew_settings_token",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            INSERT INTO library_site_settingstoken (id, token) VALUES (1, gen_random_uuid())\n            ON CONFLICT (id) DO UPDATE SET token = excluded.token;\n            RETURN NULL;\n        ",
                            hash="e5bd994b5c950c3f9311e4547d6e2fabe700ef72",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_renew_settings_token_824d5",
                            table="reports_goal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_goalevent" ("figure", "from_position", "from_year", "id", "note", "per", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "target", "to_position", "variant") SELECT old_values."figure", old_values."from_position", old_values."from_year", old_values."id", old_values."note", old_values."per", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."stage", old_values."target", old_values."to_position", old_values."variant" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b5beedeeb027c0c6c075b8d4c815b97df20ffd67",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6e2b5",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="reports_goal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_goalevent" ("figure", "from_position", "from_year", "id", "note", "per", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "target", "to_position", "variant") SELECT old_values."figure", old_values."from_position", old_values."from_year", old_values."id", old_values."note", old_values."per", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."stage", old_values."target", old_values."to_position", old_values."variant" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="60bc9841284932e923762f7f313dea98fb78faa1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8d2ba",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reports_goal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_goalevent" ("figure", "from_position", "from_year", "id", "note", "per", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage", "target", "to_position", "variant") SELECT new_values."figure", new_values."from_position", new_values."from_year", new_values."id", new_values."note", new_values."per", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."stage", new_values."target", new_values."to_position", new_values."variant" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="04f258f80378845cab7acfd8e036494140266048",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7bc1b",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reports_goal",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GoalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("figure", models.CharField(db_collation="C", max_length=32, verbose_name="figure")),
                ("variant", models.CharField(blank=True, db_collation="C", max_length=12, verbose_name="formula")),
                (
                    "per",
                    models.CharField(
                        choices=[
                            ("week", "a week"),
                            ("month", "a month"),
                            ("semester", "a semester"),
                            ("year", "a school year"),
                        ],
                        default="semester",
                        max_length=8,
                        verbose_name="period",
                    ),
                ),
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
                    "target",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="goal"),
                ),
                ("from_year", models.PositiveSmallIntegerField(verbose_name="from the school year that begins in")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
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
                        to="reports.goal",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="goal_event_time"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="766f66ec0f35baebfb35db5de70edb4bbc2e823c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f37a1",
                            table="reports_goalevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="fa9bec2cd2193b9cbcdf57c9445e4eb2705880ef",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_6be2e",
                            table="reports_goalevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HoldingsDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("circulates", models.BooleanField()),
                ("main_class", models.CharField(blank=True, db_collation="C", max_length=1)),
                ("titles", models.PositiveIntegerField()),
                ("copies", models.PositiveIntegerField()),
                ("value", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "location",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.location",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "location", "circulates", "main_class"), name="holdings_day_unique"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LoanDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reader", "Taken home"),
                            ("class", "In the class's name"),
                            ("corner", "From the book corner"),
                            ("room", "Used in the room"),
                        ],
                        max_length=6,
                    ),
                ),
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
                    ),
                ),
                ("lent", models.PositiveIntegerField(default=0)),
                ("renewed", models.PositiveIntegerField(default=0)),
                ("returned", models.PositiveIntegerField(default=0)),
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
                        fields=("day", "kind", "category", "school_class"), name="loan_day_unique", nulls_distinct=False
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("guiding_idea", models.TextField(blank=True, verbose_name="guiding idea")),
                ("situation", models.TextField(blank=True, verbose_name="situation")),
                ("measures", models.TextField(blank=True, verbose_name="measures")),
                (
                    "semester",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.semester",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("semester",), name="work_plan_one_per_semester"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_workplanevent" ("guiding_idea", "id", "measures", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "semester_id", "situation") SELECT old_values."guiding_idea", old_values."id", old_values."measures", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."semester_id", old_values."situation" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="9c1929828afcc9dfc01e88f34c46c38acddedacb",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5a1ae",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="reports_workplan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_workplanevent" ("guiding_idea", "id", "measures", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "semester_id", "situation") SELECT old_values."guiding_idea", old_values."id", old_values."measures", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."semester_id", old_values."situation" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="8b99a6e44fa727faa0b3e51570b486097ad8cc0a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a7d90",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reports_workplan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_workplanevent" ("guiding_idea", "id", "measures", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "semester_id", "situation") SELECT new_values."guiding_idea", new_values."id", new_values."measures", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."semester_id", new_values."situation" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="2db2ba13ca6721724d9f8c3a41f702a48cbefde4",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_65bcf",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reports_workplan",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanAim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("text", models.CharField(max_length=200, verbose_name="aim")),
                ("figure", models.CharField(blank=True, db_collation="C", max_length=32, verbose_name="figure")),
                ("variant", models.CharField(blank=True, db_collation="C", max_length=12, verbose_name="formula")),
                (
                    "target",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="goal"),
                ),
                ("result", models.CharField(blank=True, max_length=200, verbose_name="result in words")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="aims", to="reports.workplan"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="plan_aim_text"),
                    models.CheckConstraint(
                        condition=models.Q(("target", None), ("target__gte", 0), _connector="OR"),
                        name="plan_aim_target",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_planaimevent" ("figure", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "result", "target", "text", "variant") SELECT old_values."figure", old_values."id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."plan_id", old_values."position", old_values."result", old_values."target", old_values."text", old_values."variant" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="13689ef6a8743d1322d2323fd476a33171176bbc",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4f068",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="reports_planaim",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_planaimevent" ("figure", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "result", "target", "text", "variant") SELECT old_values."figure", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."position", old_values."result", old_values."target", old_values."text", old_values."variant" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f164b9ceec50787c8a84d38c99bafe05ee368b6f",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5ae68",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reports_planaim",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_planaimevent" ("figure", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "result", "target", "text", "variant") SELECT new_values."figure", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_id", new_values."position", new_values."result", new_values."target", new_values."text", new_values."variant" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="188444daf46f44128c20d37b5521e65b96b564bc",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_99604",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reports_planaim",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanAimEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("text", models.CharField(max_length=200, verbose_name="aim")),
                ("figure", models.CharField(blank=True, db_collation="C", max_length=32, verbose_name="figure")),
                ("variant", models.CharField(blank=True, db_collation="C", max_length=12, verbose_name="formula")),
                (
                    "target",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="goal"),
                ),
                ("result", models.CharField(blank=True, max_length=200, verbose_name="result in words")),
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
                        to="reports.planaim",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reports.workplan",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="planaim_event_time"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="36537397b4c0ab91bf899b058517cb4877ce8c2c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_242ac",
                            table="reports_planaimevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="130bf1695b1d123d701f9ada53a3e96a57e0e743",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_f44d1",
                            table="reports_planaimevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="month")),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("text", models.CharField(max_length=200, verbose_name="item of work")),
                ("person", models.CharField(blank=True, max_length=64, verbose_name="by whom")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="reports.workplan"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="plan_item_text"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_planitemevent" ("done_on", "id", "month", "note", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "text") SELECT old_values."done_on", old_values."id", old_values."month", old_values."note", old_values."person", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."plan_id", old_values."position", old_values."text" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="32d70b6a910b3bda71eeb4b43b453575a82d60dc",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ed5c9",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="reports_planitem",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_planitemevent" ("done_on", "id", "month", "note", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "text") SELECT old_values."done_on", old_values."id", old_values."month", old_values."note", old_values."person", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_id", old_values."position", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="406a50a960f6911fbd139557d3052c476fea74a7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9c263",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reports_planitem",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_planitemevent" ("done_on", "id", "month", "note", "person", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "position", "text") SELECT new_values."done_on", new_values."id", new_values."month", new_values."note", new_values."person", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_id", new_values."position", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6d7d9fd823548489518c54445b6d7e52fce351f6",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_940e1",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reports_planitem",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanItemEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("month", models.DateField(verbose_name="month")),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("text", models.CharField(max_length=200, verbose_name="item of work")),
                ("person", models.CharField(blank=True, max_length=64, verbose_name="by whom")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
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
                        to="reports.planitem",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reports.workplan",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="planitem_event_time"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="093cb29efd62b20d6c327c37ec6659eea4ff4b61",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_bfaef",
                            table="reports_planitemevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="ad0fc9799a356aa30972b70b8fbb9c189eb1261c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_13802",
                            table="reports_planitemevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportOptions",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "circulation_rate",
                    models.CharField(
                        choices=[
                            ("copies", "loans ÷ copies in the circulating collection"),
                            ("borrowers", "loans ÷ borrowers"),
                            ("copies_lent", "copies lent at least once ÷ copies in the circulating collection"),
                        ],
                        default="copies",
                        max_length=12,
                        verbose_name="circulation rate is",
                    ),
                ),
                (
                    "titles_in_records",
                    models.BooleanField(default=False, verbose_name="pupils' reading records name the titles"),
                ),
                (
                    "snapshot_after_days",
                    models.PositiveSmallIntegerField(
                        default=14, verbose_name="days after its end at which a semester's figures are closed"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="report_options_single_row"),
                    models.CheckConstraint(
                        condition=models.Q(("snapshot_after_days__range", (0, 120))), name="report_options_snapshot"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="renew_settings_token",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            INSERT INTO library_site_settingstoken (id, token) VALUES (1, gen_random_uuid())\n            ON CONFLICT (id) DO UPDATE SET token = excluded.token;\n            RETURN NULL;\n        ",
                            hash="1761915e1667bf2a999205797cb191a183c60c2d",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_renew_settings_token_4cbe8",
                            table="reports_reportoptions",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_reportoptionsevent" ("circulation_rate", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "snapshot_after_days", "titles_in_records") SELECT old_values."circulation_rate", old_values."id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."snapshot_after_days", old_values."titles_in_records" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="cf0df6c34908b0ff90ea1948935fe7760adb2133",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d7f2c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="reports_reportoptions",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_reportoptionsevent" ("circulation_rate", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "snapshot_after_days", "titles_in_records") SELECT old_values."circulation_rate", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."snapshot_after_days", old_values."titles_in_records" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d470947747a9f714777ef19a97d9bebd51320d53",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f1945",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reports_reportoptions",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_reportoptionsevent" ("circulation_rate", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "snapshot_after_days", "titles_in_records") SELECT new_values."circulation_rate", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."snapshot_after_days", new_values."titles_in_records" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6d37d8b651abf003e6bcc2a99d344611f1a91449",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e84e5",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reports_reportoptions",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportOptionsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "circulation_rate",
                    models.CharField(
                        choices=[
                            ("copies", "loans ÷ copies in the circulating collection"),
                            ("borrowers", "loans ÷ borrowers"),
                            ("copies_lent", "copies lent at least once ÷ copies in the circulating collection"),
                        ],
                        default="copies",
                        max_length=12,
                        verbose_name="circulation rate is",
                    ),
                ),
                (
                    "titles_in_records",
                    models.BooleanField(default=False, verbose_name="pupils' reading records name the titles"),
                ),
                (
                    "snapshot_after_days",
                    models.PositiveSmallIntegerField(
                        default=14, verbose_name="days after its end at which a semester's figures are closed"
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
                        to="reports.reportoptions",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="reportoptions_event_time"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="9f66537317e8325ecfd62e6ac6a5c64ef74d0b20",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_154c5",
                            table="reports_reportoptionsevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="734f5362e497ae1c48f440ca5c65f584fe5feb36",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_bbb4b",
                            table="reports_reportoptionsevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RolledUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="rolled_up_single_row"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomCare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cleaning", "Cleaning"),
                            ("disinfecting", "Disinfecting"),
                            ("fire", "Against fire"),
                            ("theft", "Against theft"),
                            ("damp", "Against damp"),
                            ("mould", "Against mould"),
                            ("dust", "Against dust"),
                            ("moth", "Against insects"),
                            ("rat", "Against rats"),
                        ],
                        max_length=12,
                        verbose_name="kind of care",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("done_by", models.CharField(max_length=64, verbose_name="by whom")),
                ("found", models.CharField(blank=True, max_length=200, verbose_name="what was found")),
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
                    "room",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.location",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-on", "-id"], name="room_care_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done_by", ""), _negated=True), name="room_care_done_by"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_roomcareevent" ("by_id", "done_by", "found", "id", "kind", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id") SELECT old_values."by_id", old_values."done_by", old_values."found", old_values."id", old_values."kind", old_values."on", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."room_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6f7be696ced7de21bc4453608ddff23a48d921f4",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_15a22",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="reports_roomcare",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_roomcareevent" ("by_id", "done_by", "found", "id", "kind", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id") SELECT old_values."by_id", old_values."done_by", old_values."found", old_values."id", old_values."kind", old_values."on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."room_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="375ec2f60d819bcccad864472fb2562590e01599",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_67315",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reports_roomcare",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_roomcareevent" ("by_id", "done_by", "found", "id", "kind", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id") SELECT new_values."by_id", new_values."done_by", new_values."found", new_values."id", new_values."kind", new_values."on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."room_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9bc09ff9ff4e427e79dc0d2d17d5397872f66749",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1b18c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reports_roomcare",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomCareEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cleaning", "Cleaning"),
                            ("disinfecting", "Disinfecting"),
                            ("fire", "Against fire"),
                            ("theft", "Against theft"),
                            ("damp", "Against damp"),
                            ("mould", "Against mould"),
                            ("dust", "Against dust"),
                            ("moth", "Against insects"),
                            ("rat", "Against rats"),
                        ],
                        max_length=12,
                        verbose_name="kind of care",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                ("done_by", models.CharField(max_length=64, verbose_name="by whom")),
                ("found", models.CharField(blank=True, max_length=200, verbose_name="what was found")),
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
                        to="reports.roomcare",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalog.location",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="roomcare_event_time"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="fc39b60fb933cc72ddb035ed56bc432d344aa6f5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ab045",
                            table="reports_roomcareevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="2ea451bef5f04dda79f7b86e6504a59826e31866",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_84c51",
                            table="reports_roomcareevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("taken_at", models.DateTimeField(verbose_name="closed")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("figures", models.JSONField()),
                ("tables", models.JSONField()),
                (
                    "semester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="readers.semester"
                    ),
                ),
                (
                    "taken_by",
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
                "indexes": [
                    models.Index(fields=["semester", "-id"], name="snapshot_newest"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="61877cc4fe5578a2680591370a768be333ffa142",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_96e0e",
                            table="reports_snapshot",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="63817f9164380ab8ffb3e6d95171331c6de97b5a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_916ce",
                            table="reports_snapshot",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Standard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(blank=True, db_collation="C", max_length=40)),
                ("name", models.CharField(max_length=100, verbose_name="standard")),
                ("region", models.CharField(blank=True, max_length=40, verbose_name="region")),
                (
                    "school_type",
                    models.CharField(
                        choices=[
                            ("primary", "Primary school"),
                            ("junior", "Junior middle school"),
                            ("senior", "Senior middle school"),
                            ("complete", "Complete middle school"),
                            ("nine_year", "Nine-year school"),
                        ],
                        max_length=10,
                        verbose_name="kind of school",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("applies", models.BooleanField(default=False, verbose_name="our school is measured by it")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True), fields=("code",), name="standard_code_unique"
                    ),
                    models.UniqueConstraint(fields=("name", "region", "school_type"), name="standard_unique"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="standard_named"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="renew_settings_token",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            INSERT INTO library_site_settingstoken (id, token) VALUES (1, gen_random_uuid())\n            ON CONFLICT (id) DO UPDATE SET token = excluded.token;\n            RETURN NULL;\n        ",
                            hash="ccfa04f48f1db3046c477aed581a9381b84964f2",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_renew_settings_token_17b54",
                            table="reports_standard",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_standardevent" ("applies", "code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "school_type", "source") SELECT old_values."applies", old_values."code", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."region", old_values."school_type", old_values."source" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d9b0bafb915117ef6097cfdbac4abbb606471bd3",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f8bf0",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="reports_standard",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_standardevent" ("applies", "code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "school_type", "source") SELECT old_values."applies", old_values."code", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."region", old_values."school_type", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="8c6600338bb0260bb23a2c5db4df3566f21f6018",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b5184",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reports_standard",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_standardevent" ("applies", "code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "school_type", "source") SELECT new_values."applies", new_values."code", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."region", new_values."school_type", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="495006b2376552a932ca1cf4e1f20949b74045b9",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bfc46",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reports_standard",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(blank=True, db_collation="C", max_length=40)),
                ("name", models.CharField(max_length=100, verbose_name="standard")),
                ("region", models.CharField(blank=True, max_length=40, verbose_name="region")),
                (
                    "school_type",
                    models.CharField(
                        choices=[
                            ("primary", "Primary school"),
                            ("junior", "Junior middle school"),
                            ("senior", "Senior middle school"),
                            ("complete", "Complete middle school"),
                            ("nine_year", "Nine-year school"),
                        ],
                        max_length=10,
                        verbose_name="kind of school",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("applies", models.BooleanField(default=False, verbose_name="our school is measured by it")),
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
                        to="reports.standard",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="standard_event_time"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="0332eca5d633ad35c09bc657bb328ff84b4423fe",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_032dd",
                            table="reports_standardevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="216c6220dafe8e8ea94f3d6596054adb3173340c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_c204d",
                            table="reports_standardevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(db_collation="C", max_length=32, verbose_name="measured")),
                ("subject", models.CharField(blank=True, db_collation="C", max_length=20, verbose_name="classes")),
                (
                    "sense",
                    models.CharField(
                        choices=[("least", "at least"), ("most", "at most")],
                        default="least",
                        max_length=5,
                        verbose_name="sense",
                    ),
                ),
                ("value", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="value")),
                ("is_sure", models.BooleanField(default=True, verbose_name="the value is sure")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="reports.standard"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("standard", "measure", "subject", "sense"), name="standard_row_unique"
                    ),
                    models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="standard_row_value"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="renew_settings_token",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            INSERT INTO library_site_settingstoken (id, token) VALUES (1, gen_random_uuid())\n            ON CONFLICT (id) DO UPDATE SET token = excluded.token;\n            RETURN NULL;\n        ",
                            hash="1d7afa5933115cf9d3a335aab33429d013a843dc",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_renew_settings_token_290fd",
                            table="reports_standardrow",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_standardrowevent" ("id", "is_sure", "measure", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sense", "standard_id", "subject", "value") SELECT old_values."id", old_values."is_sure", old_values."measure", old_values."note", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."sense", old_values."standard_id", old_values."subject", old_values."value" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4f4be93f01cca6f0d8c360f1df5f04e4717be907",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3df45",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="reports_standardrow",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_standardrowevent" ("id", "is_sure", "measure", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sense", "standard_id", "subject", "value") SELECT old_values."id", old_values."is_sure", old_values."measure", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sense", old_values."standard_id", old_values."subject", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b658bbd508b6ab966f906a261e764b1b003d2b57",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b6cef",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reports_standardrow",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_standardrowevent" ("id", "is_sure", "measure", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sense", "standard_id", "subject", "value") SELECT new_values."id", new_values."is_sure", new_values."measure", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."sense", new_values."standard_id", new_values."subject", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e226e9ab1f80a63ac7557df3ff8503d315a32e48",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_334e1",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reports_standardrow",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardRowEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("measure", models.CharField(db_collation="C", max_length=32, verbose_name="measured")),
                ("subject", models.CharField(blank=True, db_collation="C", max_length=20, verbose_name="classes")),
                (
                    "sense",
                    models.CharField(
                        choices=[("least", "at least"), ("most", "at most")],
                        default="least",
                        max_length=5,
                        verbose_name="sense",
                    ),
                ),
                ("value", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="value")),
                ("is_sure", models.BooleanField(default=True, verbose_name="the value is sure")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
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
                        to="reports.standardrow",
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reports.standard",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="standardrow_event_time"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="1c7a433a4a60a231205bc6b4d6ab068278887039",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f5a78",
                            table="reports_standardrowevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="e356abeafc08665f353339832bb61818bd9ba551",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_4f0f4",
                            table="reports_standardrowevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubjectDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reader", "Taken home"),
                            ("class", "In the class's name"),
                            ("corner", "From the book corner"),
                            ("room", "Used in the room"),
                        ],
                        max_length=6,
                    ),
                ),
                ("main_class", models.CharField(blank=True, db_collation="C", max_length=1)),
                ("lent", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("day", "kind", "main_class"), name="subject_day_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Summary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sections", models.JSONField(blank=True, default=dict)),
                ("edited_at", models.DateTimeField(null=True)),
                (
                    "edited_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "semester",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readers.semester",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("semester",), name="summary_one_per_semester"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_summaryevent" ("edited_at", "edited_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sections", "semester_id") SELECT old_values."edited_at", old_values."edited_by_id", old_values."id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."sections", old_values."semester_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="06b446f69b64b447afa0ac1ffbc89d030a6d9cf4",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2c36f",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="reports_summary",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_summaryevent" ("edited_at", "edited_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sections", "semester_id") SELECT old_values."edited_at", old_values."edited_by_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sections", old_values."semester_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5d60eebf4d83d05e1289fe6da32b983d123d0ca2",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_11dd1",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reports_summary",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_summaryevent" ("edited_at", "edited_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sections", "semester_id") SELECT new_values."edited_at", new_values."edited_by_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."sections", new_values."semester_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="fa0026cf22a6d49c88023d37f20c8f6ee6264f35",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_88c20",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reports_summary",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SummaryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("sections", models.JSONField(blank=True, default=dict)),
                ("edited_at", models.DateTimeField(null=True)),
                (
                    "edited_by",
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
                        to="reports.summary",
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
                "indexes": [
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="summary_event_time"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="a28bffef74c1e8ad5383bfb362c0f1fed07aadf7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_798d3",
                            table="reports_summaryevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="b020a9f44ef74c07a811d807abd8a3806a9c43b8",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_90b0c",
                            table="reports_summaryevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkPlanEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("guiding_idea", models.TextField(blank=True, verbose_name="guiding idea")),
                ("situation", models.TextField(blank=True, verbose_name="situation")),
                ("measures", models.TextField(blank=True, verbose_name="measures")),
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
                        to="reports.workplan",
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
                "indexes": [
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="workplan_event_time"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="59543fb7210d74ff9d1bacca1be07c44a23b049f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_eb6c0",
                            table="reports_workplanevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="3be185ec8b0319cbc83ab5c928aec3bf5c7b85c8",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_2c02a",
                            table="reports_workplanevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BorrowerWeek",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("monday", models.DateField()),
                ("borrower_key", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reader", "Taken home"),
                            ("class", "In the class's name"),
                            ("corner", "From the book corner"),
                            ("room", "Used in the room"),
                        ],
                        max_length=6,
                    ),
                ),
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
                    ),
                ),
                ("loans", models.PositiveIntegerField()),
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
                        fields=("monday", "borrower_key", "kind", "category", "school_class"),
                        name="borrower_week_unique",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CopyTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("copy_id", models.BigIntegerField()),
                ("loans", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("starts_on", "ends_on", "copy_id"), include=("loans",), name="copy_term_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="copy_term_dates"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnteredFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("figure", models.CharField(db_collation="C", max_length=32, verbose_name="figure")),
                ("variant", models.CharField(blank=True, db_collation="C", max_length=12, verbose_name="formula")),
                ("value", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="value")),
                ("note", models.CharField(max_length=200, verbose_name="why, and where it comes from")),
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
                    "semester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="readers.semester"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("semester", "figure", "variant"), name="entered_figure_unique"),
                    models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="entered_figure_value"),
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True), name="entered_figure_noted"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_enteredfigureevent" ("by_id", "figure", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "semester_id", "value", "variant") SELECT old_values."by_id", old_values."figure", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."semester_id", old_values."value", old_values."variant" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="36e906a01eb2586548d3f323c9f5d6174d14a38f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2682b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="reports_enteredfigure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_enteredfigureevent" ("by_id", "figure", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "semester_id", "value", "variant") SELECT old_values."by_id", old_values."figure", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."semester_id", old_values."value", old_values."variant" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="da2907a952a0ff1f3c67e1722cb216907d200f32",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_56cb5",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reports_enteredfigure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_enteredfigureevent" ("by_id", "figure", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "semester_id", "value", "variant") SELECT new_values."by_id", new_values."figure", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."semester_id", new_values."value", new_values."variant" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="bf1a21ddfb12c942e629bff55818b4b1cd658877",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8ebb0",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reports_enteredfigure",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnteredFigureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("figure", models.CharField(db_collation="C", max_length=32, verbose_name="figure")),
                ("variant", models.CharField(blank=True, db_collation="C", max_length=12, verbose_name="formula")),
                ("value", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="value")),
                ("note", models.CharField(max_length=200, verbose_name="why, and where it comes from")),
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
                        to="reports.enteredfigure",
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
                "indexes": [
                    models.Index(fields=["pgh_created_at", "pgh_id"], name="enteredfigure_event_time"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="4a562a397df947963764bd1810abe5be7a3af93d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8e301",
                            table="reports_enteredfigureevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF current_setting('library.flush', true) = 'on' THEN\n                RETURN NULL;\n            END IF;\n            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;\n        ",
                            hash="41df82d9facb7dc40138a90d55b712a81d9cb142",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_eb0d5",
                            table="reports_enteredfigureevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
    ]
    operations = [RenderedOnce(operations)]
