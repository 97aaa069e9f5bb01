"""Percents of something → share, shares, limit."""
