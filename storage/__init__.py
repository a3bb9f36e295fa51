"""The data home: every SQL statement of Revisor, compressed bodies, and WARC files.

`database` opens the file, `frontier` and `captures` serve a crawl, `store` everything after it.
"""
