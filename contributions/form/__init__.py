"""What the public may fill in: the fields of a form, and what they may change."""
