"""The command line: parse, call a workflow, show its result. No branch on data, no computing."""
