"""The notification on the EDPB's common template: section by section, and what is still wrong."""
