"""What words of time mean: tables of words and expressions, calendars, and how days are reckoned from a report's own day."""
