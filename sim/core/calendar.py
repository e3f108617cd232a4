"""Say how long a year is: in the model every year has as many days."""

DAYS_PER_YEAR = 365.0
