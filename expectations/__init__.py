"""TRUST: staged rows are validated before they are promoted; failing ones are reported with the rule.

Importing this package, or any module of it but `docs_views`, never imports Great Expectations (3 to 14 s):
the functions that need it import it when they are called.
"""
