"""What stands on the shelves against what is lent: reads for the analysis of the collection."""
