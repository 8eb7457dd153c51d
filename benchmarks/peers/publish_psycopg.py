"""
Rows into PostgreSQL as a Python program writes them, row by row through psycopg's COPY: publish_psycopg.py FILE
STATEMENT
"""
import csv
import sys

import psycopg

with (
    open(sys.argv[1], newline="", encoding="utf-8") as file,
    psycopg.connect() as connection,
    connection.cursor() as cursor,
):
    rows = csv.reader(file)
    next(rows)
    with cursor.copy(sys.argv[2].split("(FORMAT")[0]) as copy:
        for row in rows:
            copy.write_row(row)
