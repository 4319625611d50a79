"""Style sheets that are written in parts are found, collected and served as one file each."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from config import styles


@pytest.fixture
def sheets(tmp_path, monkeypatch):
    """A folder of style sheets of which one has two parts."""
    written = tmp_path / "static" / "css"
    (written / "book").mkdir(parents=True)
    (written / "book" / "2_b.css").write_text("b {}\n")
    (written / "book" / "1_a.css").write_text("a {}\n")
    monkeypatch.setattr(styles, "SHEETS", written)
    monkeypatch.setattr(styles, "JOINED", tmp_path / "joined")
    return written


def found(path):
    return Path(styles.StyleSheetFinder().find(path)).read_text()


def test_the_parts_of_a_sheet_are_joined_in_the_order_of_their_names(sheets):
    assert found("css/book.css") == "a {}\nb {}\n"


def test_what_a_part_imports_stands_in_its_place_and_what_only_people_read_is_left_out(sheets):
    (sheets / "tokens.css").write_text(':root {\n  --paper: white; /* "not this" */\n}\n')
    (sheets / "book" / "0_tokens.css").write_text('@import "../tokens.css";\n')
    (sheets / "book" / "3_c.css").write_text('q::after {\n  content: "/* a \\" string */";\n}\n')

    joined = found("css/book.css")

    assert joined.startswith(":root {\n--paper: white;\n}\na {}\n")
    assert joined.endswith('q::after {\ncontent: "/* a \\" string */";\n}\n')
    assert "@import" not in joined


def test_what_was_edited_is_joined_again(sheets):
    assert found("css/book.css").startswith("a")

    (sheets / "book" / "1_a.css").write_text("z {}\n")

    assert found("css/book.css").startswith("z")


def test_who_serves_a_sheet_need_not_be_who_joined_it(sheets):
    assert Path(styles.StyleSheetFinder().find("css/book.css")).stat().st_mode & 0o777 == 0o644


def test_what_was_not_edited_is_not_written_again(sheets):
    before = Path(styles.StyleSheetFinder().find("css/book.css")).stat()

    assert Path(styles.StyleSheetFinder().find("css/book.css")).stat().st_mtime_ns == before.st_mtime_ns


def test_sheets_are_collected_and_parts_are_not():
    collected = {name for finder in finders.get_finders() for name, _storage in finder.list([])}

    assert {"css/casebook.css", "css/desk.css", "css/tokens.css"} <= collected
    assert [name for name in collected if name.startswith(("css/casebook/", "css/desk/"))] == []
