"""The Bürgerportal: the area of a site in which citizens' services live."""
