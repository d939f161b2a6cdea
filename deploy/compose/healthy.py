"""Whether the service in this container answers; without the standard library's start, which costs three times this.

python -I -S healthy.py [PORT PATH]
"""

import socket
import sys

port, path = sys.argv[1:] or ("9000", "/readyz")

with socket.create_connection(("127.0.0.1", int(port)), timeout=2.5) as connection:
    connection.sendall(f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
    sys.exit(0 if b" 200 " in connection.recv(64).split(b"\r\n")[0] + b" " else 1)
