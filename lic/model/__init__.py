"""What the stages say to each other: frozen values, no I/O, no policy words."""
