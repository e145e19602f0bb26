"""One function per command: typed arguments in, a frozen result out; nothing is printed here."""
