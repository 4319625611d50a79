"""The composition root: the only code that knows every app."""

from config.sqlite.library import choose_library

# Every process imports its settings first, and Django afterwards.
choose_library()
