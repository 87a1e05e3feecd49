"""Every column is either in `docs/personal-data.md` or of a table that holds nothing personal."""

import re

import pytest
from django.apps import apps

from library_site.paths import BASE_DIR

# Tables that say nothing about a person: all their columns, each with its reason.
NOT_PERSONAL = {
    **dict.fromkeys(["catalog.ClcClass", "catalog.Copy", "catalog.Location", "catalog.Title"], "books and places"),
    **dict.fromkeys(
        ["catalog.Shelf", "catalog.Cover", "catalog.MarcRecord", "catalog.ClassSeries"], "books and places"
    ),
    **dict.fromkeys(["catalog.FormerBarcode", "catalog.FormerTitle", "catalog.ReclassedTitle"], "what books were"),
    **dict.fromkeys(["catalog.LabelStock", "catalog.SruServer"], "paper and servers"),
    **dict.fromkeys(["circulation.Closure", "circulation.LoanPolicy", "circulation.OpeningHours"], "rules and hours"),
    **dict.fromkeys(
        ["circulation.DayOverride", "circulation.RecallDate", "circulation.HolidayLending"], "the calendar"
    ),
    **dict.fromkeys(
        ["circulation.CirculationOptions", "circulation.DefaultPrice", "circulation.DamageDegree"], "options, prices"
    ),
    **dict.fromkeys(["circulation.Box", "circulation.LibraryPeriod"], "boxes, and when classes come"),
    **dict.fromkeys(["readers.Grade", "readers.SchoolClass", "readers.SchoolYear", "readers.Semester"], "the calendar"),
    **dict.fromkeys(["readers.DutyPeriod", "readers.HelperOptions", "readers.TrainingItem"], "how helpers work"),
    "readers.Regulation": "titles of rules",
    **dict.fromkeys(["library_site.ImportMapping", "library_site.NumberSeries"], "columns of sheets, next numbers"),
    **dict.fromkeys(["library_site.School", "library_site.SettingsToken"], "options of the school"),
    **dict.fromkeys(["auth.Group", "auth.Group_permissions", "auth.Permission"], "Django's rights, not used"),
    **dict.fromkeys(
        ["reports.RolledUp", "reports.LoanDay", "reports.BorrowerSpan", "reports.RolledTerm", "reports.CopyTerm"],
        "counts",
    ),
    **dict.fromkeys(["reports.RolledMoves", "reports.MoveDay"], "counts"),
    **dict.fromkeys(["reports.Goal", "reports.ReportOptions"], "goals, and how figures are defined"),
    **dict.fromkeys(["reports.Standard", "reports.StandardRow"], "what the state asks of schools"),
    **dict.fromkeys(
        [
            "activities.ActivityKind",
            "activities.ActivityOptions",
            "activities.Audience",
            "activities.Prize",
            "activities.AwardRule",
            "activities.Question",
            "activities.Quiz",
            "activities.QuizQuestion",
            "activities.Challenge",
            "activities.ReadingQuota",
        ],
        "what activities, awards and quizzes are made of",
    ),
    **dict.fromkeys(
        [
            "activities.BookListItem",
            "activities.DonatedBook",
            "activities.Survey",
            "activities.SurveyQuestion",
            "activities.MaterialItem",
        ],
        "booklists, surveys, lists of material",
    ),
    **dict.fromkeys(["activities.EntryFile", "activities.NoteFile"], "which file belongs to what"),
    "contenttypes.ContentType": "names of models",
    **dict.fromkeys(["axes.AccessLog", "axes.AccessFailureLog"], "switched off: never written"),
    "axes.AccessAttemptExpiration": "when an attempt is forgotten",
    **dict.fromkeys(
        ["procrastinate.ProcrastinateEvent", "procrastinate.ProcrastinateWorker"], "steps of jobs, beats of workers"
    ),
    "procrastinate.ProcrastinatePeriodicDefer": "when jobs ran last",
    "pghistory.Events": "a view over history that holds no rows",
}
ROW = re.compile(r"^\| `([\w.]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
FORBIDDEN = re.compile(
    r"phone|mobile|telephone|identity|id_?card|id_?number|passport|national_id|birth|xueji|shenfenzheng|shouji",
    re.IGNORECASE,
)
FORBIDDEN_TYPES = re.compile(r"phone|identity|passport", re.IGNORECASE)


def is_history(model) -> bool:
    return hasattr(model, "pgh_tracked_model")


MODELS = {
    model._meta.label: model
    for model in apps.get_models(include_auto_created=True)
    if not model._meta.proxy and not is_history(model)
}
HISTORIES = [model for model in apps.get_models() if is_history(model)]


def documented() -> dict[str, set[str]]:
    """{table: its columns} of the document."""
    text = (BASE_DIR / "docs" / "personal-data.md").read_text(encoding="utf-8")
    return {label: set(columns.split(", ")) for label, columns, *_why in ROW.findall(text)}


def columns_of(model) -> set[str]:
    return {field.name for field in model._meta.local_fields}


@pytest.mark.parametrize("label", sorted(MODELS))
def test_every_column_is_documented_or_not_personal(label):
    if label in NOT_PERSONAL:
        assert label not in documented(), "in the document and declared not personal"
    else:
        assert documented().get(label) == columns_of(MODELS[label]), "bring docs/personal-data.md in line"


def test_document_names_no_table_that_is_gone():
    assert set(documented()) | set(NOT_PERSONAL) <= set(MODELS)


def test_history_has_no_columns_but_those_of_its_table():
    strange = {
        f"{model._meta.label}.{name}"
        for model in HISTORIES
        for name in columns_of(model) - columns_of(model.pgh_tracked_model)
        if not name.startswith("pgh_")
    }

    assert strange == set()


def test_no_column_is_for_identity_numbers_phones_or_birthdays():
    """Found by its name, its label or its type, in every app of ours and in history."""
    ours = {"library_site", "readers", "catalog", "circulation", "activities", "reports"}
    found = {
        f"{model._meta.label}.{field.name}"
        for model in [*MODELS.values(), *HISTORIES]
        if model._meta.app_label in ours
        for field in model._meta.local_fields
        if FORBIDDEN.search(field.name)
        or FORBIDDEN.search(str(field.verbose_name))
        or FORBIDDEN_TYPES.search(type(field).__name__)
    }

    assert found == set()
