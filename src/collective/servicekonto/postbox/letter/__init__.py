"""A message as a PDF: to be printed, kept, and read by screen readers (PDF/UA)."""
