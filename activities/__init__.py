"""Reading activities, booklists, notes and the voice of readers."""
