"""Pieces that screens are made of. They are handed what they show, and post messages up."""
