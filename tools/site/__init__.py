"""What makes the site of `docs/`: mkdocs' hook, and the pages it adds."""
