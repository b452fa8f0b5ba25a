"""What the staff of an office do with messages, and their pages."""
