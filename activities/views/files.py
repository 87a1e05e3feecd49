"""Files and the small pictures of them, to whoever may see what they belong to."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.models import StoredFile
from activities.queries.entries import number_of_file
from activities.queries.files import bytes_of, may_see
from activities.queries.viewer import viewer_of

SUFFIXES: dict[str, str] = {StoredFile.Kind.PDF: ".pdf", StoredFile.Kind.TEXT: ".txt"}


@require_safe
def file(request: HttpRequest, file_id: int, version: str) -> HttpResponse:
    """A picture; a PDF or a text as a download, never as a page of ours."""
    return _answer(request, _seen(request, file_id), version, preview=False)


@require_safe
def preview(request: HttpRequest, file_id: int, version: str) -> HttpResponse:
    """The small picture of a picture; anything else has none."""
    return _answer(request, _seen(request, file_id), version, preview=True)


def _seen(request: HttpRequest, file_id: int) -> StoredFile:
    user = request.user if request.user.is_authenticated else None
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None or not may_see(file_id, viewer_of(user, timezone.localdate())):
        raise Http404
    return stored


def _name(request: HttpRequest, stored: StoredFile) -> str:
    """Its own name for who brought it; to others the number of the work: pupils call files by their own names."""
    found = number_of_file(stored.pk)
    if found is None or (stored.by_id is not None and stored.by_id == request.user.pk):
        return stored.name
    number, place = found
    return f"{_('Work %(number)s') % {'number': number}}-{place}{SUFFIXES[stored.kind]}"


def _answer(request: HttpRequest, stored: StoredFile, version: str, *, preview: bool) -> HttpResponse:
    # Who may see it is asked each time; what was seen before need not be sent again.
    headers = {"ETag": f'"{stored.version}"', "Cache-Control": "private, no-cache"}
    if version == stored.version and request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    content = bytes_of(stored.pk, preview=preview)
    if content is None:
        raise Http404
    if stored.kind != StoredFile.Kind.PICTURE:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_name(request, stored))}"
    headers["X-Content-Type-Options"] = "nosniff"
    return HttpResponse(content, content_type=stored.media_type, headers=headers)
