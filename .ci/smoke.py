"""Ask a running service what a new user would ask, and check its answers. Usage: smoke.py URL [SECONDS]."""

import json
import sys
import time
import urllib.error
import urllib.request

ARTICLE = (
    "The harbour will close for three weeks, the port authority said on Monday.\n\n"
    "“We found cracks in two of the piers,” said Marta Lindqvist, the chief engineer. "
    "“Nobody was ever in danger.”\n\n"
    "She told reporters that repairs would begin at once."
)


def ask(url: str, body: bytes | None = None) -> tuple[int, str, str]:
    """Return status, content type and body of any answer; raises ``OSError`` if there is none."""
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read().decode()


def wait_until_ready(base: str, seconds: float) -> None:
    """Poll /readyz. Raises ``TimeoutError`` when it is not 200 within ``seconds``."""
    deadline = time.monotonic() + seconds
    last = "no answer"
    while time.monotonic() < deadline:
        try:
            status, _, last = ask(f"{base}/readyz")
        except OSError as error:
            last = str(error)
        else:
            if status == 200:
                return
        time.sleep(0.5)
    raise TimeoutError(f"not ready after {seconds:g} s; last: {last}")


def check_article(base: str) -> None:
    """The quotations of a small article, with the right speakers and exact offsets."""
    status, kind, body = ask(f"{base}/v1/quotes", json.dumps({"text": ARTICLE}).encode())
    assert (status, kind) == (200, "application/json"), (status, kind, body)
    result = json.loads(body)
    names = {speaker["id"]: speaker["name"] for speaker in result["speakers"]}
    for quote in result["quotes"]:
        for span in quote["content"]:
            assert ARTICLE[span["start"] : span["end"]] == span["text"], span
    said = {names.get(quote["speaker"]) for quote in result["quotes"] if "cracks in two" in quote["text"]}
    assert said == {"Marta Lindqvist"}, body


def check_problem(base: str) -> None:
    """Garbage is answered with a problem document, not with a page or a stack trace."""
    status, kind, body = ask(f"{base}/v1/quotes", b"{nonsense")
    assert (status, kind) == (400, "application/problem+json"), (status, kind, body)


def main() -> None:
    """Run every check; the first that fails ends the run with its reason."""
    base = sys.argv[1].rstrip("/")
    wait_until_ready(base, float(sys.argv[2]) if len(sys.argv) > 2 else 120)
    check_article(base)
    check_problem(base)
    print(f"{base} is ready, attributes an article and refuses garbage.")


if __name__ == "__main__":
    main()
