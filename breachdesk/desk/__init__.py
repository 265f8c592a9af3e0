"""The front desk: one counter for each step of the work, one method for each verb."""
