"""Which lines of a page are the article: where it begins, where it ends, what inside is not of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from revisor.model import BlockKind
from scrapers.parsers import phrases
from scrapers.parsers.outline import Box, Line, Outline
from scrapers.parsers.text import SENTENCE_END, weight, words

_LISTS = words("ul ol table p")
_ITEMS = words("li dt dd")
_UNHEADED = words("ul ol td tr table")
_SINGLE = words("p td th tr tbody dd dt h1 h2 h3 h4 h5 h6")
_CONTAINERS = words("div section article main td table form center")


@dataclass(frozen=True, slots=True)
class Region:
    """The article's lines in reading order, why others were left out, and the box that holds it."""

    kept: tuple[int, ...]
    reasons: dict[int, str]
    box: int


def prose(line: Line) -> int:
    """How much a line speaks for being running text; links speak against it."""
    if line.zone or line.kind is BlockKind.HEADING:
        return 0
    size = weight(line.text)
    free = size - 2 * line.linked * size // max(1, len(line.text))
    if free <= 0:
        return 0
    if size >= 80 or (size >= 30 and line.text.endswith(SENTENCE_END)):
        return free
    return free // 4


class _Choice:
    """Choosing on one page; prefix sums make the values of a box cost the same whatever its size."""

    def __init__(self, page: Outline, title: int | None) -> None:
        self.page = page
        self.values = [0, *accumulate(map(prose, page.lines))]
        self.sizes = [0, *accumulate(len(line.text) for line in page.lines)]
        self.links = [0, *accumulate(line.linked for line in page.lines)]
        self.reasons: dict[int, str] = {}
        late = title is not None and self.values[title] > 3 * (self.values[-1] - self.values[title])
        self.title = None if late else title
        self.total = 0

    def value(self, box: Box) -> int:
        return self.values[box.last] - self.values[box.first]

    def after_title(self, box: Box) -> int:
        start = box.first if self.title is None else max(box.first, self.title + 1)
        return max(0, self.values[max(start, box.last)] - self.values[start])

    def density(self, box: Box) -> float:
        size = self.sizes[box.last] - self.sizes[box.first]
        return (self.links[box.last] - self.links[box.first]) / size if size else 0.0

    def holds(self, box: Box, line: int | None) -> bool:
        return line is not None and box.first <= line < box.last

    def best(self, index: int) -> int | None:
        children = self.page.boxes[index].children
        best = max(children, key=lambda child: self.after_title(self.page.boxes[child]), default=None)
        return best if best is not None and self.after_title(self.page.boxes[best]) > 0 else None

    def meeting(self) -> int:
        """The smallest box with both the headline and the text after it; without a headline, of the text."""
        current = 0
        while (best := self.best(current)) is not None:
            box = self.page.boxes[best]
            share = self.after_title(box) / max(1, self.after_title(self.page.boxes[current]))
            if share < (0.6 if self.title is None else 0.3) or not (
                self.title is None or self.holds(box, self.title)
            ):
                break
            current = best
        return current

    def choose(self) -> Region:
        box = self.meeting()
        self.total = self.after_title(self.page.boxes[box])
        kept: list[int] = []
        self._collect(box, kept, top=True)
        return Region(tuple(kept), self.reasons, box)

    def _drop(self, box: Box, why: str) -> None:
        for line in range(box.first, box.last):
            self.reasons.setdefault(line, why)

    def _collect(self, index: int, kept: list[int], *, top: bool) -> None:
        """Lines of a box in order, less the child boxes that are furniture."""
        page = self.page
        stack = [(index, top)]
        chosen: set[int] = set()
        while stack:
            current, at_top = stack.pop()
            box = page.boxes[current]
            main = self.best(current) if at_top else None
            inside: set[int] = set()
            cut = False
            for child in box.children:
                inner = page.boxes[child]
                inside.update(range(inner.first, inner.last))
                why = "after a closing heading" if cut else self._furniture(child, current, main)
                if why is None:
                    stack.append((child, at_top and self.title is not None and self.holds(inner, self.title)))
                else:
                    cut = cut or (why.startswith("closing") and self._mostly_said(inner, box))
                    self._drop(inner, why)
            chosen.update(line for line in range(box.first, box.last) if line not in inside)
        for line in sorted(chosen):
            why = self._unfit(line)
            if why is None:
                kept.append(line)
            else:
                self.reasons.setdefault(line, why)

    def _unfit(self, index: int) -> str | None:
        line = self.page.lines[index]
        if line.zone:
            return line.zone
        if self.title is not None and index < self.title:
            return "before the headline"
        if phrases.is_legal(line.text):
            return "footer: copyright"
        if phrases.is_tool(line.text):
            return "tools"
        if phrases.is_counter(line.text):
            return "counter"
        return None

    def _furniture(self, child: int, parent: int, main: int | None) -> str | None:
        """Why a child box is not of the article; None if it may be."""
        page = self.page
        box = page.boxes[child]
        if box.first == box.last:
            return None
        if box.zone:
            return box.zone
        if self.title is not None and box.last <= self.title:
            return "before the headline"
        if self.holds(box, self.title) or child == main or self.value(box) * 3 > self.total:
            return None
        if main is not None and child > main and self._trails(box, page.boxes[main]):
            return "after the text"
        return self._by_content(box, page.boxes[parent])

    def _mostly_said(self, box: Box, parent: Box) -> bool:
        """Whether by far the most of a box's text stands before one of its children."""
        before, after = (
            self.values[box.first] - self.values[parent.first],
            self.values[parent.last] - self.values[box.last],
        )
        return before > 4 * after

    def _trails(self, box: Box, main: Box) -> bool:
        """Whether a box after the main one is too small to be more of the same text."""
        alike = (box.tag, box.names) == (main.tag, main.names)
        return {box.tag, main.tag} <= _CONTAINERS and not alike and self.value(box) * 8 < self.value(main)

    def _by_content(self, box: Box, parent: Box) -> str | None:
        """Judge a box by its first line and by how much of it are links."""
        lines = self.page.lines[box.first : box.last]
        if len(lines) == 1 and box.tag in _SINGLE:
            return None
        head = lines[0].text
        small = self.value(box) * 5 < self.total
        if small and len(lines) > 1 and box.tag not in _UNHEADED and phrases.heads_furniture(head):
            return f"{'closing ' if phrases.closes_article(head) else ''}heading {head!r}"
        if box.tag in _ITEMS:
            return None  # the list as a whole was judged
        density = self.density(box)
        if density > 0.6 and not (box.tag in _LISTS and self._own_prose(parent) > 0):
            return f"links: density {density:.1f}"
        return None

    def _own_prose(self, box: Box) -> int:
        """Prose in the paragraphs that are children of the box itself."""
        boxes = self.page.boxes
        return sum(
            self.value(boxes[child]) for child in box.children if boxes[child].tag in {"p", "blockquote"}
        ) or (self.value(box) if not box.children else 0)


def choose(page: Outline, title: int | None) -> Region:
    """The article's region: from the headline to the end of the box that holds the text, less furniture."""
    return _Choice(page, title).choose()
