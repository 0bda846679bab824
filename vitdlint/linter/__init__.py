"""The pipeline and what configures it: from a site on disk to a report."""
