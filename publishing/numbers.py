"""Numbers that people, browsers and addresses send, read strictly."""


def parse_number(text: str, *, max_digits: int = 9) -> int | None:
    """The number that the text consists of: at most `max_digits` digits from 0 to 9; else None.

    Digits of other scripts, signs and spaces, which int() accepts, are refused.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= max_digits else None
