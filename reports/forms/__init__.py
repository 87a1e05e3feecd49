"""Input of reports."""
