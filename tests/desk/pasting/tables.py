"""Tables as people paste them, with dirt, in three languages."""

from itertools import cycle

SORTS = {
    "en": ["Signature", "extension", " FIGHTING "],
    "ar": ["توقيع", "تَمديد", "قتال "],
    "fr": ["Signature", "prorogation", "COMBATS"],
}
MONTHS = {
    "en": ["January", "Feb", "march", "Sept."],
    "ar": ["كانون الثاني", "شباط/فبراير", "مارس", "أيلول"],
    "fr": ["janvier", "févr.", "mars", "SEPTEMBRE"],
}
NUMBERS = [1, 2, 3, 9]
HEADS = {"en": "Date\tKind\tEvent", "ar": "التاريخ\tالنوع\tالحدث", "fr": "Date\tType\tÉvénement"}
CODES = ["signature", "extension", "fighting"]
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def table(language: str, count: int = 200) -> str:
    """A head, and so many rows: dates in words, cells in quotes, empty lines, digits and spaces of all sorts."""
    lines = [HEADS[language]]
    for number, month, sort in zip(
        range(count), cycle(MONTHS[language]), cycle(SORTS[language]), strict=False
    ):
        date = f" {number % 28 + 1} {month}\u00a0{2000 + number % 24} "
        if language == "ar":
            date = date.translate(ARABIC_DIGITS)
        text = f"No. {number}"
        if number % 10 == 3:
            text = f'"{text},\nwith ""quotes"" and a break"'
        lines.append(f"{date}\t{sort}\t{text}")
        if number % 50 == 7:
            lines.append("\t\t")
    return "\r\n".join(lines)


def meant(number: int) -> tuple[str, str, str]:
    """The day, the code and the text of that row."""
    day = f"{2000 + number % 24}-{NUMBERS[number % 4]:02}-{number % 28 + 1:02}"
    text = f"No. {number}" + (', with "quotes" and a break' if number % 10 == 3 else "")
    return day, CODES[number % 3], text
