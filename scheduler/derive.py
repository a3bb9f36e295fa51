"""From a capture to what it means: an article, a missing page, or a named failure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from revisor.digest import digests
from revisor.errors import EgressRefused, ExtractionError, HttpError, OffPortalRedirect, RevisorError
from revisor.model import Article, Capture, Digests, Rules
from scrapers.egress import check
from scrapers.parsers.article import extract
from scrapers.parsers.tree import demand_html
from scrapers.portal import Portal, redirect_target


@dataclass(frozen=True, slots=True)
class Readable:
    """A capture of which an article could be read."""

    article: Article
    digests: Digests


def read(portal: Portal, capture: Capture, rules: Rules) -> Readable | ExtractionError:
    """The article of a capture under these rules, or the error that says why there is none.

    Its links are seen from the portal's own spelling of the address: by which scheme or alias a page was
    fetched must not make its images look replaced.
    """
    url = portal.canonical(capture.url) or capture.url
    try:
        article = extract(capture.body, capture.headers, url, rules).article
    except ExtractionError as error:
        return error
    return Readable(article, digests(article))


def list_error(capture: Capture) -> ExtractionError | None:
    """The error that says why an answer is no list of links, None where it may be one."""
    try:
        demand_html(capture.body, capture.headers, capture.url)
    except ExtractionError as error:
        return error
    return None


def answer_error(portal: Portal, capture: Capture) -> RevisorError | None:
    """The error that an answer without a page amounts to; None for a redirect inside the portal."""
    if not 300 <= capture.status < 400:
        return HttpError(f"{capture.url} answers {capture.status}")
    target = redirect_target(capture)
    if target is None:
        return HttpError(f"{capture.url} answers {capture.status} and leads to no address that can be read")
    if portal.canonical(target):
        return None
    host = urlsplit(target).hostname or ""
    try:
        check(host, portal.networks)
    except EgressRefused:
        if host.replace(".", "").isdigit() or ":" in host:
            return EgressRefused(f"{capture.url} redirects to {host}, which is not on the public internet")
    return OffPortalRedirect(f"{capture.url} redirects to {target[:200]}, outside the portal")
