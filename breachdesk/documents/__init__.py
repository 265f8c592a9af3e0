"""CaseFile to words to bytes; no disk."""
