"""Pages about readers, classes and cards."""
