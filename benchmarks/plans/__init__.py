"""`make plans`: what every way to read costs on a large shop, and which index it must use."""
