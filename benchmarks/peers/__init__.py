"""Other people's ways to do the same: a committed event ends as the same row of the log and the same fact."""
