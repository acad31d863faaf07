"""The command line: arguments in, one clear sentence out."""
