"""Attribution: candidates compete, speakers go on, and nothing makes it slow or fail."""

import pytest
from parses import PARENTHETICAL, QUOTED, article_of, parse, stretches_of
from spacy.tokens import Doc

from service.extraction.attribution import attribute
from service.extraction.models import Article, Attribution, Hint, Paragraph, Span
from service.extraction.rules.candidate import Candidate
from service.extraction.rules.decode import decode
from service.extraction.rules.table import RULES


def run(doc: Doc) -> tuple[str, tuple[Attribution, ...]]:
    article = article_of(doc)
    return article.text, attribute(doc, article, stretches_of(article.text))


def test_a_quotation_and_the_one_after_its_cue_are_one() -> None:
    text, (found,) = run(parse(QUOTED))
    assert [span.of(text) for span in found.content] == ['"We lost,"', '"It hurts."']
    assert found.cue is not None and found.cue.of(text) == "said"
    assert found.source is not None and found.source.of(text) == "Ann"
    assert (found.rule, found.mode) == ("cue-after", "speech")


def test_a_cue_in_the_middle_leaves_two_pieces() -> None:
    text, (found,) = run(parse(PARENTHETICAL))
    assert [span.of(text) for span in found.content] == ["The plan", "would fail"]
    assert found.rule == "parenthetical"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Rain."])
def test_nothing_to_find(text: str) -> None:
    doc = parse("Rain_ NN ROOT 0\n. . punct 0") if text == "Rain." else Doc(parse(QUOTED).vocab, words=[])
    assert attribute(doc, Article(doc.text, ()), ()) == ()


def test_a_doc_without_a_parse_is_no_error() -> None:
    doc = Doc(parse(QUOTED).vocab, words=['"', "We", "lost", ",", '"', "Ann", "said", "."])
    article = article_of(doc)
    assert isinstance(attribute(doc, article, stretches_of(article.text)), tuple)


def test_furniture_is_credited_with_nothing() -> None:
    doc = parse(QUOTED)
    article = Article(doc.text, (Paragraph(Span(0, len(doc.text)), "furniture"),))
    assert attribute(doc, article, stretches_of(doc.text)) == ()


def test_the_mark_up_is_believed() -> None:
    doc = parse("We PRP nsubj 1\nlost VBD ROOT 1\nAnn NNP ROOT 2")
    article = Article(doc.text, (Paragraph(Span(0, len(doc.text))),), hints=(Hint(Span(0, 7), Span(8, 11)),))
    (found,) = attribute(doc, article, ())
    assert (found.rule, found.content, found.source) == ("hint", (Span(0, 7),), Span(8, 11))


def test_the_surer_candidate_wins_the_words() -> None:
    sure = Candidate("cue-after", (Span(0, 10),), Span(11, 15), Span(16, 20))
    other = Candidate("object", (Span(5, 30),), Span(31, 33), None)
    apart = Candidate("clause", (Span(40, 50),), Span(35, 39), None)
    assert decode([other, apart, sure], 60) == [sure, apart]


def test_of_two_equally_sure_the_longer_wins() -> None:
    inner = Candidate("clause", (Span(10, 20),), Span(5, 9), None)
    outer = Candidate("clause", (Span(4, 20),), Span(0, 3), None)
    assert decode([inner, outer], 30) == [outer]


def test_no_cue_stands_inside_accepted_content() -> None:
    outer = Candidate("cue-after", (Span(0, 20),), Span(21, 25), None)
    inner = Candidate("clause", (Span(30, 40),), Span(10, 15), None)
    assert decode([outer, inner], 50) == [outer]


def test_content_never_holds_its_own_source() -> None:
    wrong = Candidate("clause", (Span(0, 20),), Span(21, 25), Span(5, 9))
    assert decode([wrong], 50) == []


def test_rules_are_named_once_and_their_confidence_is_a_share() -> None:
    for name, rule in RULES.items():
        assert name == rule.name == name.lower()
        assert 0 < rule.confidence < 1 and 0 < rule.thought < 1 and rule.about


def test_work_grows_with_the_text_not_with_its_square(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count how often the rules look a range up; twice the text may cost little more than twice as many."""
    from service.extraction.scene import Scene  # noqa: PLC0415

    counts = []
    narrated = Scene.narrated

    def counted(self: Scene, first: int, end: int) -> object:
        counts[-1] += end - first
        return narrated(self, first, end)

    monkeypatch.setattr(Scene, "narrated", counted)
    rows = [line.split() for line in QUOTED.strip().splitlines()]
    for times in (20, 40):
        counts.append(0)
        many = "\n".join(
            f"{word} {tag} {dep} {int(head) + n * len(rows)}"
            for n in range(times)
            for word, tag, dep, head in rows
        )
        run(parse(many))
    assert counts[1] < 2.5 * counts[0]
