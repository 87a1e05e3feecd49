"""Pages about the library's people and rules."""
