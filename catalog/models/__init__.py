"""Titles, copies, places, and the classification they stand in."""

from catalog.models.classification import ClcClass
from catalog.models.copies import Copy, Location
from catalog.models.titles import Title
from library_site.models.numbers import NumberSeries

__all__ = ["ClcClass", "Copy", "Location", "NumberSeries", "Title"]
