"""Titles, copies, places, the classification they stand in, and what their labels and records are made of."""

from catalog.models.batches import Batch
from catalog.models.classification import ClassPick, ClcClass
from catalog.models.copies import Copy, FormerBarcode, Location, Shelf
from catalog.models.labels import LabelPrinting, LabelStock, PrintedNumbers
from catalog.models.numbering import ClassSeries, ReclassedTitle, Reclassing
from catalog.models.records import Cover, FormerTitle, MarcRecord
from catalog.models.servers import SruServer
from catalog.models.titles import Title
from library_site.models.numbers import NumberSeries

__all__ = [
    "Batch",
    "ClassPick",
    "ClassSeries",
    "ClcClass",
    "Copy",
    "Cover",
    "FormerBarcode",
    "FormerTitle",
    "LabelPrinting",
    "LabelStock",
    "Location",
    "MarcRecord",
    "NumberSeries",
    "PrintedNumbers",
    "ReclassedTitle",
    "Reclassing",
    "Shelf",
    "SruServer",
    "Title",
]
