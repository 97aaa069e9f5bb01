"""One thing said more than once, in the same unit or another → repeat, conversion, range."""
