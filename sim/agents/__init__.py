"""Mesa agents: patients, clinicians, home-care staff and coordinators who decide."""
