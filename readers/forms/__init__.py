"""What pages about readers ask and take."""
