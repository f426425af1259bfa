"""Who should be on a worklist and is not: set-based detection by named rules, and what is done with it."""
