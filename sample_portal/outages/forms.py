"""The names of the thirty forms of an outage, each with what a visitor sees of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Outage(StrEnum):
    """The forms of an outage; `label` says what a visitor sees, on every address unless it says less.

    "Pages" are the home page, lists and articles: files and robots.txt carry on where a web server has them
    on its disk and only what makes the pages has failed.
    """

    label: str

    def __new__(cls, name: str, label: str) -> Self:
        """A form by its name in files and tables."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.label = label
        return member

    # the visitor is turned away
    FIREWALL = "firewall", "200, a firewall's page with the number of an incident"
    CHALLENGE = "challenge", "503 or 403 by the seed, 'just a moment' and a script that tests the browser"
    CAPTCHA = "captcha", "200, a form with a picture to be typed off"
    FORBIDDEN = "forbidden", "403, the bare page of a web server"
    THROTTLED = "throttled", "429 with Retry-After"
    UNAUTHORIZED = "unauthorized", "401, a name and password are asked for"
    LOGIN = "login", "302 to /login, where 200 and a form for staff stand"
    ROBOTS = "robots", "robots.txt forbids everything to everyone; the rest is as always"
    # the portal is not there
    MAINTENANCE = "maintenance", "503 with Retry-After, 'we will be back soon'"
    MAINTENANCE_PAGE = "maintenance_page", "200, 'we will be back soon'"
    GATEWAY = "gateway", "502, 503 or 504 by the seed, the bare page of a proxy"
    SERVER_ERROR = "server_error", "500 with a stack trace in place of all pages; files carry on"
    NOT_FOUND = "not_found", "404, the bare page of a web server that has lost the portal's folder"
    PARKED = "parked", "200, advertisements of a seller of domain names"
    UNRESOLVABLE = "unresolvable", "302 to a host whose name does not resolve (.invalid, RFC 6761)"
    # the connection fails
    REFUSED = "refused", "no connection: nothing listens"
    RESET = "reset", "the connection is reset after the request"
    TIMEOUT = "timeout", "the request is taken and never answered"
    CUT_OFF = "cut_off", "200 with half of the announced body, then the end of the connection"
    CERTIFICATE = "certificate", "301 to https, where the certificate has expired and nobody signed it"
    # the answers are wrong
    SOFT_404 = "soft_404", "200 and the 'not found' page in full chrome in place of all pages; files carry on"
    SHELL = "shell", "200, the same page without content, to be filled by a script, in place of all pages"
    ZERO_BYTES = "zero_bytes", "200 with an empty body"
    GARBAGE = "garbage", "200, octet-stream and random bytes"
    BROKEN_GZIP = "broken_gzip", "200, a gzip stream that ends in its middle, in place of all pages"
    REDIRECT_LOOP = "redirect_loop", "302 to the same address with a query, and from there back again"
    ALL_HOME = "all_home", "302 to the home page from every article; home page and lists are as always"
    # a part fails
    EMPTY_LISTS = "empty_lists", "200, home page and lists in full chrome without an item; articles as always"
    HALF = "half", "503 on half of the pages, the same half all day; the others are as always"
    SECTION = "section", "500 on the lists and articles of one section, drawn by the seed; others as always"
