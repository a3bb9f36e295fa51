"""What the API may be asked and told, as its OpenAPI description says it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from reports.web.filters import MAX_TEXT, Filters, State
from revisor.model import Kind
from storage.records import LONGEST_NOTE, LONGEST_REVIEWER

MAX_OFFSET = 1_000_000_000

_CALENDAR = (  # exact, leap years too: what fits the description is never refused
    r"(?:(?:19|20)[0-9]{2}-(?:"
    r"(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:(?:19|20)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)"
)
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
MOMENT = rf"^(?:now|today|yesterday|[0-9]{{1,4}}(?:min|m|h|d|w)|{_CALENDAR}(?:T{_CLOCK})?)?$"
_FORMS = "A date, a date and time (RFC 3339), or counted back from now: `7d`, `24h`, `today`, `yesterday`."


class _Question(BaseModel):
    """A word that is misspelt is refused, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Slice(_Question):
    """Which part of a list."""

    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=MAX_OFFSET)


class ChangesAsked(Slice):
    """Which changes, in the words of the page /changes."""

    portal: str = Field("", max_length=MAX_TEXT)
    section: str = Field("", max_length=MAX_TEXT)
    kind: list[Kind] = Field([], max_length=20, description="At least one of these.")
    since: str = Field("", pattern=MOMENT, description=_FORMS)
    until: str = Field("", pattern=MOMENT, description=f"Before then; a day counts to its end. {_FORMS}")
    words: str = Field("", max_length=MAX_TEXT, description="All of them: in title, text or address.")
    state: State = State.ALL
    all: bool = Field(default=False, description="Cosmetic and technical changes too.")

    @property
    def filters(self) -> Filters:
        """The same question as a page would put it."""
        return Filters(
            portal=self.portal,
            section=self.section,
            kind=tuple(self.kind),
            since=self.since,
            until=self.until,
            words=self.words,
            state=self.state,
            all="1" if self.all else "",
        )


class RunsAsked(Slice):
    """Which runs."""

    portal: str = Field("", max_length=MAX_TEXT)


class NewReview(_Question):
    """What somebody says of a change."""

    reviewed: bool = Field(strict=True, description="Whether it needs no further look.")
    note: str = Field("", max_length=LONGEST_NOTE)
    reviewer: str | None = Field(None, max_length=LONGEST_REVIEWER, description="How the person signs.")
