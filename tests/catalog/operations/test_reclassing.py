"""A batch of titles gets another class."""

import pytest
from django.utils import timezone

from catalog.models import Copy, ReclassedTitle, Reclassing, Title
from catalog.operations.reclassing import NewClass, preview_reclassing, reclass_titles
from library_site.shared.problems import Refused
from tests.factories.catalog import make_copy, make_title
from tests.factories.classification import make_classification
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def user(db):
    make_school()
    make_classification()
    return make_user()


def make_classified(clc_number: str, book_number: str) -> Title:
    return make_title(clc_number=clc_number, book_number=book_number, clc_class_id=clc_number, main_class=clc_number[0])


def test_reclass_gives_numbers_in_shelf_order_and_keeps_the_old_ones(user):
    make_classified("I287", "5")
    late, early = make_classified("I24", "10"), make_classified("I24", "9")

    made = reclass_titles(title_ids=[late.pk, early.pk], new_class=NewClass("i287"), reason="儿童文学", by=user)

    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.call_number, late.call_number) == ("I287/6", "I287/7")
    assert (early.clc_class_id, early.main_class) == ("I287", "I")
    assert (made.by, made.reason) == (user, "儿童文学")
    kept = ReclassedTitle.objects.get(title=early)
    assert (kept.old_clc_number, kept.old_book_number, kept.new_clc_number, kept.new_book_number) == (
        "I24", "9", "I287", "6",
    )  # fmt: skip


def test_reclass_makes_spine_labels_due(user):
    copy = make_copy(title=make_classified("I24", "1"))
    Copy.objects.filter(pk=copy.pk).update(spine_label_at=timezone.now(), barcode_label_at=timezone.now())

    reclass_titles(title_ids=[copy.title_id], new_class=NewClass("I287"), reason="", by=user)

    copy.refresh_from_db()
    assert copy.spine_label_at is None
    assert copy.barcode_label_at is not None


def test_reclass_by_beginning_keeps_the_rest_of_the_number(user):
    deep, other = make_classified("I247.5", "3"), make_classified("K", "1")

    reclass_titles(title_ids=[deep.pk, other.pk], new_class=NewClass("I28", instead_of="I24"), reason="", by=user)

    deep.refresh_from_db()
    other.refresh_from_db()
    assert (deep.clc_number, other.call_number) == ("I287.5", "K/1")
    assert ReclassedTitle.objects.count() == 1


def test_number_left_behind_is_not_given_out_again(user):
    moved = make_classified("I24", "4")
    reclass_titles(title_ids=[moved.pk], new_class=NewClass("I287"), reason="", by=user)
    back = make_classified("K", "1")

    reclass_titles(title_ids=[back.pk], new_class=NewClass("I24"), reason="", by=user)

    back.refresh_from_db()
    assert back.call_number == "I24/5"


def test_preview_says_what_the_act_then_writes_and_writes_nothing(user):
    titles = [make_classified("I24", str(number)) for number in (1, 2)]
    wanted = {"title_ids": [title.pk for title in titles], "new_class": NewClass("I287")}

    shown = [(each.old_call_number, each.title.call_number) for each in preview_reclassing(**wanted)]

    assert shown == [("I24/1", "I287/1"), ("I24/2", "I287/2")]
    assert set(Title.objects.values_list("clc_number", flat=True)) == {"I24"}
    assert not Reclassing.objects.exists()
    reclass_titles(**wanted, reason="", by=user)
    assert sorted(Title.objects.values_list("book_number", flat=True)) == ["1", "2"]


@pytest.mark.parametrize(("to", "code"), [("小说", "no_number"), ("", "no_number"), ("I24", "nothing_changes")])
def test_reclass_is_refused(user, to, code):
    title = make_classified("I24", "1")

    with pytest.raises(Refused) as refusal:
        reclass_titles(title_ids=[title.pk], new_class=NewClass(to), reason="", by=user)

    assert [problem.code for problem in refusal.value.problems] == [code]
    assert not Reclassing.objects.exists()


def test_reclass_of_too_many_is_refused(user):
    with pytest.raises(Refused) as refusal:
        reclass_titles(title_ids=range(2001), new_class=NewClass("I24"), reason="", by=user)

    assert [problem.code for problem in refusal.value.problems] == ["too_many"]
