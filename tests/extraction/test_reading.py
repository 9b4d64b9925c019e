"""Reading an article into one ``Doc``: offsets, sentences, normalised characters, bounded pieces."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from service.extraction import reading
from service.extraction.models import Article, Paragraph, Span
from service.extraction.normalising import normalise, without_datelines
from service.extraction.quotations import find_stretches
from service.extraction.reading import read


@pytest.fixture(scope="module")
def tokenizer() -> Language:
    """A pipeline that only tokenises: enough wherever no parse is asked for."""
    return spacy.blank("en")


def article_of(text: str, *furniture: str) -> Article:
    lines = re.finditer(r"[^\n]*\S[^\n]*", text)
    kinds = [("furniture" if found[0] in furniture else "body", Span(*found.span())) for found in lines]
    return Article(text, tuple(Paragraph(span, kind) for kind, span in kinds))


def normal(text: str) -> str:
    return normalise(text, find_stretches(text, article_of(text).paragraphs))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We won,” she said.", '"We won," she said.'),
        ("‘We won,’ she said. ‘It’s ours.’", '"We won," she said. "It\'s ours."'),
        ("“He said ‘no’ to us,” she said.", "\"He said 'no' to us,\" she said."),
        ("«We won», she said.", '"We won", she said.'),
        ("``We won,'' she said.", ' "We won,"  she said.'),
        ("The players’ car – it’s theirs.", "The players' car – it's theirs."),
        ("one\u00a0two\u200bthree\ufefffour\tfive\x00six", "one two three four five six"),
        ("one\u2028two\rthree", "one two three"),
        ("He is 6’2” tall.", "He is 6'2\" tall."),
        ("plain text — with a dash", "plain text — with a dash"),
        ("“We won” -said Ann -Lee.", '"We won" –said Ann -Lee.'),
        ("“We stay. “We also pay,” she said.", '"We stay.  We also pay," she said.'),
    ],
)
def test_normalises_one_character_for_one(text: str, expected: str) -> None:
    assert normal(text) == expected
    assert len(expected) == len(text)


def test_tokens_stand_where_they_stand_in_the_article(nlp: Language) -> None:
    text = "“It’s over,” Ann Lee said.\n\n  She left ‘at once’.  \nDone"
    article = article_of(text)
    doc = read(nlp, article, find_stretches(text, article.paragraphs))
    words = [text[token.idx : token.idx + len(token)] for token in doc if not token.is_space]
    assert " ".join(words) == "“ It ’s over , ” Ann Lee said . She left ‘ at once ’ . Done"
    assert len(doc.text) == len(text)


def test_parses_tags_and_names_and_leaves_lemmas_out(nlp: Language) -> None:
    doc = read(nlp, article_of("Ann Lee said that it was over."), ())
    said = doc[2]
    assert (said.tag_, said.dep_, said.lemma_) == ("VBD", "ROOT", "")
    assert [token.text for token in said.children if token.dep_ == "nsubj"] == ["Lee"]
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Ann Lee", "PERSON")]
    assert set(nlp.pipe_names) == {"tok2vec", "tagger", "parser", "names"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is so,”said Bo.", '" It is so , " said Bo .'),
        ("Bo said:“It is so.”", 'Bo said : " It is so . "'),
        ("“It is so.”― Bo", '" It is so . " ― Bo'),
        ("“It is so”—he left", '" It is so " — he left'),
        ("The U.S. is 6’2” tall", "The U.S. is 6'2 \" tall"),
    ],
)
def test_cuts_at_marks_that_are_glued_to_words(nlp: Language, text: str, expected: str) -> None:
    article = article_of(text)
    doc = read(nlp, article, find_stretches(text, article.paragraphs))
    assert [token.text for token in doc] == expected.split()


def test_sentences_do_not_cross_paragraphs(nlp: Language) -> None:
    text = "A headline with no stop\nThe mayor of\nOslo left. She was late.\n\n\n“We won”\n"
    doc = read(nlp, article_of(text), ())
    starts = [span.start for span in (paragraph.span for paragraph in article_of(text).paragraphs)]
    assert set(starts) <= {sentence.start_char for sentence in doc.sents}
    assert all("\n" not in text[s.start_char : s.end_char].strip() for s in doc.sents)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("It closed in the U.S. “It was hard,” he said.", "“It"),
        ("It closed at 5 p.m. He left.", "He"),
        ("It ended on Plan B. “It was hard,” he said.", "“It"),
        ("It was made by Acme Corp. The firm closed.", "The"),
    ],
)
def test_a_sentence_begins_after_an_abbreviation(nlp: Language, text: str, begins: str) -> None:
    article = article_of(text)
    doc = read(nlp, article, find_stretches(text, article.paragraphs))
    assert [sent.start_char for sent in doc.sents] == [0, text.index(begins)]
    assert doc[doc.char_span(text.index(begins), len(text)).start - 1].text == "."


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("It opened in May. IP theft  One expert said so.", "One"),
        ("It opened in May. 'No magic wand' Markets rose.", "Markets"),
    ],
)
def test_a_sentence_begins_after_a_heading_run_into_the_text(nlp: Language, text: str, begins: str) -> None:
    article = article_of(text)
    doc = read(nlp, article, find_stretches(text, article.paragraphs))
    assert text.index(begins) in [sent.start_char for sent in doc.sents]


@pytest.mark.parametrize(
    "text", ["Sgt. “Bull” Lee, Jr., left.", "The U.S. “Peace Fund” closed.", "J. No left."]
)
def test_no_sentence_begins_after_a_title_or_an_initial(nlp: Language, text: str) -> None:
    article = article_of(text)
    assert len(list(read(nlp, article, find_stretches(text, article.paragraphs)).sents)) == 1


def test_white_space_after_a_paragraph_belongs_to_its_last_sentence(nlp: Language) -> None:
    doc = read(nlp, article_of("She left. He stayed.\n\nThey met."), ())
    gap = next(token for token in doc if token.is_space)
    assert (gap.text, gap.tag_, gap.head.text, gap.is_sent_start) == (
        "  ",
        "_SP",
        "stayed",
        False,
    )
    assert [sentence.text.strip() for sentence in doc.sents] == ["She left.", "He stayed.", "They met."]


def test_furniture_is_tokenised_and_nothing_more(nlp: Language) -> None:
    doc = read(nlp, article_of("She left.\nShare on Facebook\nHe stayed.", "Share on Facebook"), ())
    sentences = [sentence.text.strip() for sentence in doc.sents]
    assert sentences == ["She left.", "Share on Facebook", "He stayed."]
    assert all(
        not token.tag_ and not token.ent_type_
        for token in next(s for s in doc.sents if "Share" in s.text)[:3]
    )


@pytest.mark.parametrize("line", ["“ ” “ ”", "«»«»", "3 : 2", "“a “b “c", "x", "—"])
def test_a_line_without_a_word_is_not_parsed(nlp: Language, line: str) -> None:
    doc = read(nlp, article_of(f"She left.\n{line}\nHe stayed."), ())
    start = len("She left.\n")
    end = start + len(line)
    assert not any(token.tag_ for token in doc if start <= token.idx < end)
    assert [token.tag_ for token in doc if token.text in {"left", "stayed"}] == ["VBD", "VBD"]


def test_what_is_computed_of_a_word_is_what_the_model_reads(nlp: Language) -> None:
    doc = nlp.make_doc("Zyxwv's")
    assert [(t.lower_, t.norm_, t.prefix_, t.suffix_, t.shape_, t.is_space) for t in doc] == [
        ("zyxwv", "zyxwv", "Z", "xwv", "Xxxxx", False),
        ("'s", "'s", "'", "'s", "'x", False),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\n a \n", "a", "a\n\n\n", "\u200b"])
def test_white_space_and_emptiness_are_read(text: str, tokenizer: Language) -> None:
    doc = read(tokenizer, article_of(text), ())
    assert len(doc.text) == len(text)
    assert [token.text for token in doc if not token.is_space] == text.replace("\u200b", "").split()


def test_text_outside_the_paragraphs_is_kept_in_place(tokenizer: Language) -> None:
    doc = read(tokenizer, Article("ab cd ef", (Paragraph(Span(3, 5)),)), ())
    assert [(token.idx, token.text) for token in doc if token.text == "cd"] == [(3, "cd")]
    assert len(doc.text) == 8


PIECES = [*"ab.,'\"“”‘’\n \t\u00a0\u200b😀-é", "``"]


@given(st.lists(st.sampled_from(PIECES), max_size=120).map("".join))
@settings(max_examples=150, deadline=None)
def test_offsets_hold_for_any_text(tokenizer: Language, text: str) -> None:
    article = article_of(text)
    stretches = find_stretches(text, article.paragraphs)
    doc = read(tokenizer, article, stretches)
    assert len(doc.text) == len(text)
    assert doc.text == normalise(text, stretches)
    starts = {paragraph.span.start for paragraph in article.paragraphs}
    assert starts <= {sentence.start_char for sentence in doc.sents}


def test_long_paragraphs_are_cut_where_sentences_end(monkeypatch) -> None:
    text = "She left early. " * 400
    spans = [span for span, _ in reading._pieces(text, article_of(text).paragraphs)]
    assert all(span.end - span.start <= reading.MAX_PIECE for span in spans)
    assert {span.of(text)[:9] for span in spans} == {"She left "}
    assert spans[0].start == 0
    assert all(first.end == second.start for first, second in pairwise(spans))


@pytest.mark.parametrize("unit", ["word ", "x", "a-", "\"'", "x.y", "é"])
def test_no_piece_is_longer_than_the_limit(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    pieces = list(reading._pieces(text, article_of(text).paragraphs))
    assert max(span.end - span.start for span, _ in pieces) <= reading.MAX_PIECE
    assert len(pieces) <= 2 * len(text) / reading.MAX_PIECE + 1
    assert pieces[-1][0].end == len(text.rstrip()) or pieces[-1][0].end == len(text)


def test_a_word_of_a_million_characters_is_read(tokenizer: Language) -> None:
    doc = read(tokenizer, article_of("x" * 1_000_000), ())
    assert len(doc.text) == 1_000_000
    assert len(doc) == 1_000_000 / reading.MAX_PIECE


def test_the_checkpoint_is_called_before_each_batch_and_may_stop_the_reading(tokenizer: Language) -> None:
    article = article_of("She left early.\n" * 2_000)
    calls: list[int] = []
    read(tokenizer, article, (), checkpoint=lambda: calls.append(1))
    assert len(calls) >= len(article.text) // reading.MAX_BATCH

    class Late(Exception):  # noqa: N818 - what a deadline raises is the caller's business
        pass

    def stop() -> None:
        raise Late

    with pytest.raises(Late):
        read(tokenizer, article, (), checkpoint=stop)


@pytest.mark.parametrize(
    ("text", "first", "count"),
    [
        ("He said no. " + "«»" * 100 + " She left.", ["He", "said", "no", ".", "«"], 208),
        ("x" * 130 + " it", ["x" * 130, " ", "it"], 3),
        ("so-called 'experts' left.", ["so", "-", "called", "'", "experts"], 8),
    ],
)
def test_cuts_plainly_what_has_no_spaces(
    tokenizer: Language, text: str, first: list[str], count: int
) -> None:
    doc = reading._tokenise(tokenizer, text)
    assert doc.text == text
    assert [token.text for token in doc][:5] == first
    assert len(doc) == count


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ("MANILA, Philippines (AFN) — The sea rose.", "The sea rose."),
        ("RIGA, May 3 (AFN) - The sea rose.", "The sea rose."),
        ("RIGA, May 3: The sea rose.", "The sea rose."),
        ("RIGA, May 3. /AFN/. The sea rose.", "The sea rose."),
        ("RIGA, Oct. 14 (AFN) -- “It rose,” she said.", "“It rose,” she said."),
        ("RIGA ROSE, she said: The sea did too.", "RIGA ROSE, she said: The sea did too."),
        ("NATO rose - and fell.", "NATO rose - and fell."),
        ("10:15 The sea rose.", "The sea rose."),
        ("9.40pm GMT: “It rose,” she said.", "“It rose,” she said."),
        ("10:15 trains were late.", "10:15 trains were late."),
    ],
)
def test_a_dateline_is_not_read(line: str, read_as: str) -> None:
    found = without_datelines(line, [Paragraph(Span(0, len(line)))])
    assert len(found) == len(line)
    assert found.strip() == read_as
