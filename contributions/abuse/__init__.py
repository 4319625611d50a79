"""What keeps floods, fraud and deception away from the public form."""
