"""The tables of `./run bench extraction`: a column for each extractor, a line for each figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from benchmarks.extraction.marks import DATED, DATES, Tally, asked, halves
from benchmarks.extraction.measure import Measured, Speed
from benchmarks.shared.gold import f1

_FIELD_OF = {
    "titles exact": "title",
    "pages with a wrong date": "published",
    "captions tied": "captions",
    "captions false": "captions",
} | {
    "attachments right": "attachments",
    "attachments false": "attachments",
    **{f"{name} {verdict}": name for name in DATED for verdict in DATES},
}
"""A count -> the field that an extractor must give to have it."""


@dataclass(frozen=True, slots=True)
class SetResult:
    """One set, by all extractors; ours first. bare: seconds of the bare parse of each page."""

    name: str
    measured: tuple[Measured, ...]
    bare: tuple[float, ...]

    @property
    def asked(self) -> Counter[str]:
        return asked([mark.page for mark in self.measured[0].marks])

    def row(self) -> dict[str, object]:
        """The set for JSON."""
        return {
            "set": self.name,
            "asked": dict(self.asked),
            "extractors": {one.extractor.name: self._column(one) for one in self.measured},
            "oracle_f1": self.oracle(),
        }

    def _column(self, one: Measured) -> dict[str, object]:
        parts = zip(("all", "half_0", "half_1"), halves(one.marks), strict=True)
        quality = {name: tally.row() for name, tally in parts}
        return {**quality, "cpu": asdict(Speed.of(one.cpu, self.bare))}

    def oracle(self) -> float | None:
        """The F1 of the peers if the best of them were known for each page; None without peers."""
        peers = [one.marks for one in self.measured[1:]]
        best = [max(marks, key=lambda mark: mark.f1) for marks in zip(*peers, strict=True)]
        return f1([mark.precision for mark in best], [mark.recall for mark in best]) if peers else None

    def print(self) -> None:
        """Print quality, then cost. A cell is the whole set and, in brackets, its halves."""
        tallies = [halves(one.marks) for one in self.measured]
        whole, first, second = tallies[0]
        sizes = f"{whole.pages} ({first.pages} {second.pages})"
        self._line(f"{self.name}: {sizes} pages", [one.extractor.name for one in self.measured])
        for name in ("f1", "precision", "recall"):
            self._line(name, [_shares(name, parts) for parts in tallies])
        for name in self._counts():
            due = f", of {self.asked[name]}" if name in self.asked else ""
            self._line(
                name + due,
                [_cell(name, one, parts) for one, parts in zip(self.measured, tallies, strict=True)],
            )
        oracle = self.oracle()
        if oracle is not None:
            print(f"{'the best peer for each page, chosen by an oracle: f1':<52} {oracle:.4f}")
        self._print_speed()
        print()

    def _counts(self) -> list[str]:
        """The counts that this set can tell, in the order of their lines."""
        names = ["titles exact"]
        for field in DATED:
            if self.asked[f"{field} right"]:
                names += [f"{field} {verdict}" for verdict in DATES]
        names.append("pages with a wrong date")
        for tied, false in (("captions tied", "captions false"), ("attachments right", "attachments false")):
            if self.asked[tied]:
                names += [tied, false]
        return [*names, "failed"]

    def _print_speed(self) -> None:
        speeds = [Speed.of(one.cpu, self.bare) for one in self.measured]
        bare = Speed.of(self.bare, self.bare)
        parse = f"parse {bare.median:.2f}, {bare.p95:.2f}, {bare.worst:.2f}"
        cells = [f"{s.median:.2f}, {s.p95:.2f}, {s.worst:.1f}" for s in speeds]
        self._line("CPU ms: median, p95, worst", cells, parse)
        cells = [f"{s.sums:.1f}, {s.medians:.1f}, {s.worst_ratio:.1f}" for s in speeds]
        self._line("times the parse: sums, medians, worst page", cells)

    def _line(self, label: str, cells: Sequence[str], note: str = "") -> None:
        print(f"{label:<43}" + "".join(f" {cell:>22}" for cell in cells) + (f"  {note}" if note else ""))


def _shares(name: str, parts: Sequence[Tally]) -> str:
    whole, first, second = (float(getattr(part, name)) for part in parts)
    return f"{whole:.4f} ({first:.3f} {second:.3f})"


def _cell(name: str, one: Measured, parts: Sequence[Tally]) -> str:
    if name in _FIELD_OF and _FIELD_OF[name] not in one.extractor.gives:
        return "-"
    whole, first, second = (part.counts[name] for part in parts)
    return f"{whole} ({first} {second})"


def print_worst(result: SetResult, number: int) -> None:
    """Print our worst pages by their body, each with the best peer on it and all that is wrong with it."""
    ours, *peers = result.measured
    for place in sorted(range(len(ours.marks)), key=lambda i: (ours.marks[i].f1, -len(ours.marks[i].wrong)))[
        :number
    ]:
        mark = ours.marks[place]
        best = max(peers, key=lambda peer: peer.marks[place].f1, default=None)
        beside = f", {best.extractor.name} {best.marks[place].f1:.3f}" if best else ""
        print(f"{mark.page.gold.id}: P {mark.precision:.3f} R {mark.recall:.3f} F1 {mark.f1:.3f}{beside}")
        for line in mark.wrong:
            print(f"    {line[:200]}")


def rows(results: Sequence[SetResult]) -> Mapping[str, object]:
    return {"format": "revisor.bench.extraction/1", "sets": [result.row() for result in results]}
