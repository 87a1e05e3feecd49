from decimal import Decimal

import pytest

from library_site.models import Role
from library_site.shared.problems import Refused
from readers.models import Semester
from reports.models import EnteredFigure
from reports.operations.entered import Entry, enter_figures, take_back_figure
from tests.factories.readers import make_school_year
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def semester():
    make_school_year(2024)
    return Semester.objects.get(school_year__start_year=2024, number=1)


@pytest.fixture
def by():
    return make_user(Role.LIBRARIAN)


def enter(semester, by, **entries):
    return enter_figures(semester_id=semester.pk, entries=entries, variant="copies", by=by)


def kept() -> set[tuple[str, str, Decimal, str]]:
    return set(EnteredFigure.objects.values_list("figure", "variant", "value", "note"))


def test_figures_are_kept_with_their_note_and_formula(semester, by):
    number = enter(
        semester,
        by,
        circulation_rate=Entry(Decimal("21.5"), "纸质台账"),
        visits=Entry(Decimal(0), "纸质台账"),
    )
    assert number == 2
    assert kept() == {
        ("circulation_rate", "copies", Decimal("21.50"), "纸质台账"),
        ("visits", "", Decimal(0), "纸质台账"),
    }


def test_figure_entered_again_is_changed_and_who_did_it(semester, by):
    enter(semester, by, visits=Entry(Decimal(5), "一"))
    other = make_user(Role.LIBRARIAN)
    enter(semester, other, visits=Entry(Decimal(6), "二"))
    row = EnteredFigure.objects.get()
    assert (row.value, row.note, row.by) == (6, "二", other)


@pytest.mark.parametrize(
    ("code", "entry", "problem"),
    [
        ("visits", Entry(Decimal(5), " "), "no_note"),
        ("visits", Entry(Decimal(-1), "台账"), "negative"),
        ("nonsense", Entry(Decimal(1), "台账"), "no_such_figure"),
    ],
)
def test_one_wrong_figure_keeps_all_out(semester, by, code, entry, problem):
    with pytest.raises(Refused) as refused:
        enter(semester, by, borrowers=Entry(Decimal(3), "台账"), **{code: entry})
    assert [found.code for found in refused.value.problems] == [problem]
    assert kept() == set()


def test_figure_is_taken_back_once(semester, by):
    enter(semester, by, circulation_rate=Entry(Decimal(20), "台账"))
    taken = {"semester_id": semester.pk, "code": "circulation_rate", "by": by}
    assert not take_back_figure(**taken, variant="borrowers")
    assert take_back_figure(**taken, variant="copies")
    assert not take_back_figure(**taken, variant="copies")
