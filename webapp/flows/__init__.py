"""flows/ and the letters' words: read, checked, and kept as frozen objects."""
