"""Whether the service in this container answers; without the standard library's start, which costs three times this.

python -I -S healthy.py
"""

import socket
import sys

PRIVATE_PORT = 9000

with socket.create_connection(("127.0.0.1", PRIVATE_PORT), timeout=2.5) as connection:
    connection.sendall(b"GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n")
    sys.exit(0 if b" 200 " in connection.recv(64).split(b"\r\n")[0] + b" " else 1)
