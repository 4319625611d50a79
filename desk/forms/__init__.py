"""The forms of the desk: an entry with its note, retraction, conflict, merge, review, translation."""
