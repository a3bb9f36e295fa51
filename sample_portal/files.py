"""Tiny valid files for images and attachments, different for every address and revision to the eye too."""

from __future__ import annotations

import io
import zipfile
from zlib import crc32


def jpeg(path: str, revision: int = 0) -> bytes:
    """A JPEG of 8 by 8 pixels that carries its path and revision as a comment (ITU-T T.81, annex B).

    It is of one shade of grey, which another revision changes by more than a tenth of all that there are.
    """
    comment = f"{path} {revision}".encode()
    shade = (crc32(path.encode()) + 37 * revision) % 128
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xFE, comment),
            _segment(0xDB, b"\x00" + b"\x08" * 64),
            _segment(0xC0, b"\x08\x00\x08\x00\x08\x01\x01\x11\x00"),
            _segment(0xC4, b"\x00\x01" + b"\x00" * 15 + b"\x07"),  # one code: seven bits of grey follow
            _segment(0xC4, b"\x10\x01" + b"\x00" * 16),  # one code: end of block
            _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            bytes((shade,)) + b"\x7f\xff\xd9",
        )
    )


def pdf(path: str, revision: int = 0) -> bytes:
    """A PDF of one page that shows its path and revision (ISO 32000-1, 7.5)."""
    shown = f"BT /F1 6 Tf 9 99 Td ({path} {revision}) Tj ET".encode()
    parts = [f"%PDF-1.4\n% {path} {revision}\n".encode()]
    offsets = []
    for number, body in enumerate(
        (
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources 6 0 R >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Font << /F1 5 0 R >> >>",
        ),
        start=1,
    ):
        offsets.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = sum(map(len, parts))
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    parts.append(b"xref\n0 7\n0000000000 65535 f \n" + table)
    parts.append(b"trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    return b"".join(parts)


def _segment(marker: int, payload: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload


def office(path: str, revision: int = 0) -> bytes:
    """A ZIP, as DOCX and XLSX are, of one text that names its path and revision."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:  # a fixed date: the same bytes on every day
        archive.writestr(zipfile.ZipInfo("document.txt", (2026, 1, 1, 0, 0, 0)), f"{path} {revision}")
    return out.getvalue()
