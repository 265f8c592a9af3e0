"""CaseFile to and from other people's formats: text or bytes in and out, no disk."""
