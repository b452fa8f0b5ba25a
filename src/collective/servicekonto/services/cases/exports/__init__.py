"""Applications as files: tables for people, structured ones for programs of the office."""
