import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("circulation", "0009_due_dates_that_move")]

    operations = [
        # No release wrote reminders before this one.
        migrations.AddField(
            model_name="reminder",
            name="day",
            field=models.DateField(default=datetime.date(2026, 9, 1), verbose_name="day"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(fields=("loan", "kind", "day"), name="reminder_once_a_day"),
        ),
    ]
