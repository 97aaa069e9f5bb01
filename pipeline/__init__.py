"""tieout: reads a report, takes out every numeric claim, and shows which figures cannot all be true as written."""
