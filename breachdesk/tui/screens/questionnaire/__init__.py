"""A questionnaire: one question in focus, the reason beside it, each answer written at once."""
