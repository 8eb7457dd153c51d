"""
A query into a CSV file with pandas and psycopg: extract_pandas.py QUERY FILE; the server comes from the PG* variables.
"""
import sys
import warnings

import pandas
import psycopg

warnings.filterwarnings("ignore", message="pandas only supports SQLAlchemy")
with psycopg.connect() as connection:
    pandas.read_sql_query(sys.argv[1], connection).to_csv(sys.argv[2], index=False)
