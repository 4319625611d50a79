"""Cases that nobody agreed to: as many as are wanted, to measure a large casebook."""
