"""Between the reader and the rest: the address bar and what the Streamlit page draws."""
