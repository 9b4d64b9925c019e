"""The application with the real model: places are right in every unit, answers are the same in every way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from fakes import make_app
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi import CheckingClient
from places import UNITS, check_places

from service.app import build_engine
from service.config import Settings

ARTICLE = """👩‍🚒 Fire at the mill 🔥

“Nobody was hurt,” said fire chief Aoife Ní Bhriain. “We were lucky.”

She said that the cause was not known.

According to the owner, Žofia Kowalczyk, the mill had been “as good as new” – 𝔫𝔢𝔴.

“It will be rebuilt,” she added.
"""
PIECES = [
    "“",
    "”",
    "‘",
    "’",
    '"',
    "«",
    "»",
    "„",
    "'",
    "\n",
    "\n\n",
    " ",
    "😀",
    "é",
    "e\u0301",
    "\u202e",
    "\0",
    "\u200b",
]
PIECES += [
    "said",
    "Ann Lee",
    "she",
    "the mayor",
    "according to",
    "that",
    "It is true",
    "not",
    ",",
    ".",
    ":",
    "–",
    "7",
]


@pytest.fixture(scope="module")
def real() -> CheckingClient:
    chosen = Settings(workers=1, deadline_seconds=600, queue_seconds=600)
    return make_app(chosen, build_engine(chosen)).test_client()


@pytest.mark.parametrize("unit", UNITS)
def test_places_are_right_in_every_unit_for_text_and_html(real: CheckingClient, unit: str) -> None:
    options = {"offset_unit": unit, "modes": ["speech", "writing", "thought"]}
    result = real.post("/v1/quotes", json={"text": ARTICLE, "options": options}).json
    assert len(result["quotes"]) >= 4
    check_places(result)
    html = "".join(f"<p>{line}</p>" for line in ARTICLE.replace("–", "&ndash;").splitlines() if line)
    result = real.post("/v1/quotes", json={"html": html, "options": options}).json
    assert len(result["quotes"]) >= 4
    check_places(result, html)


def test_the_speakers_are_those_of_the_article(real: CheckingClient) -> None:
    result = real.post("/v1/quotes", json={"text": ARTICLE}).json
    names = {speaker["id"]: speaker["name"] for speaker in result["speakers"]}
    said = {quote["text"]: names.get(quote["speaker"]) for quote in result["quotes"]}
    assert said["“Nobody was hurt,” “We were lucky.”"] == "Aoife Ní Bhriain"


def test_the_answer_is_the_same_alone_in_a_batch_and_in_any_thread(real: CheckingClient) -> None:
    texts = [ARTICLE.replace("Nobody", f"Number {number}") for number in range(4)]
    private = {"Cache-Control": "no-store"}

    def ask(text: str) -> dict:
        return real.application.test_client().post("/v1/quotes", json={"text": text}, headers=private).json

    alone = [ask(text) for text in texts]
    batch = {"articles": [{"text": text} for text in texts]}
    assert real.post("/v1/quotes/batch", json=batch, headers=private).json["results"] == alone
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, texts * 2)) == alone * 2


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=60), kind=st.sampled_from(["text", "html"])
)
def test_any_mess_is_answered(real: CheckingClient, pieces: list[str], kind: str) -> None:
    source = " ".join(pieces)
    options = {"offset_unit": "utf16", "modes": ["speech", "writing", "thought"]}
    answer = real.post("/v1/quotes", json={kind: source, "language": "en", "options": options})
    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        check_places(answer.json, source if kind == "html" else None)


@pytest.mark.parametrize("member", ["text", "html"])
@pytest.mark.parametrize("mark", ["\0", "\x07", "\x1b"])
def test_control_characters_are_kept_and_counted_and_read_as_nothing_else(
    real: CheckingClient, member: str, mark: str
) -> None:
    said = f"“Nobody{mark} was hurt,”"
    answer = real.post("/v1/quotes", json={member: f"{said}{mark} said fire chief Aoife Ní Bhriain.{mark}"})
    assert answer.status_code == 200
    (quote,), (speaker,) = answer.json["quotes"], answer.json["speakers"]
    assert [span["text"] for span in quote["content"]] == [said]
    assert speaker["name"] == "Aoife Ní Bhriain"
    check_places(answer.json)


def test_the_newsrooms_people_get_their_names_identifiers_and_roles(tmp_path) -> None:
    people = tmp_path / "people.jsonl"
    people.write_text(
        '{"name": "Volodymyr Zelenskyy", "identifier": "ua-1", "role": "president of Ukraine"}\n', "utf-8"
    )
    settings = Settings(workers=1, known_people=str(people))
    client = make_app(settings, build_engine(settings)).test_client()
    text = "Volodymyr Zelenskiy spoke on Monday. “We will rebuild it,” Zelenskiy said."
    [speaker] = client.post("/v1/quotes", json={"text": text}).json["speakers"]
    assert (speaker["name"], speaker["identifier"]) == ("Volodymyr Zelenskyy", "ua-1")
    assert speaker["role"] == "president of Ukraine"
    [speaker] = client.post("/v1/quotes", json={"text": "“We will,” said Oleh Zelenskiy."}).json["speakers"]
    assert speaker["identifier"] is None
