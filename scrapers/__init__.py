"""Everything that touches a portal: its file, the spider, the way out to the network, the parsers."""
