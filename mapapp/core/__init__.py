"""The data model and what is computed from it: dates, relations, selections. No files, no drawing."""
