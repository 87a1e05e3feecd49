"""What activities forget of readers, table by table; rows stay, so every figure stays what it was.

Classes, days, kinds and points are what is counted; who it was, what was written and what was photographed goes.
`docs/personal-data.md` says the same in words.
"""

from dataclasses import dataclass, field

from circulation.operations.forgetting import Step

# What a text that must not be empty is replaced by.
GONE = "—"
WHAT = "activities"
# Who registered or wrote here did so by their own account: it names them like the reader does.
OWN_ACCOUNT = {"by_id": "NULL"}
_SAID_SO = f"CASE WHEN reason = '' THEN '' ELSE '{GONE}' END"
_OF_OLD_ACTIVITY = "activity_id IN (SELECT id FROM activities_activity WHERE ends_on < %(day)s)"


@dataclass(frozen=True)
class Told:
    """A table that says something of readers: `emptied` names its columns with what they become.

    `old` is when that happens by itself (None: only with the person); `also` what else is set then. `files` is the
    table that ties photographs to its rows, by the column `owner`. Tracked tables have a `history`.
    """

    table: str
    old: str | None
    emptied: dict[str, str] = field(default_factory=dict)
    reader: str = "reader_id"
    also: str = ""
    files: str = ""
    owner: str = ""
    history: bool = False
    deleted: bool = False

    @property
    def columns(self) -> dict[str, str]:
        return {self.reader: "NULL", **self.emptied}

    @property
    def says_something(self) -> str:
        parts = [f"{column} IS DISTINCT FROM {empty}" for column, empty in self.columns.items()]
        if self.files:
            parts.append(f"EXISTS (SELECT FROM {self.files} AS f WHERE f.{self.owner} = {self.table}.id)")
        return "TRUE" if self.deleted else f"({' OR '.join(parts)})"

    def statements(self, window: str) -> tuple[str, ...]:
        """Empties or deletes the rows of the window; the last statement is that of the table itself."""
        if self.deleted:
            return (f"DELETE FROM {self.table} WHERE {window}",)  # noqa: S608
        values = ", ".join(f"{column} = {empty}" for column, empty in self.columns.items())
        emptied = f"UPDATE {self.table} SET {values}{self.also and ', ' + self.also} WHERE {window}"  # noqa: S608
        return (self._without_files(window), emptied) if self.files else (emptied,)

    def history_statement(self, rows: str) -> str:
        values = ", ".join(f"{column} = {empty}" for column, empty in self.columns.items())
        return f"UPDATE {self.table}event SET {values} WHERE {rows} AND {self.says_something}"  # noqa: S608

    def _without_files(self, window: str) -> str:
        rows = f"SELECT id FROM {self.table} WHERE {window}"  # noqa: S608
        return (
            f"WITH gone AS (DELETE FROM {self.files} WHERE {self.owner} IN ({rows}) RETURNING file_id),"  # noqa: S608
            " bytes AS (DELETE FROM activities_filebytes WHERE file_id IN (SELECT file_id FROM gone))"
            " DELETE FROM activities_storedfile WHERE id IN (SELECT file_id FROM gone)"
        )


TOLD: tuple[Told, ...] = (
    Told("activities_groupmember", None),
    Told("activities_readinggroup", None, reader="leader_id"),
    Told("activities_activityregistration", _OF_OLD_ACTIVITY, OWN_ACCOUNT),
    Told("activities_badge", "reached_on < %(day)s"),
    Told(
        "activities_entry",
        f"saved_at < %(before)s AND {_OF_OLD_ACTIVITY}",
        {"name": "''", "text": "''", "reason": "''", **OWN_ACCOUNT},
        files="activities_entryfile",
        owner="entry_id",
    ),
    Told("activities_result", _OF_OLD_ACTIVITY, {"reason": "''"}, history=True),
    Told(
        "activities_awardproposal",
        None,
        {"figures": "'{}'::jsonb", "reason": _SAID_SO},
    ),
    Told("activities_honour", None, {"name": "''", "work": "''", "reason": _SAID_SO}, history=True),
    Told(
        "activities_driftbook",
        "state <> 'drifting' AND coalesce(until, since) < %(day)s",
        {"wish": "''"},
        reader="brought_by_id",
    ),
    Told("activities_driftstop", "until < %(day)s", {"remark": "''"}),
    Told("activities_donation", 'reader_id IS NOT NULL AND "on" < %(day)s', {"donor": "''", "note": "''"}),
    Told(
        "activities_readingnote",
        "written_on < %(day)s",
        {"heading": "''", "text": "''", "comment": "''", **OWN_ACCOUNT},
        also="shown = 'private'",
        files="activities_notefile",
        owner="note_id",
    ),
    Told("activities_consent", "withdrawn_on < %(day)s", {"note": "''"}, history=True),
    Told("activities_attempt", "started_at < %(before)s", {"answers": "'{}'::jsonb"}),
    Told("activities_suggestion", "reader_id IS NOT NULL AND at < %(before)s", {"reason": "''"}),
    Told("activities_backer", "at < %(before)s", deleted=True),
    Told(
        "activities_message",
        "at < %(before)s",
        {"text": f"'{GONE}'", "reply": "''"},
        also="state = CASE state WHEN 'shown' THEN 'hidden' ELSE state END",
    ),
    Told(
        "activities_surveyvoter",
        "survey_id IN (SELECT id FROM activities_survey WHERE closes_on < %(today)s)",
        deleted=True,
    ),
    Told("activities_materialrequest", "at < %(before)s", {"details": "''"}),
)

_OWN_WORDS = (
    "ARRAY(SELECT q.id::text FROM activities_surveyquestion AS q"
    " WHERE q.survey_id = activities_surveyanswer.survey_id AND q.kind = 'text')"
)


def _step(told: Told) -> Step:
    after: tuple[str, ...] = ()
    if told.history:
        emptied = f"pgh_obj_id IN (SELECT id FROM {told.table} WHERE {told.reader} IS NULL)"  # noqa: S608
        after = (told.history_statement(f"pgh_obj_id BETWEEN %(begins)s AND %(ends)s AND {emptied}"),)
    condition = f"{told.says_something} AND {told.old}"
    return Step(WHAT, told.table, "id", condition, told.statements("{window}"), after)


STEPS: tuple[Step, ...] = (
    Step(
        WHAT,
        "activities_score",
        "id",
        f"note <> '' AND entry_id IN (SELECT id FROM activities_entry WHERE {_OF_OLD_ACTIVITY})",  # noqa: S608
        ("UPDATE activities_score SET note = '' WHERE {window}",),
        (
            "UPDATE activities_scoreevent SET note = '' WHERE note <> '' AND pgh_obj_id BETWEEN %(begins)s AND %(ends)s"
            " AND pgh_obj_id IN (SELECT id FROM activities_score WHERE note = '')",
        ),
    ),
    # A line that was not awarded says of a pupil only what was too little.
    Step(
        WHAT,
        "activities_awardproposal",
        "id",
        "reader_id IS NOT NULL AND NOT is_kept"
        " AND run_id IN (SELECT id FROM activities_awardrun WHERE proposed_at < %(before)s)"
        " AND NOT EXISTS (SELECT FROM activities_honour AS h WHERE h.proposal_id = activities_awardproposal.id)",
        ("DELETE FROM activities_awardproposal WHERE {window}",),
    ),
    # Answers have no number of their own that could be counted up: the survey's is their window.
    Step(
        WHAT,
        "activities_surveyanswer",
        "survey_id",
        f"jsonb_exists_any(answers, {_OWN_WORDS})"  # noqa: S608
        " AND survey_id IN (SELECT id FROM activities_survey WHERE closes_on < %(day)s)",
        (f"UPDATE activities_surveyanswer SET answers = answers - {_OWN_WORDS} WHERE {{window}}",),  # noqa: S608
    ),
    *(_step(told) for told in TOLD if told.old),
)
