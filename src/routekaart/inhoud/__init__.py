"""Content as data: routes, code lists, protocols and areas, read from TOML and CSV."""
