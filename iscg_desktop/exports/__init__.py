"""Files that leave the program: protected tables in, bytes out."""
