"""Self-funded benefit plans, administrative services only: from claims to settlement."""
