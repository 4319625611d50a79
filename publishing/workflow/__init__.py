"""The states of a proposal, the steps between them, and who may take them."""
