"""Connections to public addresses only, so that no list and no redirect leads into the network of this machine.

What a name stands for is looked up once and the connection goes to the address that was checked.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterator

import httpx

_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052 §2.1


class NotPublic(httpx.TransportError):
    """A host is in a private network, or this machine itself."""


class PublicTransport(httpx.BaseTransport):
    """Sends requests to hosts with public addresses; to any, if private ones are allowed.

    The address a request went to is left in `request.extensions["address"]`. After `seconds` the connection is cut,
    however much still comes.
    """

    def __init__(self, allow_private: bool, seconds: float) -> None:
        self._allow_private, self._seconds = allow_private, seconds
        self._context = httpx.create_ssl_context()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request. Raises NotPublic, and what httpx raises."""
        *others, last = self._addresses(request.url)
        for address in others:
            try:
                return self._send(request, address)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return self._send(request, last)

    def _send(self, request: httpx.Request, address: str) -> httpx.Response:
        request.extensions["address"] = address
        # A connection is checked for one name, and several names may have one address: each is for one request.
        connection = httpx.HTTPTransport(verify=self._context)
        timer = threading.Timer(self._seconds, connection.close)
        timer.daemon = True
        timer.start()
        try:
            response = connection.handle_request(
                httpx.Request(
                    request.method,
                    request.url.copy_with(host=address),
                    headers=request.headers,
                    stream=request.stream,
                    extensions={**request.extensions, "sni_hostname": request.url.host},
                )
            )
        except BaseException:
            timer.cancel()
            connection.close()
            raise
        response.stream = _Stream(response, connection, timer)
        return response

    def _addresses(self, url: httpx.URL) -> list[str]:
        try:
            found = socket.getaddrinfo(url.raw_host.decode("ascii"), url.port or url.scheme, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"there is no host {url.host}: {error}") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        public = [address for address in addresses if self._allow_private or is_public(address)]
        if not public:
            raise NotPublic(f"{url.host} is {addresses[0]}, which is no public address")
        return public


class _Stream(httpx.SyncByteStream):
    """The body of a response, with whose end the connection ends."""

    def __init__(self, response: httpx.Response, connection: httpx.HTTPTransport, timer: threading.Timer) -> None:
        self._stream, self._connection, self._timer = response.stream, connection, timer

    def __iter__(self) -> Iterator[bytes]:
        if isinstance(self._stream, httpx.SyncByteStream):
            yield from self._stream

    def close(self) -> None:
        self._timer.cancel()
        if isinstance(self._stream, httpx.SyncByteStream):
            self._stream.close()
        self._connection.close()


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet, and so is any IPv4 address that it stands for.

    >>> is_public("93.184.215.14"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        inner += [ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)] if ip in _NAT64 else []
        if any(other is not None and not is_public(str(other)) for other in inner):
            return False
        if ip.ipv4_mapped is not None:
            return True
    return ip.is_global and not ip.is_multicast
