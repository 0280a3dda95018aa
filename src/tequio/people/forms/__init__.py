"""What people type about themselves, and stewards about their place."""
