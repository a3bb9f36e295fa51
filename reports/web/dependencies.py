"""What every handler may ask for: the desk of its application, and numbers of stored things."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Request

from reports.web.desk import Desk

MAX_ID = 2**63 - 1
"""Of a row in the database; SQLite takes no larger number."""


async def _desk(request: Request) -> Desk:  # async, so that it needs no thread
    desk = request.app.state.desk
    if not isinstance(desk, Desk):
        raise TypeError("the application has no desk")
    return desk


DeskHere = Annotated[Desk, Depends(_desk)]
Id = Annotated[int, Path(ge=1, le=MAX_ID)]
