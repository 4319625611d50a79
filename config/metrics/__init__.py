"""Figures for Prometheus; only where METRICS_TOKEN is set, since its client is not installed everywhere."""
