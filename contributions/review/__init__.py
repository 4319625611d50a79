"""What reviewers of the queue look at: what waits, what was checked, what it touches and what came of it."""
