"""Ideas and problems from tables."""
