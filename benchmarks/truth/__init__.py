"""The product on the days of sample portals, held against their truth."""
