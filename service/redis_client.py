"""A Redis client for each form of URL: a server, a socket, Sentinel, Cluster, with or without TLS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import unquote, urlsplit

from redis import Redis, RedisCluster
from redis.backoff import NoBackoff
from redis.cluster import ClusterNode
from redis.connection import parse_url
from redis.retry import Retry
from redis.sentinel import Sentinel

TIMEOUT_SECONDS = 0.05

Client: TypeAlias = "Redis | RedisCluster"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What a URL for Sentinel or Cluster says: ``hosts`` to ask first, and the login for all of them."""

    kind: str
    hosts: tuple[tuple[str, int], ...]
    path: tuple[str, ...]
    login: dict[str, Any]

    @classmethod
    def of(cls, url: str) -> Address:
        """Read ``redis+sentinel://[user:password@]host:port,host:port/service[/db]`` or ``redis+cluster://…``.

        ``rediss+…`` speaks TLS. Raises ``ValueError`` for anything else.
        """
        parts = urlsplit(url)
        scheme, _, kind = parts.scheme.partition("+")
        login, _, hosts = parts.netloc.rpartition("@")
        path = tuple(filter(None, parts.path.split("/")))
        if scheme not in ("redis", "rediss") or kind not in _PORTS or len(path) not in _PATHS[kind]:
            raise ValueError("no such form of URL")
        user, _, password = login.partition(":")
        options = {"username": unquote(user) or None, "password": unquote(password) or None}
        places = tuple(_place(host, _PORTS[kind]) for host in hosts.split(","))
        return cls(kind=kind, hosts=places, path=path, login={**options, "ssl": scheme == "rediss"})


_PORTS = {"sentinel": 26_379, "cluster": 6_379}
_PATHS = {"sentinel": (1, 2), "cluster": (0,)}


def _place(text: str, port: int) -> tuple[str, int]:
    parts = urlsplit(f"//{text}")
    if not parts.hostname:
        raise ValueError("no host")
    return parts.hostname, parts.port or port


def check_url(url: str) -> None:
    """Raise ``ValueError`` for a URL that ``connect_to`` does not take."""
    if "+" in url.partition(":")[0]:
        Address.of(url)
    else:
        parse_url(url)  # type: ignore[no-untyped-call]


def connect_to(url: str) -> Client:
    """Return a client that gives up after ``TIMEOUT_SECONDS`` instead of redis-py's minute. Connects later.

    RESP2 and no client information: a new connection then needs no round trip before the first command.
    Only a cluster's client connects at once, to learn who has which keys: ``RedisError`` if that fails.
    """
    if "+" not in url.partition(":")[0]:
        return Redis.from_url(url, **_impatient(), driver_info=None)
    address = Address.of(url)
    return _behind_sentinel(address) if address.kind == "sentinel" else _cluster(address)


def _impatient() -> dict[str, Any]:
    return {
        "socket_timeout": TIMEOUT_SECONDS,
        "socket_connect_timeout": TIMEOUT_SECONDS,
        "retry": Retry(NoBackoff(), 0),
        "protocol": 2,
    }


def _behind_sentinel(address: Address) -> Redis:
    """Return a client of the service's present master. Sentinels take the same login, as one URL has one."""
    service, *db = address.path
    options = {**_impatient(), **address.login}
    sentinel = Sentinel(address.hosts, sentinel_kwargs=options)  # type: ignore[no-untyped-call]
    master: Redis = sentinel.master_for(service, db=int(*db or "0"), **options)  # type: ignore[no-untyped-call]
    return master


def _cluster(address: Address) -> RedisCluster:
    nodes = [ClusterNode(*place) for place in address.hosts]  # type: ignore[no-untyped-call]
    options = {**_impatient(), **address.login}
    return RedisCluster(startup_nodes=nodes, require_full_coverage=False, **options)
