"""Networks (联络网): five of them, each with nodes, a role and functions of its own."""
