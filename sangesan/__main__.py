"""`python -m sangesan` is the console script (命令行) without installing."""

from sangesan.cli import main

main()
