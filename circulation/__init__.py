"""Circulation: loans, returns, holds, class loans, timetable, visits: all that happens at the desk."""
