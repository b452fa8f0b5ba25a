"""Where citizens find the services: the list of all, and the start page of each."""
