"""Response bodies: compressed, and stored once however often they were fetched."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, select

from revisor.errors import DatabaseDamaged
from storage.packing import sha256, squeeze, unsqueeze
from storage.schema import body

_KNOWN = select(body.c.size).where(body.c.digest == bindparam("digest"))
_INSERT = insert(body)
_READ = select(body.c.size, body.c.encoding, body.c.data).where(body.c.digest == bindparam("digest"))


def put(connection: Connection, content: bytes) -> str:
    """Keep the body and return its digest, SHA-256 in hex; a body that is there already is left alone.

    Raises StorageError for one above `packing.LARGEST`.
    """
    digest = sha256(content)
    if connection.execute(_KNOWN, {"digest": digest}).first() is None:
        row = {"digest": digest, "size": len(content), "encoding": "zstd", "data": squeeze(content)}
        connection.execute(_INSERT, row)
    return digest


def get(connection: Connection, digest: str) -> bytes:
    """The body of that digest.

    Raises DatabaseDamaged when it is not there, cannot be decompressed, or is not what was stored.
    """
    row = connection.execute(_READ, {"digest": digest}).first()
    if row is None or row.encoding != "zstd":
        raise DatabaseDamaged(f"the body {digest} is missing")
    content = unsqueeze(row.data, f"the body {digest}")
    if len(content) != row.size or sha256(content) != digest:
        raise DatabaseDamaged(f"the body {digest} is not what was stored")
    return content
