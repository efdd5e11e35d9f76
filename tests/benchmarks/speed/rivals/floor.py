"""The page that maps are compared with: a minimal Streamlit page with one button and one line of text."""

import streamlit as st

if st.button("Ask"):
    st.session_state.asked = st.session_state.get("asked", 0) + 1
st.container(key="context").write(f"Answer {st.session_state.get('asked', 0)}")
