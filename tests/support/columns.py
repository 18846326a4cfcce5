"""Columns of one kind."""

import datetime as dt

DAY = dt.datetime
