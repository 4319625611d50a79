"""Markdown is understood as people write it, and what CommonMark says otherwise stays as it says."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from publishing.markdown import rendered

STOCK = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@pytest.mark.parametrize(
    "text, html",
    [
        ("نصّ الاتفاق و**«اتفاق الدوحة»** معًا", "و<strong>«اتفاق الدوحة»</strong> معًا"),
        ("**(المادة 3)**من الاتفاق", "<strong>(المادة 3)</strong>من"),
        ("وقّع ب**“جدة”**و**“الدوحة”** معًا", "ب<strong>“جدة”</strong>و<strong>“الدوحة”</strong> معًا"),
        ("كما في ل*«الوثيقة»*التالية", "ل<em>«الوثيقة»</em>التالية"),
        ("قال ف**\"نعم\"** ثم", "ف<strong>&quot;نعم&quot;</strong> ثم".replace("&quot;", '"')),
        ("**ملاحظة:**انظر", "<strong>ملاحظة:</strong>انظر"),
        ("وَ**«هدنة»** جديدة", "وَ<strong>«هدنة»</strong>"),
        ("**Note :**voir l’annexe", "<strong>Note :</strong>voir"),
        ("**Attention !**les parties", "<strong>Attention !</strong>les"),
        ("**«trêve»**des parties", "<strong>«trêve»</strong>des"),
    ],
)  # fmt: skip
def test_emphasis_written_to_a_word_is_emphasis(text: str, html: str) -> None:
    assert html in rendered(text)


# Among them the examples of the specification of CommonMark 0.31 for runs of asterisks and underscores.
@pytest.mark.parametrize(
    "text",
    [
        "2*3*4", "snake_case_name and an_other", "a * b * c", "٢*٣*٤", "(a)**b and (c)**d", "(2)*x and (3)*y", "f(x)*g(y)*z",
        "*foo bar*", "a * foo bar*", 'a*"foo"*', "* a *", "*$*alpha.", "foo*bar*", "5*6*78", "_foo bar_", "_ foo bar_",
        'a_"foo"_', "foo_bar_", "5_6_78", "пристаням_стремятся_", 'aa_"bb"_cc', "foo-_(bar)_", "_foo*", "*foo bar *", "*(*foo)",
        "*(*foo*)*", "*foo*bar", "_foo bar _", "_(_foo)", "_(_foo_)_", "_foo_bar", "_foo_bar_baz_", "_(bar)_.", "**foo bar**",
        "** foo bar**", 'a**"foo"**', "foo**bar**", "__foo bar__", 'a__"foo"__', "foo__bar__", "foo-__(bar)__", "**foo bar **",
        "**(**foo)", "*(**foo**)*", '**Gomphocarpus (*Gomphocarpus physocarpus*, syn.\n*Asclepias physocarpa*)**',
        '**foo "*bar*" foo**', "**foo**bar", "__(__foo)", "_(__foo__)_", "*foo [bar](/url)*", "*foo\nbar*", "*foo **bar** baz*",
        "*foo**bar**baz*", "*foo**bar*", "***foo** bar*", "*foo **bar***", "*foo**bar***", "foo***bar***baz",
        "foo******bar*********baz", "** is not an empty emphasis", "foo ***", "foo *\\**", "foo *_*", "**foo*", "*foo**",
        "***foo**", "****foo*", "**foo***", "*foo****", "******foo******", "***foo***", "*foo _bar* baz_", "*[bar*](/url)",
        "**a<https://foo.bar/?q=**>", "*a `*`*",
    ],
)  # fmt: skip
def test_what_commonmark_reads_stays_as_it_is(text: str) -> None:
    bare = str.maketrans("", "", "\n")
    stock = STOCK.render(text).replace("&quot;", '"').translate(bare)

    assert rendered(text).replace(' rel="nofollow noopener noreferrer"', "").translate(bare) == stock


@given(st.text(st.sampled_from('ab *_()"1\n'), max_size=30))
def test_no_latin_text_without_the_end_of_a_heading_is_read_otherwise(text: str) -> None:
    renderer = rendered(text)

    assert renderer.count("<em>") == STOCK.render(text).count("<em>")
    assert renderer.count("<strong>") == STOCK.render(text).count("<strong>")


@pytest.mark.parametrize(
    "text, items",
    [
        pytest.param("Les parties :\n•\tla Ligue\n•\tl’Union", ["la Ligue", "l’Union"], id="bullets of Word"),
        pytest.param("• أول\n• ثان", ["أول", "ثان"], id="bullets with spaces"),
        pytest.param("–\tla Ligue\n–\tl’Union", ["la Ligue", "l’Union"], id="dashes with tabs"),
        pytest.param("– la Ligue\n– l’Union", ["la Ligue", "l’Union"], id="dashes on lines running"),
        pytest.param("· un\n· deux", ["un", "deux"], id="middle dots"),
        pytest.param("▪ un\n● deux", ["un", "deux"], id="other bullets"),
        pytest.param("نص:\n١. أول\n٢. ثان", ["أول", "ثان"], id="Arabic numbers"),
        pytest.param("١) أول\n٢) ثان", ["أول", "ثان"], id="Arabic numbers with brackets"),
        pytest.param("١- أول\n٢- ثان", ["أول", "ثان"], id="Arabic numbers with dashes"),
        pytest.param("۱. اول\n۲. دوم", ["اول", "دوم"], id="Persian numbers"),
        pytest.param("1)\tun\n2)\tdeux", ["un", "deux"], id="numbers with brackets"),
        pytest.param("1- un\n2- deux", ["un", "deux"], id="numbers with dashes"),
    ],
)
def test_a_pasted_list_is_a_list(text: str, items: list[str]) -> None:
    html = rendered(text)

    assert [part.partition("</li>")[0] for part in html.split("<li>")[1:]] == items


@pytest.mark.parametrize(
    "text",
    [
        "– Alone, this dash begins a sentence.",
        "· alone",
        "١٩٤٥. كانت سنة",
        "1- alone",
        "10-15 people",
        "٣.٥ في المئة",
        "```\n• in code\n```",
        "    • in code",
        "a • b",
        "•without a gap",
    ],
)
def test_what_is_no_list_is_none(text: str) -> None:
    assert "<li>" not in rendered(text)


def test_the_columns_of_a_table_keep_their_side() -> None:
    html = rendered("| a | b | c | d |\n|:--|--:|:-:|---|\n| 1 | 2 | 3 | 4 |")

    for cell in ("th", "td"):
        for side in ("start", "end", "center"):
            assert html.count(f'<{cell} class="align-{side}">') == 1
    assert "style" not in html
    assert "<td>4</td>" in html


def test_a_long_text_is_read_quickly() -> None:
    began = time.process_time()

    for text in ("و**«ا»**" * 2_000, "• a\n" * 3_000, "–\ta\n١. b\n" * 2_000, "```\n" * 3_000):
        rendered(text[:20_000])

    assert time.process_time() - began < 6
