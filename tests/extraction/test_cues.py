"""Cues: which words signal reported speech, and how far they reach."""

from parses import ACCUSED, PARENTHETICAL, QUOTED, SAID_THAT, WENT_ON, parse, scene_of

from service.extraction import cues


def test_reporting_verbs_report_and_others_do_not() -> None:
    doc = parse(SAID_THAT)
    assert cues.verb_reporting(doc[1]).mode == "speech"
    assert cues.verb_reporting(doc[4]) is None
    assert cues.verb_reporting(doc[0]) is None


def test_a_verb_with_its_particle_comes_before_the_verb_alone() -> None:
    doc = parse("He PRP nsubj 1\npointed VBD ROOT 1\nout RP prt 1\nerrors NNS dobj 1")
    assert "object" in cues.verb_reporting(doc[1]).frames
    assert cues.verb_reporting(parse("He PRP nsubj 1\npointed VBD ROOT 1")[1]) is None


def test_reporting_nouns_in_singular_and_plural() -> None:
    doc = parse("warnings NNS ROOT 0\nclaim NN dep 0\nbread NN dep 0")
    assert [cues.noun_reporting(token) is not None for token in doc] == [True, True, False]


def test_the_group_takes_auxiliaries_negation_and_particle() -> None:
    rows = (
        "He PRP nsubj 4\nhas VBZ aux 4\nnot RB neg 4\n"
        "yet RB advmod 4\nhit VBN ROOT 4\nback RP prt 4\nat IN prep 4"
    )
    assert cues.verb_group(parse(rows)[4]) == (1, 6)
    assert cues.verb_group(parse("Then RB advmod 2\nhe PRP nsubj 2\nsaid VBD ROOT 2")[2]) == (2, 3)


def test_passive() -> None:
    assert cues.is_passive(parse(ACCUSED)[2])
    assert not cues.is_passive(parse(SAID_THAT)[1])
    assert not cues.is_passive(parse("He PRP nsubj 2\nhas VBZ aux 2\nsaid VBN ROOT 2")[2])


def test_main_and_relative_clauses() -> None:
    doc = parse(WENT_ON)
    assert cues.is_main(doc[1]) and cues.is_main(doc[4])
    assert not cues.is_main(doc[8])
    relative = parse("man NN ROOT 0\nwho WP nsubj 2\nsaid VBD relcl 0\nand CC cc 2\nasked VBD conj 2")
    assert cues.in_relative_clause(relative[2]) and cues.in_relative_clause(relative[4])


def test_outside_means_the_narrators_words() -> None:
    scene = scene_of(parse(QUOTED))
    assert cues.outside(scene, scene.doc[6])
    assert not cues.outside(scene, scene.doc[2])
    assert cues.outside(scene_of(parse(PARENTHETICAL)), parse(PARENTHETICAL)[4])
