"""Evidence of a case: taken in, hashed again, handed out."""
