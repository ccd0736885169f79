"""Three processes (三大流程): what crosses systems, and when."""
