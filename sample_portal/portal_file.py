"""The portal file with which the product watches the sample portal."""

from __future__ import annotations

from sample_portal.newsroom import SECTIONS

_HEAD = """\
name = "sample"
title = "Sample Portal"
base = "{base}"
language = "en"
time_zone = "Asia/Shanghai"
"""

_SECTION = """
[[sections]]
name = "{code}"
url = "{code}.html"
"""

_REST = r"""
[urls]
article = ['/\d{4}-\d{2}/\d{2}/c_(?P<id>\d+)\.htm$']
list = ['/(?P<section>[a-z]+)(?:_\d+)?\.html$']

[schedule]
enabled = false

[pace]
delay = 0.0
concurrency = 8

[network]
allow = ["127.0.0.0/8"]
"""


def portal_file(base_url: str) -> str:
    """The portal file (TOML) of a sample portal served at that address, `http://127.0.0.1:PORT/`."""
    sections = "".join(_SECTION.format(code=section.code) for section in SECTIONS)
    return _HEAD.format(base=base_url) + sections + _REST
