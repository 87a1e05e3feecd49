from datetime import date, datetime

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from circulation.models import BorrowerKey, RetentionRun
from circulation.operations.erasure import erase_reader
from circulation.rules.retention import ERASED_NAME
from library_site.models import ImportRow, ImportRun, User
from library_site.shared.problems import Refused
from readers.models import Card, Reader
from tests.circulation.operations.test_retention import a_school_of_years, lend
from tests.circulation.statistics import everything_counted
from tests.factories.readers import make_reader, make_school_year
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=timezone.get_default_timezone())
NAME, NUMBER = "欧阳小明", "S2024099"


def leaver(**fields: object) -> Reader:
    make_school_year(2026)
    fields = {"number": NUMBER, "pinyin": "ouyang xiaoming", "initials": "oyxm", "note": "常忘带卡", **fields}
    return make_reader(NAME, status="left", left_on=date(2026, 11, 1), **fields)


def erase(reader: Reader) -> RetentionRun:
    return erase_reader(reader_id=reader.pk, by=make_user(), at=NOW)


def refusals(reader: Reader) -> list[str]:
    with pytest.raises(Refused) as refused:
        erase(reader)
    return [problem.code for problem in refused.value.problems]


def everywhere(text: str) -> set[str]:
    """The tables in which a text stands anywhere."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table} AS t WHERE t::text LIKE %s)", [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def test_erasure_leaves_the_name_and_number_in_no_table():
    account = make_user("student", name=NAME, username="oyxm099")
    reader = leaver(account=account, card="T0099")
    Reader.objects.filter(pk=reader.pk).update(note="换过班")
    run = ImportRun.objects.create(kind="roster", file_name="名单.xlsx", state="applied", applied_at=NOW)
    ImportRow.objects.create(run=run, number=2, cells=["三1", NAME, NUMBER])
    lend(reader, date(2026, 10, 8))
    assert "readers_readerevent" in everywhere(NAME)

    erase(reader)

    assert everywhere(NAME) | everywhere(NUMBER) | everywhere("ouyang") | everywhere("oyxm") == set()


def test_erasure_cuts_loans_and_keeps_cards_dead():
    reader = leaver(card="T0099")
    loan = lend(reader, date(2026, 10, 8))

    run = erase(reader)

    loan.refresh_from_db()
    assert loan.reader is None
    assert set(loan.events.values_list("reader", flat=True)) == {None}
    assert not BorrowerKey.objects.filter(reader=reader).exists()
    assert Card.objects.values_list("barcode", "status").get() == ("T0099", "returned")
    assert (run.kind, run.reader, run.counts["loans"]) == ("erasure", reader, 1)


def test_erasure_closes_the_account():
    reader = leaver(account=make_user("student", name=NAME))

    erase(reader)

    account = User.objects.get(pk=reader.account_id)
    assert (account.name, account.roles, account.is_active) == (ERASED_NAME, [], False)
    assert not account.has_usable_password()


@pytest.mark.parametrize("seed", range(3))
def test_erasure_leaves_everything_that_is_counted(seed):
    a_school_of_years(seed)
    reader = next(
        row for row in Reader.objects.filter(status="left") if not row.loans.filter(returned_at=None).exists()
    )
    before = everything_counted(NOW.date())

    erase(reader)

    assert everything_counted(NOW.date()) == before


def test_erasure_is_refused_while_something_is_out():
    reader = leaver()
    lend(reader, date(2026, 10, 8), None)

    assert refusals(reader) == ["something_out"]

    reader.refresh_from_db()
    assert reader.name == NAME


def test_erasure_is_refused_while_the_person_is_here():
    make_school_year()

    assert refusals(make_reader()) == ["still_here"]


def test_erasure_is_refused_for_a_librarian():
    assert refusals(leaver(account=make_user("librarian"))) == ["account_in_office"]


def test_erasure_happens_once():
    reader = leaver()
    erase(reader)

    assert refusals(reader) == ["erased_before"]


def test_erasure_is_on_record_without_the_name():
    reader = leaver()

    erase(reader)

    context = apps.get_model("readers", "ReaderEvent").objects.filter(pgh_obj=reader).latest("pgh_id").pgh_context
    assert context.metadata["act"] == "erase_reader"
