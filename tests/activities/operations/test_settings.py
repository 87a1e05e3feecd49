import pytest

from activities.models import ActivityKind, ActivityOptions
from activities.operations.settings import change_activity_options, load_kinds, move_kind_up, save_kind
from activities.queries.settings import activity_kinds, activity_options
from activities.rules.given_kinds import GIVEN
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.activities import make_activity, make_kind
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def librarian():
    make_school()
    return make_user("librarian")


def names():
    return [kind.name for kind in activity_kinds(current_reference())]


def codes(act):
    with pytest.raises(Refused) as refused:
        act()
    return [problem.code for problem in refused.value.problems]


def test_usual_kinds_are_given_once_and_never_over_the_schools_own(librarian):
    assert load_kinds() == len(GIVEN)
    first = names()
    assert {kind.shape for kind in activity_kinds(current_reference())} == set(ActivityKind.Shape.values)
    move_kind_up(kind_id=ActivityKind.objects.get(name=first[2]).pk, by=librarian)
    assert load_kinds() == 0
    assert names()[:3] == [first[0], first[2], first[1]]


def test_kind_of_the_schools_own_comes_last_and_the_first_does_not_move(librarian):
    load_kinds()
    row = save_kind(name="课本剧", shape="general", is_retired=False, by=librarian)
    assert names()[-1] == "课本剧"
    before = names()
    move_kind_up(kind_id=ActivityKind.objects.get(name=before[0]).pk, by=librarian)
    assert names() == before
    save_kind(kind_id=row.pk, name="课本剧展演", shape="works", is_retired=True, by=librarian)
    row.refresh_from_db()
    assert (row.name, row.shape, row.is_retired) == ("课本剧展演", "works", True)


def test_name_of_another_kind_and_shape_in_use_are_refused(librarian):
    one, other = make_kind("works", name="征文"), make_kind("quiz", name="竞赛")
    same = {"name": "征文", "is_retired": False, "by": librarian}
    assert codes(lambda: save_kind(kind_id=other.pk, shape="quiz", **same)) == ["kind_same_name"]
    make_activity(kind=one)
    assert codes(lambda: save_kind(kind_id=one.pk, shape="quiz", **same)) == ["kind_shape_in_use"]
    assert save_kind(kind_id=one.pk, shape="works", **same).name == "征文"


def test_options_have_defaults_and_are_seen_at_once_when_changed(librarian):
    assert activity_options(current_reference()).names == "short"
    assert not activity_options(current_reference()).ranks_pupils
    change_activity_options(values={"names": "class", "certificate_signer": "校长"}, by=librarian)
    change_activity_options(values={"ranks_pupils": True}, by=librarian)
    now = activity_options(current_reference())
    assert (now.names, now.certificate_signer, now.ranks_pupils) == ("class", "校长", True)
    assert ActivityOptions.objects.count() == 1
