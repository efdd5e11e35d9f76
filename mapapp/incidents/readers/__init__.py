"""Readers of untrusted files of incidents: CSV, Parquet and GeoPackage."""
