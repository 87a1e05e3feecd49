"""What is forgotten with the kept school years, table by table, and what stays since it is not yet over."""

from circulation.operations.erasure import WITHOUT_REASONS
from circulation.operations.forgetting import Step
from circulation.rules.retention import BLANKED

_BALANCE = "(SELECT coalesce(sum(amount), 0) FROM circulation_chargeentry AS e WHERE e.charge_id = {charge}.id)"
# A lost book that is still owed keeps its loan: who finds it must learn whose charge it is.
_OLD_LOAN = (
    "reader_id IS NOT NULL AND lent_at < %(before)s AND greatest(returned_at, voided_at) < %(before)s"
    " AND NOT EXISTS (SELECT FROM circulation_charge AS c WHERE c.loan_id = circulation_loan.id"
    f" AND {_BALANCE.format(charge='c')} <> 0)"
)


def _settled_before(charge: str) -> str:
    """Whether a charge adds up to nothing, and has since before."""
    later = f"SELECT FROM circulation_chargeentry AS e WHERE e.charge_id = {charge}.id AND e.at >= %(before)s"
    return f"{charge}.at < %(before)s AND {_BALANCE.format(charge=charge)} = 0 AND NOT EXISTS ({later})"


_OLD_CHARGE = f"reader_id IS NOT NULL AND {_settled_before('circulation_charge')}"
# A receipt is as long somebody's as one of the charges on it is.
_OLD_RECEIPT = (
    "reader_id IS NOT NULL AND at < %(before)s AND NOT EXISTS (SELECT FROM circulation_chargeentry AS mine"
    " JOIN circulation_charge AS c ON c.id = mine.charge_id WHERE mine.receipt_id = circulation_receipt.id"
    f" AND c.reader_id IS NOT NULL AND NOT ({_settled_before('c')}))"
)
_OLD_SHEET = (
    "run_id IN (SELECT id FROM library_site_importrun WHERE kind = 'roster' AND created_at < %(sheets_before)s"
    " AND state IN ('applied', 'failed', 'checked', 'uploaded'))"
)
_OLD_TURN = (
    "(before IS NOT NULL OR after IS NOT NULL OR reason <> '')"
    " AND turn_id IN (SELECT id FROM readers_turn WHERE at < %(before)s)"
)


def _history_step(label: str, columns: tuple[str, ...]) -> Step:
    table = f"{label.replace('.', '_').lower()}event"
    filled = " OR ".join(f"{column} <> ''" for column in columns)
    emptied = ", ".join(f"{column} = ''" for column in columns)
    condition = f"pgh_created_at < %(before)s AND ({filled})"
    return Step("history", table, "pgh_id", condition, (f"UPDATE {table} SET {emptied} WHERE {{window}}",))  # noqa: S608


def _around_step(table: str, emptied: str, condition: str, *also: str) -> Step:
    """A table around the loans; `also` is done to what belongs to its rows, before them."""
    statements = (*also, f"UPDATE {table} SET {emptied} WHERE {{window}}")  # noqa: S608
    return Step("around", table, "id", condition, statements)


STEPS: tuple[Step, ...] = (
    Step(
        "loans",
        "circulation_loan",
        "id",
        _OLD_LOAN,
        (
            f"UPDATE circulation_circulationevent SET reader_id = NULL, code = '', details = {WITHOUT_REASONS}"  # noqa: S608
            " WHERE loan_id IN (SELECT id FROM circulation_loan WHERE {window})",
            "UPDATE circulation_loan SET reader_id = NULL WHERE {window}",
        ),
    ),
    _around_step(
        "circulation_reservation",
        "reader_id = NULL, reason = ''",
        "(reader_id IS NOT NULL OR reason <> '') AND ended_at < %(before)s",
    ),
    _around_step(
        "circulation_suspension",
        "reader_id = NULL, reason = ''",
        "(reader_id IS NOT NULL OR reason <> '') AND ends_on < %(day)s",
    ),
    _around_step(
        "circulation_readerblock",
        "reader_id = NULL, reason = ''",
        "(reader_id IS NOT NULL OR reason <> '') AND ended_at < %(before)s",
    ),
    _around_step(
        "circulation_charge",
        "reader_id = NULL, details = details - '{reason,note,card}'::text[]",
        _OLD_CHARGE,
        "UPDATE circulation_chargeentry SET reason = '' WHERE reason <> ''"
        " AND charge_id IN (SELECT id FROM circulation_charge WHERE {window})",
    ),
    _around_step("circulation_receipt", "reader_id = NULL", _OLD_RECEIPT),
    _around_step(
        "circulation_ownbook",
        "owner_id = NULL, note = ''",
        "(owner_id IS NOT NULL OR note <> '') AND given_back_on < %(day)s",
    ),
    _around_step(
        "circulation_visit",
        "reader_id = NULL, teacher_id = NULL",
        "(reader_id IS NOT NULL OR teacher_id IS NOT NULL) AND at < %(before)s",
    ),
    _around_step("circulation_dayclosing", "note = ''", "note <> '' AND day < %(day)s"),
    *(_history_step(label, columns) for label, columns in BLANKED.items()),
    Step(
        "turns",
        "readers_turnreader",
        "id",
        _OLD_TURN,
        ("UPDATE readers_turnreader SET before = NULL, after = NULL, reason = '' WHERE {window}",),
    ),
    Step(
        "sheets",
        "library_site_importrow",
        "id",
        _OLD_SHEET,
        ("DELETE FROM library_site_importrow WHERE {window}",),
    ),
)
