"""How a section's pages are encoded, and what they declare, which need not be the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Charset:
    """codec: of the bytes. declared: by the page's meta element. sent: by the Content-Type header.

    late: the meta element stands behind byte 1024, where browsers no longer look (HTML, 13.2.3.2).
    """

    codec: str
    declared: str | None = None
    sent: str | None = None
    late: bool = False

    @property
    def content_type(self) -> str:
        return f"text/html; charset={self.sent}" if self.sent else "text/html"

    @property
    def declaration(self) -> str:
        """The markup that declares it, or nothing."""
        if not self.declared:
            return ""
        meta = f'<meta http-equiv="Content-Type" content="text/html; charset={self.declared}" />'
        return f"<!-- {'=' * 1100} -->\n{meta}" if self.late else meta


PLAIN = Charset("utf-8", declared="utf-8", sent="utf-8")
SILENT = Charset("utf-8")
LATE = Charset("utf-8", declared="utf-8", late=True)
LATIN = Charset("cp1252", declared="iso-8859-1")
GB = Charset("gb18030", declared="gb2312")
EUC = Charset("utf-8", declared="euc-jp")

_OF_LANGUAGE: Mapping[str, tuple[Charset, ...]] = {
    "en": (PLAIN, SILENT, LATE, LATIN),
    "zh-CN": (GB, PLAIN),
    "ja": (EUC, PLAIN),
    "ar": (PLAIN, SILENT),
}


def draw_charset(seed: int, section: str, language: str) -> Charset:
    """The charset of a section; that of the section `latest` is always as it says."""
    choices = _OF_LANGUAGE[language]
    return PLAIN if section == "latest" else Random(f"{seed}:charset:{section}").choice(choices)
