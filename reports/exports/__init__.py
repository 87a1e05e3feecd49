"""Reports as files: Word documents."""
