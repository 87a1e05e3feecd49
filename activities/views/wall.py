"""The walls: a class's own, and the school's page; printed large, or taken out for radio and school paper."""

from io import BytesIO

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.exports.wall import wall_document
from activities.queries.viewer import viewer_of
from activities.queries.wall import class_wall, school_wall, wall_cards
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.queries import school
from library_site.shared.reference import Reference
from readers.models import Reader
from readers.queries.classes import NamedClass, classes_on
from readers.queries.scope import all_in_classes
from reports.views.download import note_people

PER_PAGE = 24
MOST_EXPORTED = 100
PAPERS = ("a4", "a3")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def of_school(request: HttpRequest) -> HttpResponse:
    """What everybody may read; `?paper=a3` prints it large."""
    return _wall(request, None)


@require_safe
def of_class(request: SchoolRequest, class_id: int) -> HttpResponse:
    """A class's wall, to its pupils, its class teacher and the librarian."""
    today = timezone.localdate()
    school_class = next((row for row in classes_on(request.reference, today) if row.pk == class_id), None)
    if school_class is None or not _may_see(request, class_id):
        raise Http404
    return _wall(request, school_class)


@require_safe
def word(request: SchoolRequest) -> FileResponse:
    """The school's page as a document with pictures, for radio and school paper; names as on the page. Recorded."""
    today = timezone.localdate()
    cards = wall_cards(list(school_wall(today)[:MOST_EXPORTED]), request.reference, today)
    if not cards:
        raise Http404
    options = school(request.reference)
    target = BytesIO()
    wall_document(cards, school=options.name if options else "", day=today).save(target)
    note_people(request, "export.wall", len(cards))
    target.seek(0)
    name = f"{_('Good reading notes')} {today:%Y-%m-%d}.docx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=WORD)


def _wall(request: HttpRequest, school_class: NamedClass | None) -> HttpResponse:
    today = timezone.localdate()
    reference: Reference = request.reference  # type: ignore[attr-defined]
    rows = class_wall(school_class.pk, today) if school_class else school_wall(today)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    user = request.user
    is_librarian = user.is_authenticated and user.has_role(Role.LIBRARIAN)
    asked = request.GET.get("paper", "")
    context = {
        "page": page,
        "cards": wall_cards(list(page), reference, today),
        "school_class": school_class,
        "paper": asked if asked in PAPERS else "a4",
        "own_class": None if school_class else _own_class(request),
        "may_moderate": is_librarian or (school_class is not None and _teaches(request, school_class.pk)),
        "is_librarian": is_librarian,
    }
    return render(request, "activities/wall/wall.html", context)


def _may_see(request: SchoolRequest, class_id: int) -> bool:
    if request.user.has_role(Role.LIBRARIAN) or _teaches(request, class_id):
        return True
    reader = Reader.objects.filter(account=request.user).first()
    return reader is not None and all_in_classes([reader.pk], [class_id], timezone.localdate())


def _teaches(request: HttpRequest, class_id: int) -> bool:
    user = request.user if request.user.is_authenticated else None
    return class_id in viewer_of(user, timezone.localdate()).led_classes


def _own_class(request: HttpRequest) -> int | None:
    """The wall of the class that this person is in or leads."""
    if not request.user.is_authenticated:
        return None
    led = viewer_of(request.user, timezone.localdate()).led_classes
    if led:
        return min(led)
    reader = Reader.objects.filter(account=request.user, memberships__until=None).values_list(
        "memberships__school_class", flat=True
    )
    return reader.first()
