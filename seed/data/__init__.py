"""Hold what the shop sells, to whom, and what they say about it: plain values, no logic."""
