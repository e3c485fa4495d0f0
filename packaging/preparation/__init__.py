"""Makes a checkout ready: environment, packages, system libraries, translations; standard library only."""
