"""What home, places and doors show."""
