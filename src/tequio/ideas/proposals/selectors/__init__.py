"""What there is of ideas and problems."""
