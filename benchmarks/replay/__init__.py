"""A real archive through the product."""
