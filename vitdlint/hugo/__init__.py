"""What Hugo does with configuration, names, dates and pages. Knows nothing of rules or findings."""
