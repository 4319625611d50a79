"""Ask the casebook in this container whether it lives; the status says so.

python config/running/healthcheck.py
"""

import os
import sys
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit


def is_alive(port: int, host: str) -> bool:
    """Whether /healthz answers with 200 on the port, asked by the name of the site."""
    connection = HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    name = urlsplit(os.environ.get("SITE_URL", "http://localhost")).hostname or "localhost"
    sys.exit(0 if is_alive(int(os.environ.get("PORT", "8000")), name) else 1)
