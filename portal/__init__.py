"""What joins all entries for a reader."""
