"""How texts are compared and put in order, whatever their language: known to all apps, knows none."""
