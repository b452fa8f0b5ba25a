"""The pages on which citizens see their applications."""
