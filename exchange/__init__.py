"""Data out of the casebook: lists and entries as files, the codebook, releases."""
