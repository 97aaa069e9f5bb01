"""So much for each of so many → product."""
