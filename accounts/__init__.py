"""Who has access: invitations, roles, sign-in with a second factor, and the mail that these send."""
