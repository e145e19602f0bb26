"""Two runs to what changed: who is who, what happened to each, and the ledger that must come out."""
