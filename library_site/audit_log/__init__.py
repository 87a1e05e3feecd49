"""Reading who changed what: rows of all history tables as one log, in words."""
