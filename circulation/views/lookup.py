"""What was typed at the desk and is no code: a class, a reader by class, name or pinyin, or words of a title."""

from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.queries.search import search_titles
from circulation.operations.scan import Answer, Offer, Tone
from circulation.queries.availability import title_availability
from library_site.http import SchoolRequest
from readers.queries.people import FoundReader, class_by_text, find_readers
from readers.views.scope import classes_reached

TITLES = 5


def looked_up(answer: Answer, request: SchoolRequest) -> Answer:
    """The answer to text: a class leads to its board, the one reader it fits is opened, several are offered."""
    today = timezone.localdate()
    classes = classes_reached(request)
    class_id = class_by_text(answer.search, request.reference, today)
    if class_id and (classes is None or class_id in classes):
        return replace(answer, go=reverse("circulation:board", args=[class_id]))
    return _reader(answer, request, today) or _titles(answer)


def _reader(answer: Answer, request: SchoolRequest, today: date) -> Answer | None:
    found = find_readers(answer.search, request.reference, today, classes=classes_reached(request))
    if len(found) == 1:
        return replace(answer, tone=Tone.OPENED, message="", reader_id=found[0].reader_id, search="")
    if found:
        offers = [_offer(number, reader) for number, reader in enumerate(found, start=1)]
        return replace(answer, tone=Tone.NOTICE, message=_("Who is it?"), offers=offers, search="")
    return None


def _titles(answer: Answer) -> Answer:
    page = search_titles(answer.search, availability=title_availability(), limit=TITLES)
    if not page.hits:
        return answer
    return replace(answer, tone=Tone.NOTICE, message=_("In the catalogue"), hits=page.hits)


def _offer(number: int, reader: FoundReader) -> Offer:
    label = " ".join(part for part in (reader.class_name, reader.name, reader.number) if part)
    return Offer(str(number), label, "circulation:open_reader", {"reader": str(reader.reader_id)})
