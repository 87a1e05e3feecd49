"""Acts at the desk, one file each."""
