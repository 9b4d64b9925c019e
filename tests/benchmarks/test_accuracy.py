"""What the accuracy benchmark computes beside the scorer's own table, and when it says that accuracy fell."""

from __future__ import annotations

import pytest
from accuracy import fallen
from calibration import Answer, Judged, bins, calibration_error, draw, precision_recall, sure_answers

ANSWERS = [Answer(0.95, True), Answer(0.91, True), Answer(0.92, False), Answer(0.3, False)]


def figures(quoted: float, everything: float) -> dict[str, object]:
    return {"polnear-dev": {"learned": {"quoted": {"e2e F1": quoted}, "all": {"e2e F1": everything}}}}


def test_a_bin_holds_the_answers_of_like_confidence() -> None:
    assert [one.count for one in bins(ANSWERS)] == [1, 3]
    assert bins([Answer(1.0, True)])[0].count == 1


def test_calibration_error_weighs_each_gap_by_its_share() -> None:
    surest = (0.95 + 0.91 + 0.92) / 3
    assert calibration_error(ANSWERS) == pytest.approx(0.75 * (surest - 2 / 3) + 0.25 * 0.3)
    assert calibration_error([Answer(0.5, True), Answer(0.5, False)]) == 0


def test_sure_answers_are_counted_from_the_bound_on() -> None:
    assert sure_answers(ANSWERS) == (pytest.approx(2 / 3), 0.75)
    assert sure_answers([Answer(0.9, True), Answer(0.89, False)]) == (1.0, 0.5)


def test_recall_counts_against_the_gold_and_precision_against_the_answers() -> None:
    assert precision_recall(Judged(ANSWERS, gold=4)) == [(0.25, 1.0), (0.25, 0.5), (0.5, 2 / 3), (0.5, 0.5)]


def test_plots_are_png_files(tmp_path) -> None:
    draw({"all": Judged(ANSWERS, gold=4)}, tmp_path, "invented")
    for name in ("invented-reliability.png", "invented-precision-recall.png"):
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")


def test_a_fall_of_more_than_half_a_point_is_told() -> None:
    assert fallen(figures(87.2, 71.0), figures(86.7, 70.5)) == []
    assert fallen(figures(87.2, 71.0), figures(86.6, 71.0)) == [
        "polnear-dev, learned, quoted, e2e F1: 86.6 now, 87.2 kept"
    ]
    assert len(fallen(figures(87.2, 71.0), figures(80.0, 60.0))) == 2


def test_what_was_not_kept_cannot_fall() -> None:
    assert fallen({}, figures(10.0, 10.0)) == []
