"""Serve a sample portal by hand: `python -m sample_portal --seed 1 --port 8000 --day 2`, Ctrl-C to stop."""

from __future__ import annotations

import argparse
import sys
from threading import Event

from sample_portal.server import Server
from sample_portal.site import DEFAULT_SKIN, Site
from sample_portal.skins import SKINS
from sample_portal.truth_file import write_truth


def main() -> None:
    """Read the options, then serve one day of the portal or write the truth of all its days."""
    parser = argparse.ArgumentParser(
        prog="sample_portal", description="Serve a sample news portal on loopback."
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--skin", choices=SKINS, default=DEFAULT_SKIN)
    parser.add_argument("--everything", action="store_true", help="play every event, not ordinary days")
    parser.add_argument("--day", type=int, default=0, help="the day to serve")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--truth", action="store_true", help="print truth.jsonl up to that day instead")
    options = parser.parse_args()
    site = Site(
        seed=options.seed,
        articles=options.articles,
        days=options.day + 1,
        skin=options.skin,
        everything=options.everything,
    )
    if options.truth:
        write_truth(site, sys.stdout)
        return
    try:
        server = Server(site, port=options.port, day=options.day)
    except OSError as error:
        sys.exit(f"port {options.port} cannot be used: {error.strerror}. Try: another --port, or none.")
    with server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        try:
            Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
