"""What ``streamlit run`` starts: the server of the app. The page itself is in `mapapp.ui.page`.

Streamlit reads this file without running it, to find ``app``. It imports nothing slow: the server answers
before the page's packages are loaded, which the first reader's session does.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from mapapp.server import icon, map_files
from mapapp.server.compressed import Compressed
from mapapp.server.headers import MIDDLEWARE
from mapapp.ui.index import Index
from mapapp.ui.startup import lifespan

app = st.App(
    Path(__file__).with_name("ui") / "page.py",
    lifespan=lifespan,
    routes=(icon.route(), map_files.route()),
    middleware=(*MIDDLEWARE, Middleware(Index), Middleware(Compressed)),
)
