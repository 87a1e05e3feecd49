"""What is drawn on a label, in millimetres from the label's top left corner.

Texts are measured with the printed page in mind: nothing below 1.6 mm (about 4.5 pt) is drawn, bars keep their quiet
zones, and a barcode that a hand scanner could not read is not drawn at all but reported.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.models import LabelPrinting
from catalog.models.labels import Band
from catalog.rules.labels.paper import Box
from catalog.rules.labels.texts import broken_number, em_width, shortened, size_of_lines
from library_site.shared.bars import Bars, Symbology, bars_of

Kind = LabelPrinting.Kind

# Narrowest bar that hand scanners read surely (7.5 mil), widest that is of use; printers' dots at 600 and 203 dpi.
NARROWEST, WIDEST = 0.19, 0.5
DOTS = {"sheet": 25.4 / 600, "roll": 25.4 / 203}
LOWEST_BARS, HIGHEST_BARS = 5.0, 18.0
_SMALLEST_TEXT, _LARGEST_CALL_NUMBER = 1.6, 6.5
_LEADING = 1.25
_INSET = 0.6
_BASELINE = 0.98  # of the size, from the top of a line

NO_SUCH_SIGN = _("Code 39 has no such signs: take Code 128.")
TOO_NARROW = _("The label is too narrow for this barcode.")
TOO_LOW = _("The label is too low for a barcode.")
TOO_SMALL = _("The label is too small for barcode and spine in one.")


@dataclass(frozen=True)
class Contents:
    """What a label may say."""

    barcode: str
    title: str = ""
    clc_number: str = ""
    book_number: str = ""
    volume: str = ""
    main_class: str = ""


@dataclass(frozen=True)
class Style:
    """What the person who prints has chosen; `feed` is that of the paper."""

    kind: str
    symbology: str = Symbology.CODE128
    band: str = Band.CLASS
    feed: str = "sheet"
    school: str = ""


@dataclass(frozen=True)
class Text:
    """A centred line; `y` is its baseline."""

    x: float
    y: float
    size: float
    text: str
    css: str = ""
    shape: str = "text"


@dataclass(frozen=True)
class Drawn:
    """Bars stretched over width × height; quiet zones included."""

    x: float
    y: float
    width: float
    height: float
    bars: Bars
    shape: str = "bars"


@dataclass(frozen=True)
class Stripe:
    """A filled stripe in the colour of a main class; without one it is grey."""

    x: float
    y: float
    width: float
    height: float
    main_class: str
    shape: str = "stripe"


@dataclass(frozen=True)
class Cut:
    """Where the two parts of a label are cut apart."""

    x1: float
    y1: float
    x2: float
    y2: float
    shape: str = "cut"


Shape = Text | Drawn | Stripe | Cut


@dataclass(frozen=True)
class Drawing:
    """The shapes of a label, and why its barcode is missing."""

    shapes: tuple[Shape, ...]
    problem: Promise | str = ""


def draw(contents: Contents, style: Style, width: float, height: float) -> Drawing:
    """The drawing of one label of this size."""
    whole = Box(0, 0, width, height)
    if style.kind == Kind.SPINE:
        return Drawing(tuple(_spine(contents, style, whole)))
    if style.kind == Kind.BARCODE:
        return _barcode(contents, style, whole)
    parts = _split(whole)
    if parts is None:
        return Drawing((), TOO_SMALL)
    spine, barcode, cut = parts
    right = _barcode(contents, style, barcode)
    return Drawing((*_spine(contents, style, spine), cut, *right.shapes), right.problem)


def _split(whole: Box) -> tuple[Box, Box, Cut] | None:
    """(spine, barcode, cut): side by side where there is room, else the barcode above the spine."""
    if whole.width >= 58:
        left = min(max(whole.width * 0.34, 20), 30)
        spine, barcode = Box(0, 0, left, whole.height), Box(left, 0, whole.width - left, whole.height)
        return spine, barcode, Cut(left, 1, left, whole.height - 1)
    if whole.height >= 34:
        high = whole.height / 2
        spine, barcode = Box(0, high, whole.width, high), Box(0, 0, whole.width, high)
        return spine, barcode, Cut(1, high, whole.width - 1, high)
    return None


def _padding(box: Box) -> float:
    return 1.0 if box.height < 30 else 2.0


def _barcode(contents: Contents, style: Style, box: Box) -> Drawing:
    """School, title (where there is room), bars, number."""
    pad = _padding(box)
    small = min(max(box.height * 0.085, 1.8), 3.0)
    number_size = min(max(box.height * 0.11, 2.3), 3.8)
    above = [style.school] if style.school and box.height >= 16 else []
    above += [contents.title] if contents.title and box.height >= 24 else []
    space = small * 0.35 if above else 0
    room = box.height - 2 * pad - (len(above) * small + number_size) * _LEADING - space
    bars, problem = _bars(contents.barcode, style, Box(box.x, box.y, box.width, room), pad)
    high = min(room, HIGHEST_BARS)
    top = box.y + pad + (room - high) / 2
    shapes: list[Shape] = []
    for line in above:
        shapes.append(_line(line, box, top, small, css="label-small"))
        top += small * _LEADING
    top += space
    if bars is not None:
        across = bars.width * _module(bars, style, box.width - 2 * pad, box.width)
        x = round(box.x + (box.width - across) / 2, 3)
        shapes.append(Drawn(x, round(top, 3), round(across, 3), round(high, 3), bars))
    top += high + number_size * 0.15
    size = min(number_size, (box.width - 1) / em_width(contents.barcode))
    shapes.append(_line(contents.barcode, box, top, size, css="label-number"))
    return Drawing(tuple(shapes), problem)


def _bars(text: str, style: Style, room: Box, pad: float) -> tuple[Bars | None, Promise | str]:
    bars = bars_of(text, style.symbology)
    if bars is None:
        return None, NO_SUCH_SIGN
    if room.height < LOWEST_BARS:
        return None, TOO_LOW
    if _module(bars, style, room.width - 2 * pad, room.width) < NARROWEST:
        return None, TOO_NARROW
    return bars, ""


def _module(bars: Bars, style: Style, width: float, most: float) -> float:
    """The width of the narrowest bar: whole dots of the printer where that is wide enough, else what there is.

    The quiet zones may lie on the label's padding (`most`), as they are white.
    """
    dot = DOTS[style.feed]
    whole = int(min(width / bars.width, WIDEST) / dot + 1e-6) * dot
    if whole >= NARROWEST:
        return whole
    return min(most / bars.width, WIDEST)


def _spine(contents: Contents, style: Style, box: Box) -> list[Shape]:
    """Band, class, book number, volume: as large as they can stand."""
    pad = _padding(box)
    shapes, used = _band(contents, style, box)
    tail = [line for line in (contents.book_number, contents.volume) if line]
    whole, broken = [contents.clc_number, *tail], [*broken_number(contents.clc_number), *tail]
    room = {"width": box.width - 2 * pad, "height": box.height - used - 2 * pad}
    lines = [line for line in whole if line]
    size = size_of_lines(lines, **room, largest=_LARGEST_CALL_NUMBER, leading=_LEADING)
    again = size_of_lines([line for line in broken if line], **room, largest=_LARGEST_CALL_NUMBER, leading=_LEADING)
    if again > size * 1.15:
        lines, size = [line for line in broken if line], again
    top = box.y + used + pad + (room["height"] - len(lines) * size * _LEADING) / 2
    for line in lines:
        shapes.append(_line(line, box, top, size, css="label-call"))
        top += size * _LEADING
    return shapes


def _band(contents: Contents, style: Style, box: Box) -> tuple[list[Shape], float]:
    """The shapes of the band and how much of the label's height it takes."""
    if style.band == Band.NONE:
        return [], 0.0
    high = round(min(max(box.height * 0.2, 3.0), 6.0), 3)
    text = contents.main_class if style.band == Band.CLASS else style.school
    size = max(min(high * 0.62, (box.width - 4 * _INSET) / max(em_width(text), 1)), _SMALLEST_TEXT)
    coloured = style.band != Band.SCHOOL
    css = "label-on-band" if coloured else "label-small"
    shapes: list[Shape] = [_stripe(box, high, contents.main_class)] if coloured else []
    if text:
        shapes.append(_line(text, box, box.y + (high + _INSET * coloured - size * _LEADING) / 2, size, css=css))
    return shapes, high


def _stripe(box: Box, high: float, main_class: str) -> Stripe:
    """Off the label's edges by a hair, so that a sheet that goes in askew does not colour its neighbour."""
    width = round(box.width - 2 * _INSET, 3)
    return Stripe(round(box.x + _INSET, 3), round(box.y + _INSET, 3), width, round(high - _INSET, 3), main_class)


def _line(text: str, box: Box, top: float, size: float, *, css: str) -> Text:
    kept = shortened(text, size=size, width=box.width - 1)
    return Text(_middle(box), round(top + size * _BASELINE, 3), round(size, 3), kept, css)


def _middle(box: Box) -> float:
    return round(box.x + box.width / 2, 3)
