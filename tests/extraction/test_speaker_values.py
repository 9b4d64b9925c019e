"""What is said of a speaker besides the name: role, aliases, pronouns, identifier; whom a caller knows."""

from __future__ import annotations

import pytest
from spacy.language import Language
from speaker_cases import SpeakerCase, load_cases, read_case, resolved

from service.documents import read_text
from service.extraction.models import Attribution, KnownPerson, Resolution, Span, Speaker
from service.extraction.people.table import SPEAKER_RULES
from service.extraction.reading import read
from service.extraction.speakers import CONFIDENCE, resolve


def speakers_of(nlp: Language, marked: str, *known: KnownPerson) -> tuple[Speaker, ...]:
    case = read_case("", "", marked)
    return resolved(nlp, case.text, case.sources, known=known)[2]


def test_a_person_has_role_aliases_and_stated_pronouns(nlp: Language) -> None:
    (speaker,) = speakers_of(
        nlp,
        "Harbour Ministry Spokesperson Lidia Kovac met reporters. “We are open,” [Kovac|] said. "
        "“Come in,” [she|] added.",
    )
    assert speaker == Speaker(
        id="s1",
        name="Lidia Kovac",
        kind="person",
        role="Harbour Ministry Spokesperson",
        aliases=("Kovac",),
        pronouns=("she",),
    )


@pytest.mark.parametrize(
    ("marked", "role"),
    [
        ("[Lidia Kovac|], the former ambassador to Ruritania, said no.", "former ambassador to Ruritania"),
        ("The harbour pilot, [Lidia Kovac|], said no.", "harbour pilot"),
        ("[Lidia Kovac|], 41, a baker from Zenda, said no.", "baker from Zenda"),
        ("[Lidia Kovac|] is the mayor of Zenda. She said no.", "mayor of Zenda"),
        ("[Lidia Kovac|], who is a poet, said no.", "poet"),
        ("His wife, [Lidia Kovac|], said no.", None),
        ("[Mrs Lidia Kovac|] said no.", None),
    ],
)
def test_roles_are_kept_as_the_article_says_them(nlp: Language, marked: str, role: str | None) -> None:
    assert speakers_of(nlp, marked)[0].role == role


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("[A junior minister|] said no.", "unnamed"),
        ("[Some ministers|] said no.", "group"),
        ("[The Treasury|] said no.", "organisation"),
        ("[Lidia Kovac and Rudi Ott|] said no.", "group"),
        ("[A report by the port|] said no.", "organisation"),
        ("[The General Staff|] said no.", "organisation"),
    ],
)
def test_speakers_are_of_four_kinds(nlp: Language, marked: str, kind: str) -> None:
    assert speakers_of(nlp, marked)[0].kind == kind


@pytest.mark.parametrize(
    ("name", "pronoun", "kind"),
    [
        ("Lavrov", "he", "person"),
        ("Zelenchuk", "she", "person"),
        ("The Northern Bank", "he", "organisation"),
        ("Northern Bank", "he", "organisation"),
        ("UNHCR", "he", "organisation"),
        ("Lavrov", "it", "organisation"),
    ],
)
def test_a_name_alone_that_goes_by_he_or_she_is_a_person(
    nlp: Language, name: str, pronoun: str, kind: str
) -> None:
    marked = f"[{name}|] said it was late. “It is over,” [{pronoun}|] added."
    assert speakers_of(nlp, marked)[0].kind == kind


def test_an_unnamed_one_keeps_what_else_it_is_called(nlp: Language) -> None:
    (speaker,) = speakers_of(nlp, "“No,” [a palace source|] said. “Never,” [the source|] said.")
    assert (speaker.name, speaker.aliases) == ("a palace source", ("the source",))


def test_gender_is_not_claimed_from_the_name(nlp: Language) -> None:
    assert speakers_of(nlp, "[Lidia Kovac|] said no.")[0].pronouns == ()


class TestKnownPeople:
    """People whom the caller expects keep the caller's name, whatever the article's spelling."""

    zelenchuk = KnownPerson("Volodymyr Zelenchuk", ("Wolodymyr Selentschuk",), "Q1")

    def test_another_transliteration(self, nlp: Language) -> None:
        (speaker,) = speakers_of(nlp, "[Volodimir Zelentchuk|] said no.", self.zelenchuk)
        assert (speaker.name, speaker.identifier) == ("Volodymyr Zelenchuk", "Q1")
        assert speaker.aliases == ("Volodimir Zelentchuk",)

    def test_an_alias_joins_what_letters_do_not(self, nlp: Language) -> None:
        marked = "[Wolodymyr Selentschuk|] said no. [Volodymyr Zelenchuk|] said yes. [Selentschuk|] left."
        (speaker,) = speakers_of(nlp, marked, self.zelenchuk)
        assert speaker.identifier == "Q1"

    def test_a_bare_surname_that_only_one_of_them_bears(self, nlp: Language) -> None:
        (speaker,) = speakers_of(nlp, "[Mr Zelenchuk|] said no.", self.zelenchuk, KnownPerson("Ann Roe"))
        assert (speaker.name, speaker.identifier) == ("Volodymyr Zelenchuk", "Q1")

    def test_a_bare_surname_that_two_of_them_bear_is_neither(self, nlp: Language) -> None:
        known = (KnownPerson("Ann Roe", identifier="A"), KnownPerson("Ben Roe", identifier="B"))
        (speaker,) = speakers_of(nlp, "[Mr Roe|] said no. He left.", *known)
        assert (speaker.name, speaker.identifier) == ("Roe", None)

    def test_a_namesake_with_another_given_name_is_somebody_else(self, nlp: Language) -> None:
        (speaker,) = speakers_of(nlp, "[Petro Zelenchuk|] said no. [Zelenchuk|] left.", self.zelenchuk)
        assert (speaker.name, speaker.identifier) == ("Petro Zelenchuk", None)

    def test_one_who_is_not_in_the_article_is_no_speaker(self, nlp: Language) -> None:
        (speaker,) = speakers_of(nlp, "[Ann Roe|] said no.", self.zelenchuk)
        assert speaker.name == "Ann Roe"


class TestFlow:
    """How attributions hang together."""

    text = "“No,” said Ann Roe. “Never.”\n\n“Not even on Sundays.”\n\nRudi Ott disagreed."

    def attributions(self) -> list[Attribution]:
        roe = Span(self.text.index("Ann"), self.text.index("Ann") + 7)
        follows = [Span(self.text.index("“Never"), self.text.index("”\n\n“N") + 1)]
        later = [Span(self.text.index("“Not even"), self.text.index("”\n\nRudi") + 1)]
        return [
            Attribution((Span(0, 5),), None, roe, "test", 1.0),
            Attribution(tuple(follows), None, None, "test", 1.0, follows=0),
            Attribution(tuple(later), None, roe, "test", 1.0, follows=1),
        ]

    def resolve(
        self, nlp: Language, found: list[Attribution]
    ) -> tuple[tuple[Resolution, ...], tuple[Speaker, ...]]:
        article = read_text(self.text)
        return resolve(read(nlp, article, ()), article, (), found)

    def test_who_goes_on_is_the_same_speaker_a_little_less_surely(self, nlp: Language) -> None:
        resolutions, speakers = self.resolve(nlp, self.attributions())
        assert [found.speaker for found in resolutions] == ["s1", "s1", "s1"]
        assert [speaker.name for speaker in speakers] == ["Ann Roe"]
        sure = [found.confidence for found in resolutions]
        assert sure[0] > sure[1] > sure[2]

    def test_no_source_is_nobody(self, nlp: Language) -> None:
        alone = Attribution((Span(0, 5),), None, None, "test", 1.0)
        assert self.resolve(nlp, [alone]) == ((Resolution(None, "no-source", 0.0),), ())

    def test_nothing_in_nothing_out(self, nlp: Language) -> None:
        assert self.resolve(nlp, []) == ((), ())

    def test_speakers_are_numbered_by_their_first_quotation(self, nlp: Language) -> None:
        ott = Span(self.text.index("Rudi"), self.text.index("Rudi") + 8)
        found = [Attribution((Span(60, 65),), None, ott, "test", 1.0), self.attributions()[0]]
        resolutions, speakers = self.resolve(nlp, found)
        assert [speaker.name for speaker in speakers] == ["Ann Roe", "Rudi Ott"]
        assert [found.speaker for found in resolutions] == ["s2", "s1"]

    @pytest.mark.parametrize("text", ["", " ", "…", "“”", "\n\n", "A", "’s"])
    def test_hardly_any_text(self, nlp: Language, text: str) -> None:
        article = read_text(text)
        source = Span(0, len(article.text)) if article.text else None
        found = [Attribution((Span(0, len(article.text)),), None, source, "test", 1.0)]
        resolutions, _ = resolve(read(nlp, article, ()), article, (), found)
        assert len(resolutions) == 1


@pytest.mark.parametrize("case", [*load_cases()], ids=lambda case: case.id)
def test_rules_are_explained_and_those_that_name_somebody_have_a_confidence(
    case: SpeakerCase, nlp: Language
) -> None:
    _, resolutions, speakers = resolved(nlp, case.text, case.sources)
    identifiers = {speaker.id for speaker in speakers}
    for found in resolutions:
        assert SPEAKER_RULES[found.rule].about
        assert (found.speaker is None) == (found.confidence == 0.0)
        assert found.speaker is None or (found.rule in CONFIDENCE and found.speaker in identifiers)


def test_the_same_text_gives_the_same_answer(nlp: Language) -> None:
    case = next(iter(load_cases()))
    assert resolved(nlp, case.text, case.sources) == resolved(nlp, case.text, case.sources)
