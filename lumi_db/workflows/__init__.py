"""What takes several repositories: each function is one transaction, all or nothing, nested in its caller's."""
