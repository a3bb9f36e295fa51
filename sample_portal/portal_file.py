"""The portal file with which the product watches the sample portal."""

from __future__ import annotations

from urllib.parse import urlsplit

from sample_portal.hosts import Hosts
from sample_portal.sections import SECTIONS

_HEAD = """\
name = "sample"
title = "Sample Portal"
base = "{base}"
aliases = [{aliases}]
time_zone = "Asia/Shanghai"
"""

_SECTION = """
[[sections]]
name = "{code}"
url = "{code}.html"
"""

_REST = r"""
[urls]
article = [
    '/\d{4}-\d{2}/\d{2}/c_(?P<id>\d+)\.htm$',
    '/content/post_(?P<id>\d+)\.html$',  # after the migration of its host
]
list = ['/(?P<section>[a-z]+)(?:_\d+)?\.html$']

[schedule]
enabled = false

[pace]
delay = 0.0
concurrency = 8
timeout = 2.0

[network]
allow = ["127.0.0.0/8"]
"""


def portal_file(hosts: Hosts) -> str:
    """The portal file (TOML) of a sample portal served at those addresses, its other hosts as aliases."""
    others = [urlsplit(url) for url in (hosts.mirror, hosts.regional) if url]
    aliases = ", ".join(f'"{url.netloc}{url.path}"' for url in others)
    sections = "".join(_SECTION.format(code=section.code) for section in SECTIONS)
    return _HEAD.format(base=hosts.main, aliases=aliases) + sections + _REST
