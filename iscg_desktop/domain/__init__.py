"""What the profession means: pure values and rules, no input, no output, no clock."""
