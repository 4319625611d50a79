"""Changes in words, in the reader's language: which field changed, its old and its new value."""

from publishing.comparison.describer import Describer, lines_between
from publishing.comparison.lines import ChangeKind, Line, LineKind
from publishing.comparison.text_diff import Segment, compare_texts

__all__ = ["ChangeKind", "Describer", "Line", "LineKind", "Segment", "compare_texts", "lines_between"]
