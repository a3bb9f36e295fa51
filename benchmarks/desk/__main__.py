"""The review page over a full store: server time of each kind of page, its weight, and what it fetches."""

from __future__ import annotations

from benchmarks.desk.measure import main

if __name__ == "__main__":
    main()
