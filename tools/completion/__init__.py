"""The completion report: every item of phase 2 with its place in the code and its proof, from the table `table/`."""
