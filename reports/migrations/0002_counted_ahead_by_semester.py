import django.db.models.deletion
from django.db import migrations, models

CATEGORIES = [
    ("student", "Student"),
    ("teacher", "Teacher"),
    ("staff", "Staff"),
    ("collective", "Class as a whole"),
]


def key() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def to(model: str, **more: bool) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **more
    )


class Migration(migrations.Migration):
    """Nothing is lost: what is counted ahead is counted again."""

    dependencies = [
        ("readers", "0006_whole_circulation"),
        ("reports", "0001_initial"),
    ]

    operations = [
        migrations.DeleteModel(name="BorrowerWeek"),
        migrations.DeleteModel(name="CopyTerm"),
        migrations.DeleteModel(name="HoldingsDay"),
        migrations.DeleteModel(name="SubjectDay"),
        migrations.RemoveField(model_name="loanday", name="renewed"),
        migrations.RemoveField(model_name="loanday", name="returned"),
        migrations.AlterField(model_name="loanday", name="lent", field=models.PositiveIntegerField()),
        migrations.CreateModel(
            name="BorrowerSpan",
            fields=[
                ("id", key()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("students", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("starts_on", "ends_on"), name="borrower_span_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RolledTerm",
            fields=[
                ("id", key()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("starts_on", "ends_on"), name="rolled_term_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="rolled_term_dates"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BorrowerTerm",
            fields=[
                ("id", key()),
                ("borrower_key", models.UUIDField()),
                ("category", models.CharField(blank=True, choices=CATEGORIES, max_length=12)),
                ("school_class", to("readers.schoolclass", null=True)),
                ("term", to("reports.rolledterm")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "borrower_key", "category", "school_class"),
                        name="borrower_term_unique",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CopyTerm",
            fields=[
                ("id", key()),
                ("copy_id", models.BigIntegerField()),
                ("loans", models.PositiveIntegerField()),
                ("term", to("reports.rolledterm")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("term", "copy_id"), include=("loans",), name="copy_term_unique"),
                ],
            },
        ),
    ]
