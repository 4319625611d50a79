"""Numbers that people, browsers and addresses send, read strictly."""


def parse_number(text: str, *, max_digits: int = 9) -> int | None:
    """The whole number that the text is: plain digits, no more than that many; None for anything else.

    Digits of other scripts, signs and spaces, which int() would take, are none.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= max_digits else None
