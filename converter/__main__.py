"""`python -m converter` is `converter`."""

from converter.cli import main

if __name__ == "__main__":
    main()
