"""Other tools on the days of sample portals, held against the same truth."""
