"""A WordPress site of its own on loopback: MariaDB, PHP's own server, our plugin from its zip."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

from processes import accepts, free_port, until

HERE = Path(__file__).parent
PLUGIN = "quote-attribution/quote-attribution.php"
USER, PASSWORD = "editor", "pass-of-the-editor"

CONFIG = """<?php
define( 'DB_NAME', '{database}' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', '127.0.0.1:{database_port}' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
{salts}
$table_prefix = 'wp_';
define( 'WP_HOME', '{url}' );
define( 'WP_SITEURL', '{url}' );
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_LOG', '{log}' );
define( 'WP_DEBUG_DISPLAY', false );
// Scheduled tasks run when a test says so, and nobody outside is asked for updates.
define( 'DISABLE_WP_CRON', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1' );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
"""
SALTS = ("AUTH", "SECURE_AUTH", "LOGGED_IN", "NONCE")


class MariaDb:
    """A database server with a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.socket = folder / "socket"

    def start(self) -> None:
        data = self.folder / "data"
        make = ["mariadb-install-db", "--no-defaults", "--user=root", f"--datadir={data}"]
        make += ["--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL, timeout=120)
        run = [shutil.which("mariadbd") or "/usr/sbin/mariadbd", "--no-defaults", "--user=root"]
        run += [f"--datadir={data}", "--bind-address=127.0.0.1", f"--port={self.port}"]
        run += [f"--socket={self.socket}", f"--pid-file={self.folder / 'pid'}"]
        # What is lost when the machine fails is of no use to anyone.
        run += ["--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync"]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(run, stdout=log, stderr=log)
        until(lambda: accepts(self.port), "MariaDB accepts connections", 60)

    def create(self, name: str) -> None:
        sql = f"CREATE DATABASE {name} CHARACTER SET utf8mb4"
        command = ["mariadb", "--no-defaults", f"--socket={self.socket}", "--user=root", "--execute", sql]
        subprocess.run(command, check=True, timeout=30)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


class Site:
    """WordPress installed from ``source`` into ``folder``, with the plugin active."""

    def __init__(self, folder: Path, source: Path, database: MariaDb) -> None:
        self.root, self.log, self.database = folder / "root", folder / "debug.log", database
        self.server_log = folder / "server.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        shutil.copytree(source, self.root, symlinks=False, ignore=shutil.ignore_patterns(".htaccess"))
        shutil.copy(HERE / "router.php", self.root)

    def install(self, plugin: Path) -> None:
        name = f"wordpress_{self.port}"
        self.database.create(name)
        keys = [f"{salt}_{kind}" for salt in SALTS for kind in ("KEY", "SALT")]
        salts = "\n".join(f"define( '{key}', '{secrets.token_hex(16)}' );" for key in keys)
        config = CONFIG.format(
            database=name, database_port=self.database.port, salts=salts, url=self.url, log=self.log
        )
        (self.root / "wp-config.php").write_text(config)
        with zipfile.ZipFile(plugin) as archive:
            archive.extractall(self.root / "wp-content" / "plugins")
        self._start()
        fields = {
            "weblog_title": "The Harbour Post",
            "user_name": USER,
            "admin_password": PASSWORD,
            "admin_password2": PASSWORD,
            "pw_weak": "1",
            "admin_email": "editor@post.example",
            "blog_public": "0",
            "language": "",
        }
        form = urllib.parse.urlencode(fields).encode()
        self.get("/wp-admin/install.php?step=2", form)
        self.php(
            "require ABSPATH . 'wp-admin/includes/plugin.php';"
            f"if ( is_wp_error( activate_plugin( '{PLUGIN}' ) ) ) {{ exit( 1 ); }}"
        )

    def _start(self) -> None:
        environment = {**os.environ, "PHP_CLI_SERVER_WORKERS": "4"}
        command = ["php", "-d", "opcache.enable_cli=1", "-S", f"127.0.0.1:{self.port}"]
        command += ["-t", str(self.root), "router.php"]
        with self.server_log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=self.root, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        until(lambda: accepts(self.port), "PHP's server accepts connections")

    def stop(self) -> None:
        """End the server; its workers are of its process group."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=30)

    def get(self, path: str, form: bytes | None = None) -> str:
        with urllib.request.urlopen(self.url + path, form, timeout=120) as response:
            return response.read().decode()

    def php(self, code: str) -> str:
        """Run PHP inside the site and return what it prints."""
        command = ["php", "-r", f"require '{self.root}/wp-load.php'; {code}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run_scheduled_tasks(self) -> None:
        self.get("/wp-cron.php?doing_wp_cron")

    def configure(self, url: str, *, key: str = "", timeout: int = 30) -> None:
        """Set the plugin's settings, and forget what earlier tests have left to do."""
        settings = f"array( 'url' => '{url}', 'key' => '{key}', 'timeout' => {timeout} )"
        self.php(f"update_option( 'quote_attribution', {settings} );")
        self.php("delete_transient( 'quote_attribution_busy_until' );")
        self.php("wp_unschedule_hook( 'quote_attribution_read' );")

    def complaints(self) -> list[str]:
        """What PHP says against the plugin."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [line for line in lines if "quote-attribution" in line or "Quote_Attribution" in line]
