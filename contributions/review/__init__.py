"""What moderators see of a contribution: waiting time, checks, changed fields, competitors, outcome."""
