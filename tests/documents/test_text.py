"""Plain text into paragraphs: where they begin and end, and what kind each is."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents import read_text
from service.documents.furniture import furniture_rule

CASES = Path(__file__).parents[1] / "cases" / "documents"
FURNITURE = json.loads((CASES / "furniture.json").read_text("utf-8"))
PARAGRAPHS = json.loads((CASES / "paragraphs.json").read_text("utf-8"))
WRAPPING = json.loads((CASES / "wrapping.json").read_text("utf-8"))
LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def name(case):
    return case["name"]


@pytest.mark.parametrize("line", FURNITURE["furniture"])
def test_furniture_is_told(line):
    assert furniture_rule(line)


@pytest.mark.parametrize("line", FURNITURE["body"])
def test_what_only_resembles_furniture_stays_body(line):
    assert furniture_rule(line) is None


@pytest.mark.parametrize("case", PARAGRAPHS, ids=name)
def test_kinds_of_paragraphs(case):
    article = read_text(case["text"])
    found = [(paragraph.kind, paragraph.span.of(article.text)) for paragraph in article.paragraphs]
    lines = [line for line in case["text"].splitlines() if line.strip()]
    assert found == list(zip(case["kinds"], lines, strict=True))


@pytest.mark.parametrize("case", WRAPPING, ids=name)
def test_lines_are_joined_where_they_were_only_wrapped(case):
    article = read_text(case["text"])
    found = [paragraph.span.of(article.text) for paragraph in article.paragraphs]
    assert [text[: len(start)] for text, start in zip(found, case["pieces"], strict=True)] == case["pieces"]


def test_the_text_is_the_callers_own():
    text = "\ufeff\r\n\u00a0One.\r\n\r\nTwo.\x00 \u200b\n"
    assert read_text(text).text == text


def test_what_is_known_beforehand_goes_with_the_article():
    article = read_text("One.", title="Mayor resigns")
    assert article.title == "Mayor resigns"
    assert article.known_people == ()


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff", "\u200b\n\u200b"])
def test_a_blank_text_has_no_paragraphs(text):
    assert read_text(text).paragraphs == ()


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [*LINE_BREAKS, "\r\n", " ", "\u00a0", "\ufeff", "\u200b", "\t", "“", "”", '"', "'", "."]
        ),
        st.sampled_from(["By Ruth Okafor", "said", "Related articles", "2 Comments", "© AP", "# ", "Mayor"]),
        st.text(max_size=12),
    )
).map("".join)


@given(PIECES)
def test_paragraphs_cover_every_printing_character_once_and_in_order(text):
    paragraphs = read_text(text).paragraphs
    reached = 0
    for paragraph in paragraphs:
        start, end = paragraph.span.start, paragraph.span.end
        assert reached <= start < end <= len(text)
        assert not any(char.isalnum() for char in text[reached:start])
        assert text[start] == text[start].strip()
        reached = end
    assert not any(char.isalnum() for char in text[reached:])


HUGE = {
    "one letter": "a" * 250_000,
    "words": "word " * 50_000,
    "opening marks": "“" * 250_000,
    "blank lines": "\n" * 250_000,
    "spaces": " " * 250_000,
    "tabs": "\t" * 250_000,
    "zero-width": "\u200b" * 250_000,
    "combining": "e" + "\u0301" * 250_000,
    "short lines": "By Ruth Okafor\n" * 15_000,
    "list headings": "Related articles\n" * 15_000,
    "comment headings": "2 comments\n" * 22_500,
    "hashes": "#" * 250_000,
    "separators": " > " * 75_000,
    "brackets": "(" * 250_000,
    "digits": "1." * 125_000,
    "full stops": "A. " * 75_000,
    "quotes and stops": '"A." ' * 50_000,
    "carriage returns": "\r\n" * 125_000,
    "wrapped": ("word " * 14 + "\n") * 3_500,
    "lines of 599": ("by " * 199 + "x\n") * 400,
    "lines of ticks": ("'a " * 199 + "x\n") * 400,
    "lines of handles": ("#a" * 290 + "\n") * 400,
    "lines of hyphens": ("a1-" * 190 + "\n") * 400,
    "a sentence a line": ("“It was late.\n" + "Nobody came here.\n" * 8) * 2_000,
}


@pytest.mark.parametrize("kind", HUGE)
def test_time_grows_no_faster_than_the_text(kind):
    """Sixteen times the text takes at most some 40 times as long, measured on this machine against itself."""
    text = HUGE[kind]
    read_text(text[: len(text) // 16])
    small = _seconds(text[: len(text) // 16])
    assert _seconds(text) <= 40 * small + 0.5


def _seconds(text):
    start = time.process_time()
    read_text(text)
    return time.process_time() - start


def test_a_page_on_one_line_is_cut_into_parts_that_can_be_parsed():
    sentence = "“We will go on. We will not stop,” the mayor said on Friday, and left the hall. "
    article = read_text(sentence * 400)
    parts = [paragraph.span.of(article.text) for paragraph in article.paragraphs]
    assert len(parts) > 3
    assert all(len(part) < 7_000 for part in parts)
    assert all(part.startswith("“We will") and part.endswith("hall.") for part in parts)


@pytest.mark.parametrize(
    "between",
    [
        " " * 17,
        "\t",
        " • ",
        " ¶ ",
        " ## ",
        "\\n\\n",
        "\\r\\n",
        "\\\\n\\\\n",
        "\\\\\\n",
        "<br><br>",
        "</p><p>",
        '</div>\n<div class="a">',
    ],
)
def test_paragraphs_put_on_one_line_are_parted_at_what_a_scraper_left(between):
    text = between.join(["Trams stopped.", "“We waited,” he said.", "It rained.", "Nobody came."])
    article = read_text(text)
    assert article.text == text
    assert [one.span.of(text) for one in article.paragraphs] == [
        "Trams stopped.",
        "“We waited,” he said.",
        "It rained.",
        "Nobody came.",
    ]


def test_paragraphs_put_together_without_a_blank_are_parted():
    paragraphs = [
        "Trams stopped on Monday. Nobody came to mend them.",
        "“We waited,” he said. “It was cold. It was late.”",
        "It rained. The mayor called it bad luck.",
        '"It is," she said. "It will not last."',
        "CLICK HERE TO READ MORE",
        "The town has one line. It is closed. It was old.",
        '"Nobody came," said the driver. He left.',
        "The line will be mended. Nobody knows when.",
    ]
    text = "".join(paragraphs)
    assert [one.span.of(text) for one in read_text(text).paragraphs] == paragraphs


BY_SENTENCE = [
    "Trams stopped on Monday.",
    "“We waited for an hour,” Ola Lund said.",
    "“It was cold.",
    "It was late.”",
    "The mayor called it bad luck.",
    "It rained all day.",
    "Nobody came to mend the line.",
    "The line will open again.",
    "Nobody knows when.",
]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n"])
def test_sentences_on_lines_of_their_own_are_one_paragraph(between):
    text = between.join(BY_SENTENCE)
    (paragraph,) = read_text(text).paragraphs
    assert paragraph.span.of(text) == text


def test_a_headline_above_sentences_on_lines_stays_one():
    text = "\n".join(["Trams stop", *BY_SENTENCE])
    assert [one.span.of(text)[:10] for one in read_text(text).paragraphs] == ["Trams stop", "Trams stop"]


@pytest.mark.parametrize(
    "lines",
    [
        [line.replace("“It was cold.", "“It was cold.”").replace("late.”", "late.") for line in BY_SENTENCE],
        [line.replace("It was late.”", "“It was late.”") for line in BY_SENTENCE],
        [f"{line} It was so." for line in BY_SENTENCE],
        BY_SENTENCE[:6],
    ],
    ids=["no quotation runs over", "each line opens again", "two sentences a line", "few lines"],
)
def test_paragraphs_of_a_sentence_each_stay_paragraphs(lines):
    assert len(read_text("\n".join(lines)).paragraphs) == len(lines)


def test_sentences_on_lines_are_cut_where_none_is_quoted():
    text = "\n".join(BY_SENTENCE * 30)
    spans = [one.span for one in read_text(text).paragraphs]
    assert len(spans) > 2
    assert all(span.of(text).count("“") == span.of(text).count("”") for span in spans)
    assert max(span.end - span.start for span in spans) < 4_200


def test_sentences_without_a_blank_between_them_are_no_paragraphs():
    text = (
        "Trams stopped on Monday.Nobody came.It rained all day.The mayor left.\nHe said it was late.She left."
    )
    assert len(read_text(text).paragraphs) == 2


BROKEN_ANYWHERE = [
    "Trams stopped on Monday when the mayor of Oslo, ",
    "Ola Lund, said that it was ",
    "too cold for them.",
    "“We waited for an hour in ",
    "the snow and the wind. ",
    "Nobody came, as you ",
    "can see from what",
    "I wear,” said Kola Berg.",
    "Nobody knows when the line will open",
    "again, though Oslo and",
    "Bergen have asked.",
]


@pytest.mark.parametrize("credit", ["", "By Ann Roe\n"])
def test_lines_broken_anywhere_are_joined_to_paragraphs(credit):
    text = credit + "\n".join(BROKEN_ANYWHERE)
    starts = [one.span.of(text)[:10] for one in read_text(text).paragraphs]
    assert starts == [credit.strip(), "Trams stop", "“We waited", "Nobody kno"][not credit :]


def test_lines_that_do_not_go_on_stay_apart():
    lines = ["Trams and buses of Oslo", "Boats and ferries of Bergen", "Trains of Hamar and the north"] * 4
    text = "\n".join(lines)
    assert len(read_text(text).paragraphs) == len(lines)


def test_a_wide_gap_ends_a_headline_but_no_indented_line():
    text = "Trams stop                Trams stopped on Monday."
    assert [one.span.of(text) for one in read_text(text).paragraphs] == [
        "Trams stop",
        "Trams stopped on Monday.",
    ]
    text = "            Trams stopped when the mayor of\n            Oslo left the house.\n"
    assert len(read_text(text).paragraphs) == 1


@pytest.mark.parametrize(
    "text",
    [r"He kept it in C:\news and C:\next, he said.", "One | two  | three • four", "a < b <i>and</i> c"],
)
def test_a_line_is_not_parted_at_what_only_resembles_it(text):
    (paragraph,) = read_text(text).paragraphs
    assert paragraph.span.of(text) == text


def test_a_line_without_a_sentence_end_is_cut_too():
    article = read_text("word " * 20_000)
    assert max(p.span.end - p.span.start for p in article.paragraphs) <= 12_000


def test_a_page_on_one_line_is_cut_at_the_gaps_its_mark_up_left():
    line = "Home    News\tSport    " + "The mayor resigned on Friday. " * 400
    article = read_text(line)
    assert [p.span.of(line) for p in article.paragraphs][:3] == ["Home", "News", "Sport"]
