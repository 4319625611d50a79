"""Templates as functions: what Django parsed, made ready so that a page costs less to render."""
