"""Pages of the analysis of the collection."""
