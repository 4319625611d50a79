"""Who may come in: invitations, roles, sign-in with a second factor, and the mail that goes with them."""
