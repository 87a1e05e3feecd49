"""Titles, copies, places, and the classification they stand in."""

from catalog.models.classification import ClcClass
from catalog.models.copies import Copy, Location, NumberSeries
from catalog.models.titles import Title

__all__ = ["ClcClass", "Copy", "Location", "NumberSeries", "Title"]
