"""What differs from one operating system to the other, one concern a file; everything else asks here."""
