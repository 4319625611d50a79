"""What editors send: an entry with its note, a reason to retract, choices in a conflict, a review."""
