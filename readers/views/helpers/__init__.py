"""Pages about student helpers and class keepers."""
