"""The page that comes with the package, as ``zzcli.seeds``."""
