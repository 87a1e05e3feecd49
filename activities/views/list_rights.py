"""Who makes which booklist: the librarian all of them, a teacher the own ones."""

from django.http import Http404

from activities.models import BookList
from activities.rules.booklists import change_problems
from library_site.http import SchoolRequest
from library_site.models import Role


def made_list(request: SchoolRequest, list_id: int) -> BookList:
    """The list; 404 for one that somebody else makes."""
    found = BookList.objects.select_related("reviewed_by", "by", "activity").filter(pk=list_id).first()
    if found is None or not (runs_library(request) or found.by_id == request.user.pk):
        raise Http404
    return found


def may_change(request: SchoolRequest, book_list: BookList) -> bool:
    """Whether this person may still change the list that `made_list` gave."""
    return not change_problems(book_list, runs_library=runs_library(request))


def runs_library(request: SchoolRequest) -> bool:
    return request.user.has_role(Role.LIBRARIAN)
