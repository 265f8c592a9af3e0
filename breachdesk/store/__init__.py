"""Disk and keys: the only floor that knows the database, the keyring and the file system."""
