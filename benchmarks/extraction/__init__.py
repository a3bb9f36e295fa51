"""Extraction from pages that people have marked, beside other extractors on the same pages."""
