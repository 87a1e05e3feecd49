"""Large counts are grouped by thousands, as statistics are printed; Django's own Chinese format does not group."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
