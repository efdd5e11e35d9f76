"""Reading a data folder into an atlas or its faults, and writing it back."""
