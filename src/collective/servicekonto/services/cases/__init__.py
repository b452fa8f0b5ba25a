"""What an office does with the applications that it got."""
