"""Acts of activities, one file each."""
