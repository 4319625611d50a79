"""Changes in words: which field of what, in the reader's language, from what to what."""

from publishing.comparison.lines import How, Line, Shape
from publishing.comparison.reader import Reader, between
from publishing.comparison.words import Stretch, compared

__all__ = ["How", "Line", "Reader", "Shape", "Stretch", "between", "compared"]
