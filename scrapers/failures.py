"""Naming what went wrong on the way to an answer: one place turns foreign exceptions into ours."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import exceptions as scrapy_errors
from twisted.internet import error as twisted_errors

from revisor.errors import (
    BodyTooLarge,
    FetchError,
    FetchTimeout,
    HostUnreachable,
    RevisorError,
    TruncatedBody,
)


def _detail(error: BaseException) -> str:
    """What to say of a foreign exception; Twisted wraps what really happened in a list of failures."""
    reasons = getattr(error.__cause__, "reasons", None) or [error]
    inner = getattr(reasons[0], "value", reasons[0])
    return str(inner).strip().split("\n")[0][:200] or type(inner).__name__


def name_failure(error: BaseException, url: str) -> RevisorError:
    """The error of our tree that says what happened at `url`; one of ours is returned as it is."""
    if isinstance(error, RevisorError):
        return error
    host = urlsplit(url).netloc
    detail = _detail(error)
    match error:
        case scrapy_errors.CannotResolveHostError():
            return HostUnreachable(f"the name of {host} could not be resolved")
        case scrapy_errors.DownloadConnectionRefusedError():
            return HostUnreachable(f"{host} refused the connection")
        case scrapy_errors.DownloadTimeoutError() | twisted_errors.TimeoutError():
            return FetchTimeout(f"{url} gave no answer in time")
        case scrapy_errors.ResponseDataLossError():
            return TruncatedBody(f"the answer of {url} broke off")
        case scrapy_errors.DownloadCancelledError():
            return BodyTooLarge(f"the answer of {url} is larger than this portal allows")
        case scrapy_errors.DownloadFailedError() | twisted_errors.ConnectError():
            return HostUnreachable(f"the connection to {host} failed: {detail}")
        case _:
            return FetchError(f"{url} could not be fetched: {type(error).__name__}: {detail}")
