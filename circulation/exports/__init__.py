"""Lists of lending as tables to keep."""
