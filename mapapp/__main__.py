"""``python -m mapapp``."""

import sys

from mapapp.cli.main import main

sys.exit(main())
