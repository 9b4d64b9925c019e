"""The lexicon: loading, verb forms, reporting words."""

import pytest

from service.extraction import lexicon


@pytest.mark.parametrize(
    ("form", "tag", "base"),
    [
        ("said", "VBD", "say"),
        ("Says", "VBZ", "say"),
        ("told", "VBN", "tell"),
        ("noted", "VBD", "note"),
        ("denied", "VBD", "deny"),
        ("denies", "VBZ", "deny"),
        ("planning", "VBG", "plan"),
        ("quipped", "VBD", "quip"),
        ("announced", "VBN", "announce"),
        ("argues", "VBZ", "argue"),
        ("stressed", "VBD", "stress"),
        ("confesses", "VBZ", "confess"),
        ("guessing", "VBG", "guess"),
        ("emphasizing", "VBG", "emphasize"),
        ("criticised", "VBD", "criticise"),
        ("alleging", "VBG", "allege"),
        ("warns", "VBZ", "warn"),
        ("yelled", "VBD", "yell"),
        ("wept", "VBD", "weep"),
        ("lying", "VBG", "lie"),
        ("died", "VBD", "die"),
        ("gathered", "VBD", "gather"),
        ("'s", "VBZ", "be"),
        ("’s", "VBZ", "be"),
        ("warnings", "NNS", "warning"),
        ("pleas", "NNS", "plea"),
        ("stories", "NNS", "story"),
        ("Said", "NNP", "said"),
        ("ing", "VBG", "ing"),
        ("e" * 200 + "ing", "VBG", "e" * 200 + "ing"),
    ],
)
def test_lemma(form: str, tag: str, base: str) -> None:
    assert lexicon.lemma(form, tag) == base


def test_every_regular_form_of_every_reporting_verb_leads_back_to_it() -> None:
    irregular = lexicon.load_table("irregular_verbs")
    for base in lexicon.load_reporting("reporting_verbs"):
        assert lexicon.lemma(base, "VB") == base
        if base in irregular:
            continue
        third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
        third = base[:-1] + "ies" if base.endswith("y") and base[-2] not in "aeo" else third
        assert lexicon.lemma(third, "VBZ") == base


def test_reporting_words_have_modes_and_known_frames() -> None:
    known = {"clause", "infinitive", "question", "gerund", "object", "predicate", "raising", "quote"}
    known |= {"about", "against", "at", "for", "of", "on", "over", "to", "with"}
    for name in ("reporting_verbs", "phrasal_verbs", "reporting_nouns"):
        for key, word in lexicon.load_reporting(name).items():
            assert word.mode in {"speech", "writing", "thought"}, key
            assert word.frames and word.frames <= known, key


def test_modes() -> None:
    assert lexicon.reporting_verb("say").mode == "speech"
    assert lexicon.reporting_verb("tweet").mode == "writing"
    assert lexicon.reporting_verb("hope").mode == "thought"
    assert lexicon.reporting_verb("eat") is None
    assert lexicon.phrasal_verb("point", "out").mode == "speech"
    assert lexicon.phrasal_verb("point", "up") is None
    assert lexicon.reporting_noun("warning").mode == "speech"


def test_a_missing_data_file_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        lexicon.load_words("no_such_list")
