"""MARC records as Chinese schools receive them: CNMARC (GB/T 33286-2016) and MARC 21.

`iso2709` and `marcxml` take files apart and put them together, `reading` says what a record means for a title,
`holdings` which copies it names, `writing` brings a record in line with its title.
"""

from catalog.rules.marc.reading import CopyValues, TitleValues, format_of, read_title
from catalog.rules.marc.records import MarcProblem

__all__ = ["CopyValues", "MarcProblem", "TitleValues", "format_of", "read_title"]
