"""Scripts in titles, captions, addresses, notes and portal names: does any run in page, report or feed?"""

from __future__ import annotations

from benchmarks.xss.campaign import main

if __name__ == "__main__":
    main()
