"""Work items (工作项): four stages, an owner at each level, evidence and exit conditions, a closing review."""
