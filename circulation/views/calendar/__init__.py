"""Pages of the calendar of opening days."""
