"""What the website answers, one module a room of it."""
