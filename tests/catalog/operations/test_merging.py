import pytest
from django.utils import timezone

from catalog.models import Copy, FormerTitle, MarcRecord, ReclassedTitle, Reclassing, Title
from catalog.operations.merging import delete_title, merge_titles, seen_together
from catalog.operations.titles import change_title
from catalog.queries.merging import relations
from circulation.models import Loan
from library_site.shared.problems import Refused
from tests.factories.catalog import make_copy, make_cover, make_title
from tests.factories.circulation import make_loan
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def librarian():
    make_school()
    return make_user()


def merge(stays, goes, **options):
    return merge_titles(stays_id=stays.pk, goes_id=goes.pk, **{"by": None, **options})


def refusal(act, *titles, **options):
    with pytest.raises(Refused) as refused:
        act(*titles, **options)
    return [problem.code for problem in refused.value.problems]


def delete(title):
    delete_title(title_id=title.pk, by=None)


def test_everything_that_points_to_a_title_is_known():
    assert {relation.related_model.__name__ for relation in relations()} >= {
        "Copy",
        "Cover",
        "FormerTitle",
        "MarcRecord",
        "ReclassedTitle",
    }
    assert not any("Event" in relation.related_model.__name__ for relation in relations())


def test_what_hung_on_either_hangs_on_the_one_that_stays(librarian):
    stays, goes = make_title("草房子"), make_title("草房子。")
    copies = [make_copy(title=stays), make_copy(title=goes, state=Copy.State.WITHDRAWN), make_copy(title=goes)]
    loan = make_loan(copy=copies[2])
    make_cover(title=goes)
    MarcRecord.objects.create(title=goes, format="cnmarc", leader=" " * 24)
    FormerTitle.objects.create(number=10**9, title=goes, name="早")

    merge(stays, goes, by=librarian)

    assert {copy.title_id for copy in Copy.objects.all()} == {stays.pk}
    assert Loan.objects.get(copy__title=stays) == loan
    assert (stays.cover.version, stays.marc.format) == ("v1", "cnmarc")
    assert {row.number: row.title_id for row in FormerTitle.objects.all()} == {10**9: stays.pk, goes.pk: stays.pk}
    assert not Title.objects.filter(pk=goes.pk).exists()


def test_history_tells_who_merged_what(librarian):
    stays, goes = make_title("草房子"), make_title("草房子。", author="曹文轩")
    copy = make_copy(title=goes)

    merge(stays, goes, by=librarian)

    gone = Title.pgh_event_model.objects.get(pgh_obj_id=goes.pk, pgh_label="delete")
    assert (gone.name, gone.author) == ("草房子。", "曹文轩")
    assert gone.pgh_context.metadata["act"] == "merge_titles"
    assert gone.pgh_context.metadata["user"] == librarian.pk
    assert copy.events.get().title_id == goes.pk


def test_blank_values_are_filled_and_others_stay(librarian):
    stays = make_title("草房子", author="曹文轩", popularity=2)
    goes = make_title("草房子。", publisher="少年儿童出版社", author="曹文轩著", school_number="T9", popularity=3)

    merged = merge(stays, goes)

    merged.refresh_from_db()
    assert (merged.name, merged.author, merged.publisher) == ("草房子", "曹文轩", "少年儿童出版社")
    assert (merged.school_number, merged.popularity) == ("T9", 5)


def test_values_are_taken_from_the_side_that_was_chosen(librarian):
    stays = make_title("草屋子", publisher="甲社")
    goes = make_title("草房子", publisher="乙社", author="曹文轩")

    merged = merge(stays, goes, sides={"name": "goes", "publisher": "stays", "author": "stays"})

    merged.refresh_from_db()
    assert (merged.name, merged.publisher, merged.author, merged.initials) == ("草房子", "甲社", "", "cfz")


def test_old_call_number_stays_known_and_its_labels_are_due(librarian):
    stays = make_title(clc_number="I287", book_number="1")
    goes = make_title(clc_number="I247", book_number="9")
    moved, kept = (make_copy(title=title, spine_label_at=timezone.now()) for title in (goes, stays))

    merge(stays, goes, by=librarian)

    was = ReclassedTitle.objects.get(title=stays)
    moved.refresh_from_db()
    kept.refresh_from_db()
    assert (was.old_clc_number, was.old_book_number, was.new_clc_number) == ("I247", "9", "I287")
    assert (moved.spine_label_at, kept.spine_label_at is None) == (None, False)


def test_titles_re_classed_by_one_act_are_merged_with_both_old_numbers(librarian):
    stays, goes = make_title(clc_number="I287", book_number="1"), make_title(clc_number="I287", book_number="2")
    both = Reclassing.objects.create(reason="细分", by=librarian)
    for title, number in ((stays, "7"), (goes, "8")):
        ReclassedTitle.objects.create(reclassing=both, title=title, old_clc_number="I24", old_book_number=number)

    merge(stays, goes)

    old = ReclassedTitle.objects.filter(title=stays, old_clc_number="I24")
    assert {(row.old_book_number, row.reclassing.reason, row.reclassing.at) for row in old} == {
        ("7", "细分", both.at),
        ("8", "细分", both.at),
    }


@pytest.mark.parametrize(
    ("code", "arrange"),
    [
        ("marc_lost", lambda title: MarcRecord.objects.create(title=title, format="cnmarc", leader=" " * 24)),
        ("cover_lost", lambda title: make_cover(title=title)),
        ("number_lost", lambda title: Title.objects.filter(pk=title.pk).update(school_number=f"T{title.pk}")),
    ],
)
def test_what_would_be_lost_must_be_said_to_be_lost(librarian, code, arrange):
    stays, goes = make_title(), make_title()
    arrange(stays)
    arrange(goes)

    assert refusal(merge, stays, goes) == [code]
    assert Title.objects.count() == 2

    merge(stays, goes, accepted=[code])
    assert Title.objects.count() == 1


def test_title_is_not_merged_into_itself(librarian):
    title = make_title()
    assert refusal(merge, title, title) == ["same_title"]


def test_title_that_is_gone_is_not_merged_again(librarian):
    stays, goes = make_title(), make_title()
    merge(stays, goes)
    assert refusal(merge, stays, goes) == ["title_merged"]


def test_titles_changed_since_they_were_shown_are_not_merged(librarian):
    stays, goes = make_title(), make_title()
    seen = seen_together(stays, goes)
    change_title(title_id=goes.pk, values={"author": "甲"}, by=None)

    assert refusal(merge, stays, goes, seen=seen) == ["merge_changed"]


def test_title_without_a_past_is_taken_away_with_its_cover(librarian):
    title = make_title()
    make_cover(title=title)

    delete(title)

    assert not Title.objects.exists()


@pytest.mark.parametrize(
    "arrange",
    [
        lambda title: make_copy(title=title, state=Copy.State.WITHDRAWN),
        lambda title: FormerTitle.objects.create(number=10**9, title=title, name="早"),
        lambda title: ReclassedTitle.objects.create(title=title, reclassing=Reclassing.objects.create()),
    ],
)
def test_title_with_copies_or_a_past_is_not_taken_away(librarian, arrange):
    title = make_title()
    arrange(title)

    assert refusal(delete, title) == ["hangs_on"]
    assert Title.objects.get() == title
