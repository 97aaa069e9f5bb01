"""Figures that add up, or are taken out of one → sum, subset."""
