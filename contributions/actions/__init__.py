"""What changes: contributions sent and followed, what is counted against abuse, and what is erased."""
