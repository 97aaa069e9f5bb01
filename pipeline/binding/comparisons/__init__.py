"""A figure against what it was or should be, or another → growth, points, target, ratio, direction, annual, time."""
