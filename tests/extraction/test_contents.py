"""Contents: what a cue governs."""

import pytest
from parses import ACCUSED, QUOTED, SAID_THAT, WENT_ON, parse, scene_of
from spacy.tokens import Doc

from service.extraction import contents, governed
from service.extraction.cues import verb_reporting


def taken(doc: Doc, cue: int) -> list[tuple[str, list[str]]]:
    known = verb_reporting(doc[cue])
    assert known is not None
    found = governed.governed(doc[cue], known)
    return [(one.frame, [doc[first:end].text for first, end in one.pieces]) for one in found]


def test_a_clause_with_its_conjunction() -> None:
    assert taken(parse(SAID_THAT), 1) == [("clause", ["that it failed"])]


def test_content_is_cut_where_the_speaker_resumes() -> None:
    assert taken(parse(WENT_ON), 4) == [("clause", ["it failed"])]
    assert taken(parse(WENT_ON), 8) == [("clause", ["that nobody cared"])]


def test_a_predicate_of_a_passive_has_two_pieces() -> None:
    assert taken(parse(ACCUSED), 2) == [("predicate", ["She", "of theft"])]


@pytest.mark.parametrize(
    ("rows", "frame", "content"),
    [
        (
            "He PRP nsubj 1\nasked VBD ROOT 1\nif IN mark 4\nit PRP nsubj 4\nfailed VBD ccomp 1",
            "question",
            "if it failed",
        ),
        ("He PRP nsubj 1\nvowed VBD ROOT 1\nto TO aux 3\nfight VB xcomp 1", "infinitive", "to fight"),
        ("He PRP nsubj 1\ndenied VBD ROOT 1\nstealing VBG xcomp 1\nit PRP dobj 2", "gerund", "stealing it"),
        ("He PRP nsubj 1\ndenied VBD ROOT 1\nthe DT det 3\ncharge NN dobj 1", "object", "the charge"),
        ("He PRP nsubj 1\nwarned VBD ROOT 1\nof IN prep 1\ndelays NNS pobj 2", "of", "delays"),
        (
            "He PRP nsubj 1\nurged VBD ROOT 1\nus PRP dobj 1\nto TO aux 4\ngo VB xcomp 1",
            "infinitive",
            "us to go",
        ),
        ("He PRP nsubj 1\ntold VBD ROOT 1\nus PRP dobj 1\nto TO aux 4\ngo VB xcomp 1", "infinitive", "to go"),
        ("He PRP nsubj 1\ncalled VBD ROOT 1\nit PRP dobj 1\nart NN oprd 1", "predicate", "it art"),
    ],
)
def test_frames(rows: str, frame: str, content: str) -> None:
    assert (frame, [content]) in taken(parse(rows), 1)


def test_nobody_named_is_said_to_be_something() -> None:
    rows = "He PRP nsubjpass 2\nis VBZ auxpass 2\nsaid VBN ROOT 2\nto TO aux 4\nbe VB xcomp 2\nill JJ acomp 4"
    assert taken(parse(rows), 2) == [("raising", ["He", "to be ill"])]


def test_a_clause_hung_on_the_statement_is_still_found() -> None:
    rows = (
        "He PRP nsubj 1\nsaid VBD ROOT 1\nin IN prep 1\na DT det 4\n"
        "note NN pobj 2\nthat IN mark 7\nit PRP nsubj 7\nfailed VBD acl 4"
    )
    assert taken(parse(rows), 1) == [("clause", ["that it failed"])]


def test_a_clause_beside_a_verb_with_an_object_is_not_reported() -> None:
    rows = (
        "They PRP nsubj 1\nclaimed VBD ROOT 1\nvictory_ NN dobj 1\n"
        ", , punct 1\nfans NNS nsubj 5\nwept VBD ccomp 1"
    )
    assert taken(parse(rows), 1) == [("object", ["victory"])]


def test_a_quotation_is_never_cut() -> None:
    scene = scene_of(parse(QUOTED))
    assert contents.tidy(scene, (1, 3)) == (0, 5)
    assert contents.tidy(scene, (3, 4)) == (0, 5)
    assert contents.tidy(scene, (7, 8)) is None
