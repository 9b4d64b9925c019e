"""The command line: train on annotated articles, calibrate on those held out, write the model file.

    python -m training ARTICLES.jsonl --work DIR [--out FILE] [--seed 1] [--epochs 24]

Each article is trained on as it is and in three roughened copies, one of them in each epoch. One seventh of
the articles, by a hash of their ids, is held out of a first network; what it answers on them calibrates the
confidence of the second, which is trained on all and written. Parsed articles are kept in DIR.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from service.extraction.reading import load_model
from training.calibrate import NEUTRAL, calibration, held_out
from training.examples import COPIES, example, parsed, words_of
from training.export import export
from training.train import fit

OUT = Path(__file__).resolve().parent.parent / "service" / "extraction" / "data" / "scorer.npz"
THRESHOLD = 0.33
"""Least probability at which a content stands: where F1 is highest on the articles held out."""


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=24)
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.work.mkdir(parents=True, exist_ok=True)
    nlp = load_model()
    articles = parsed(nlp, options.articles, options.work)
    words = words_of(articles)
    examples = [[example(one, words)] for one in articles]
    for copy in range(1, COPIES):
        for states, one in zip(examples, parsed(nlp, options.articles, options.work, copy=copy), strict=True):
            states.append(example(one, words))
    rest = [states for states in examples if not held_out(states[0].id)]
    first = fit(rest, words, seed=options.seed, epochs=options.epochs)
    trial = options.work / "trial.npz"
    export(first, words, trial, threshold=THRESHOLD, calibration=NEUTRAL)
    table = calibration(trial, [one for one in articles if held_out(one.id)])
    network = fit(examples, words, seed=options.seed, epochs=options.epochs)
    export(network, words, options.out, threshold=THRESHOLD, calibration=table)


if __name__ == "__main__":
    main()
