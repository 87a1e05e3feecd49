"""Lists of activities as tables to keep."""
