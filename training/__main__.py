"""The command line: train on annotated articles, calibrate on those held out, write the model file.

    python -m training ARTICLES.jsonl --work DIR [--out FILE] [--seed 1] [--epochs 10]

Each article is trained on as it is and in a roughened copy, in turns. One seventh of the articles, by a hash
of their ids, is held out of a first network; what it answers on them calibrates the confidence of the second,
which is trained on all and written. Parsed articles are kept in DIR.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from service.extraction.reading import load_model
from training.calibrate import NEUTRAL, calibration, held_out
from training.examples import example, parsed, words_of
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
    parser.add_argument("--epochs", type=int, default=9)
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.work.mkdir(parents=True, exist_ok=True)
    copies = [parsed(load_model(), options.articles, options.work, rough=rough) for rough in (False, True)]
    articles = copies[0]
    words = words_of(articles)
    examples = [[example(one, words) for one in states] for states in zip(*copies, strict=True)]
    rest = [states for states in examples if not held_out(states[0].id)]
    first = fit(rest, words, seed=options.seed, epochs=options.epochs)
    trial = options.work / "trial.npz"
    export(first, words, trial, threshold=THRESHOLD, calibration=NEUTRAL)
    table = calibration(trial, [one for one in articles if held_out(one.id)])
    network = fit(examples, words, seed=options.seed, epochs=options.epochs)
    export(network, words, options.out, threshold=THRESHOLD, calibration=table)


if __name__ == "__main__":
    main()
