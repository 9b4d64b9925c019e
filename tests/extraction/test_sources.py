"""Sources: whom a cue credits."""

from parses import ACCUSED, FRIED, PARENTHETICAL, QUOTED, WENT_ON, parse, scene_of
from spacy.tokens import Doc

from service.extraction import sources, subjects


def words(doc: Doc, tokens: tuple[int, int]) -> str:
    return doc[tokens[0] : tokens[1]].text


def test_the_subject_before_or_after_the_verb() -> None:
    assert subjects.own_subject(parse(QUOTED)[6]).text == "Ann"
    assert subjects.own_subject(parse(FRIED)[0]).text == "Fried"


def test_the_subject_after_the_verb_wins_where_a_comma_sets_off_the_one_before() -> None:
    rows = (
        "Snow_ NNP nsubj 2\n, , punct 2\nsays VBZ parataxis 5\n"
        "the DT det 4\ncouncil NN nsubj 2\nis VBZ ROOT 5"
    )
    assert subjects.own_subject(parse(rows)[2]).text == "council"


def test_a_passive_names_its_agent_or_nobody() -> None:
    assert subjects.subject(parse(ACCUSED)[2]).text == "Brook"
    assert subjects.subject(parse("It PRP nsubjpass 2\nis VBZ auxpass 2\nsaid VBN ROOT 2")[2]) is None


def test_infinitives_and_participles_take_the_governing_verbs_subject() -> None:
    doc = parse(WENT_ON)
    assert subjects.subject(doc[4]).text == "He"
    assert subjects.reported_subject(doc[8]).text == "He", "the participle hangs on what he said, but is his"


def test_an_object_may_be_made_to_speak() -> None:
    rows = "It PRP nsubj 1\nled VBD ROOT 1\nAnn NNP dobj 1\nto TO aux 4\nsay VB xcomp 1"
    assert subjects.subject(parse(rows)[4]).text == "Ann"
    promised = rows.replace("led", "promised")
    assert subjects.subject(parse(promised)[4]).text == "It"


def test_a_lost_subject_is_found_before_the_verb() -> None:
    rows = (
        "Less JJR ROOT 0\nthan IN prep 0\nhalf NN pobj 1\n"
        "agreed VBD dep 0\nit PRP nsubj 5\nfailed VBD ccomp 3"
    )
    assert subjects.lost_subject(parse(rows)[3]).text == "Less"


def test_the_phrase_stops_at_an_apposition_after_a_comma() -> None:
    doc = parse(FRIED)
    assert words(doc, sources.phrase(doc[2])) == "Daniel Fried"


def test_the_phrase_keeps_coordinated_names_and_drops_circumstances_of_a_name() -> None:
    doc = parse(
        "Ann_ NNP nsubj 6\n, , punct 0\nBo NNP conj 0\n"
        "and CC cc 2\nCy NNP conj 2\nboth RB advmod 6\nsaid VBD ROOT 6"
    )
    assert words(doc, sources.phrase(doc[0], avoid=(6, 7))) == "Ann, Bo and Cy"
    late = parse("wrote VBD ROOT 0\nAnn NNP nsubj 0\nin IN prep 1\nthe DT det 4\nPost NNP pobj 2")
    assert words(late, sources.phrase(late[1])) == "Ann"


def test_the_span_of_a_source_is_cut_from_the_text() -> None:
    scene = scene_of(parse(PARENTHETICAL))
    span = sources.source_span(scene, scene.doc[3], avoid=(4, 5))
    assert span is not None and span.of(scene.article.text) == "he"
    assert sources.source_span(scene, None) is None


def test_a_phrase_that_the_parse_cut_at_a_hyphen_is_made_whole() -> None:
    doc = parse("A DT det 1\nsub_ NN nsubj 4\n-_ NN nsubj 4\neditor NN nsubj 4\nspoke VBD ROOT 4")
    assert words(doc, sources.phrase(doc[3])) == "A sub-editor"
    doc = parse("Rain NN nsubj 1\nfell VBD ROOT 1\n- HYPH punct 3\neditors NNS nsubj 4\nspoke VBD ROOT 4")
    assert words(doc, sources.phrase(doc[3])) == "editors"


def test_an_office_keeps_what_it_is_for_and_a_name_does_not() -> None:
    office = "the DT det 1\nSecretary NNP nsubj 4\nfor IN prep 1\nHealth NNP pobj 2\nspoke VBD ROOT 4"
    assert words(parse(office), sources.phrase(parse(office)[1])) == "the Secretary for Health"
    name = "Jane NNP compound 1\nDoe NNP nsubj 4\nfor IN prep 1\nHealth NNP pobj 2\nspoke VBD ROOT 4"
    assert words(parse(name), sources.phrase(parse(name)[1])) == "Jane Doe"
