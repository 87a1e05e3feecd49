"""A title's cover: brought in, taken from its record, removed. None is needed: without one it is drawn."""

from collections.abc import Callable
from io import BytesIO
from time import monotonic
from typing import IO

from catalog.models import Cover, Title
from catalog.queries.covers import cover_addresses
from catalog.queries.web import fetch, is_public
from catalog.rules.cover_images import MOST_BYTES, CoverImage, cover_image
from catalog.rules.outside import OutsideProblem
from library_site.audit import act
from library_site.models import User

SECONDS = 10.0  # for all links together


def upload_cover(*, title_id: int, file: IO[bytes], by: User, address: str | None = None) -> Cover:
    """Keeps the picture in the file as the title's cover, in the place of an older one.

    Raises OutsideProblem for what is no picture or too large; then nothing changes.
    """
    return _keep(title_id, cover_image(file), Cover.Origin.UPLOAD, by, address)


def cover_from_record(
    *, title_id: int, by: User, address: str | None = None, allowed: Callable[[str], bool] = is_public
) -> Cover:
    """Fetches the picture that the title's record links to and keeps it as its cover.

    Only addresses of the web are asked: a record comes from anywhere, and could point into the school's network.
    Raises OutsideProblem with the reason of the last link tried; then nothing changes.
    """
    problem = OutsideProblem("no_picture")
    until = monotonic() + SECONDS
    for link in cover_addresses(title_id):
        if (left := until - monotonic()) <= 0:
            break
        try:
            fetched = fetch(link, seconds=left, most_bytes=MOST_BYTES, allowed=allowed)
            image = cover_image(BytesIO(fetched.content))
        except OutsideProblem as found:
            problem = found
            continue
        return _keep(title_id, image, Cover.Origin.RECORD, by, address)
    raise problem


def remove_cover(*, title_id: int, by: User, address: str | None = None) -> None:
    """Takes the cover away; it is drawn from then on."""
    with act("remove_cover", by=by, address=address):
        Cover.objects.filter(pk=title_id).delete()


def _keep(title_id: int, image: CoverImage, origin: Cover.Origin, by: User, address: str | None) -> Cover:
    with act("keep_cover", by=by, address=address):
        title = Title.objects.select_for_update(no_key=True).only("pk").get(pk=title_id)
        values = {
            "image": image.content,
            "media_type": image.media_type,
            "width": image.width,
            "height": image.height,
            "version": image.version,
            "origin": origin,
        }
        cover, _made = Cover.objects.update_or_create(title=title, defaults=values)
        return cover
