"""Covers: shown, uploaded, taken from the record, removed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog.queries.covers import cover_of

FOR_EVER = "private, max-age=31536000, immutable"


@require_safe
def image(request: HttpRequest, title_id: int, version: str) -> HttpResponse:
    """The picture. Its address changes with it, so browsers keep it; an outdated address gets the present one."""
    cover = cover_of(title_id)
    if cover is None:
        raise Http404
    current = version == cover.version
    headers = {"ETag": f'"{cover.version}"', "Cache-Control": FOR_EVER if current else "private, no-cache"}
    if current and request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(bytes(cover.image), content_type=cover.media_type, headers=headers)
