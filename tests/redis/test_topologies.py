"""Every form of REDIS_URL against real servers: Sentinel and a failover, a cluster, TLS, and wrong ones."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from processes import RedisServer, free_port, redis_binary, until
from redis.cluster import key_slot

from service.errors import RateLimited
from service.guarded_redis import Breaker, GuardedRedis
from service.rate_limit import RateLimit
from service.redis_client import Address, check_url, connect_to
from service.redis_tier import RedisTier, place

KEYS = [f"{number:064x}" for number in range(20)]
SLOTS = 16_384


def tier_of(url: str) -> RedisTier:
    return RedisTier(GuardedRedis(url, breaker=Breaker(pause=0.05)), ttl_seconds=60)


def keeps(tier: RedisTier) -> bool:
    """Whether values come back. A first call may run into a time-out while connections are made."""
    for key in KEYS:
        tier.put(key, key.encode())
    return [tier.get(key) for key in KEYS] == [key.encode() for key in KEYS]


def folder(within: Path, name: str) -> Path:
    (within / name).mkdir()
    return within / name


class Sentinel(RedisServer):
    """A Redis server in Sentinel's role, which keeps its state in a file of its own."""

    def watch(self, master: RedisServer) -> None:
        file = self.folder / "sentinel.conf"
        file.write_text(
            f"sentinel monitor articles 127.0.0.1 {master.port} 1\n"
            "sentinel down-after-milliseconds articles 300\nsentinel failover-timeout articles 2000\n"
        )
        # The file must come first among the arguments.
        self.command = [self.binary, str(file), "--port", str(self.port), "--bind", "127.0.0.1", "--sentinel"]
        self.start()


@pytest.fixture
def replicated(tmp_path: Path) -> Iterator[tuple[Sentinel, RedisServer]]:
    """A sentinel and the master that it watches; a replica stands by."""
    binary = redis_binary()
    master = RedisServer(binary, folder(tmp_path, "master"))
    replica = RedisServer(binary, folder(tmp_path, "replica"))
    sentinel = Sentinel(binary, folder(tmp_path, "sentinel"))
    try:
        master.start()
        replica.start("--replicaof", "127.0.0.1", str(master.port), "--repl-diskless-sync-delay", "0")
        sentinel.watch(master)
        asked = redis.Redis(port=sentinel.port)
        until(lambda: asked.sentinel_slaves("articles"), "the sentinel knows the replica", 30)
        yield sentinel, master
    finally:
        for server in (sentinel, replica, master):
            server.stop()


def test_sentinel_names_the_master_also_after_a_failover(replicated: tuple[Sentinel, RedisServer]) -> None:
    sentinel, master = replicated
    nowhere = free_port()
    tier = tier_of(f"redis+sentinel://127.0.0.1:{nowhere},127.0.0.1:{sentinel.port}/articles")
    until(lambda: keeps(tier), "values are kept")
    master.stop()
    until(lambda: keeps(tier), "values are kept by the replica", 60)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[RedisServer]:
    """A cluster of one node, which has every slot."""
    # The nodes of a cluster talk to each other 10,000 ports higher.
    port = next(port for port in iter(free_port, None) if port < 55_536)
    server = RedisServer(redis_binary(), tmp_path, port=port)
    server.start("--cluster-enabled", "yes", "--cluster-config-file", str(tmp_path / "nodes.conf"))
    client = redis.Redis(port=server.port)
    client.execute_command("CLUSTER", "ADDSLOTS", *range(SLOTS))
    until(lambda: b"cluster_state:ok" in client.execute_command("CLUSTER", "INFO"), "the cluster is up")
    yield server
    server.stop()


def test_a_cluster_keeps_values_by_digest(cluster: RedisServer) -> None:
    tier = tier_of(f"redis+cluster://127.0.0.1:{cluster.port}")
    until(lambda: keeps(tier), "values are kept")
    assert len({key_slot(place(key).encode()) for key in KEYS}) > len(KEYS) // 2
    for key in KEYS:
        assert key_slot(place(key).encode()) == key_slot(f"any:{{{key}}}:else".encode())


def test_a_cluster_counts_the_articles_of_a_key(cluster: RedisServer) -> None:
    limit = RateLimit("2/hour", GuardedRedis(f"redis+cluster://127.0.0.1:{cluster.port}"))
    limit.spend("cms")
    limit.spend("cms")
    with pytest.raises(RateLimited):
        limit.spend("cms")


def test_a_cluster_that_is_away_is_a_miss() -> None:
    tier = tier_of(f"redis+cluster://127.0.0.1:{free_port()}")
    assert tier.get(KEYS[0]) is None
    assert tier.state() == "unavailable"


@pytest.fixture
def tls_port(redis_server: RedisServer, tmp_path: Path) -> Iterator[int]:
    """The port of a TLS end before the server, with its certificate in ``tmp_path``."""
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += [
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        str(key),
        "-out",
        str(certificate),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=terminate, args=(listener, context, redis_server.port), daemon=True).start()
        yield listener.getsockname()[1]


def terminate(listener: socket.socket, context: ssl.SSLContext, port: int) -> None:
    """Accept TLS connections, and pass on what comes through them, until the listener closes."""
    while True:
        try:
            accepted = context.wrap_socket(listener.accept()[0], server_side=True)
        except ssl.SSLError:
            continue
        except OSError:
            return
        threading.Thread(target=relay, args=(accepted, port), daemon=True).start()


def relay(accepted: ssl.SSLSocket, port: int) -> None:
    """Ask the server what the client asks, one command and one answer at a time, as our client does."""
    with accepted, socket.create_connection(("127.0.0.1", port)) as behind:
        while asked := accepted.recv(65_536):
            behind.sendall(asked)
            accepted.sendall(behind.recv(65_536))


def test_tls_is_spoken_and_the_certificate_checked(tls_port: int, tmp_path: Path) -> None:
    trusted = tier_of(f"rediss://localhost:{tls_port}/0?ssl_ca_certs={tmp_path / 'certificate.pem'}")
    until(lambda: keeps(trusted), "values are kept")
    stranger = tier_of(f"rediss://localhost:{tls_port}/0")
    assert stranger.get(KEYS[0]) is None


@pytest.mark.parametrize("scheme", ["redis", "rediss"])
def test_a_url_for_sentinel_says_whom_to_ask_and_how_to_log_in(scheme: str) -> None:
    found = Address.of(f"{scheme}+sentinel://me:p%40ss@one:1,two,[::1]:3/articles/2")
    assert found.hosts == (("one", 1), ("two", 26_379), ("::1", 3))
    assert found.path == ("articles", "2")
    assert found.login == {"username": "me", "password": "p@ss", "ssl": scheme == "rediss"}
    client = connect_to(f"{scheme}+sentinel://me:p%40ss@one:1/articles/2")
    options = client.connection_pool.connection_kwargs
    assert (options["db"], options["socket_timeout"], options["password"]) == (2, 0.05, "p@ss")


@pytest.mark.parametrize(
    "url",
    [
        "redis+sentinel://host:1",
        "redis+sentinel://host:1/a/b/c",
        "redis+sentinel://host:x/articles",
        "redis+sentinel:///articles",
        "redis+cluster://host:1/0",
        "redis+cluster://a,,b",
        "http+cluster://host",
        "redis+other://host",
        "http://host",
    ],
)
def test_no_other_url_is_taken(url: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        check_url(url)
