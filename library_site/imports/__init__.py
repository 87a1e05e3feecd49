"""The way in for sheets: staged, matched, checked, looked at, then applied in one short transaction.

`staging` takes the file, `columns` guesses what its columns mean, `engine` checks and applies, `report` tells.
What is particular to holdings or rosters stands in `catalog.imports` and `readers.imports`.
"""
