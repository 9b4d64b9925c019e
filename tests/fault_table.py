"""What was done to the service, and what its callers noticed of it."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles

HEAD = f"{'fault':<44}{'requests':>9}{'failures':>10}{'p50':>12}{'p95':>12}"


@dataclass(frozen=True, slots=True)
class Row:
    """One fault. Seconds are those that a request took; ``usual`` are the same without the fault."""

    fault: str
    failures: int
    seconds: list[float]
    usual: list[float]

    @property
    def added(self) -> tuple[float, float]:
        """Milliseconds more than usual, at the median and at the 95th percentile."""
        p50 = median(self.seconds) - median(self.usual)
        p95 = quantiles(self.seconds, n=20)[-1] - quantiles(self.usual, n=20)[-1]
        return 1000 * p50, 1000 * p95

    def __str__(self) -> str:
        p50, p95 = self.added
        return f"{self.fault:<44}{len(self.seconds):>9}{self.failures:>10}{p50:>+12.1f}{p95:>+12.1f}"
