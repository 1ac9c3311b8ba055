"""Hold the generated documents fresh."""

import sys

from generate_docs import main

if __name__ == "__main__":
    sys.exit(main(check=True))
