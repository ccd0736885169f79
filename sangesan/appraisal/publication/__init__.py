"""Publication (公布): the result page, each point opening to its facts."""
