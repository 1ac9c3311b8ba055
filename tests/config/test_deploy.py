"""What is shipped for a server's own service manager and proxies can be read by them."""

import shutil
import subprocess
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone

from lantoa.config.folder import CHECKOUT

DEPLOY = CHECKOUT / "deploy"


def tool(name):
    path = shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")
    if path is None:
        pytest.skip(f"cần {name} (no {name} on this machine)")
    return path


def test_systemd_reads_the_units(tmp_path):
    analyze = tool("systemd-analyze")
    for unit in DEPLOY.glob("lantoa*.*"):
        # The program stands elsewhere here; a path that is not there is an error.
        text = unit.read_text().replace("/opt/lantoa/.venv/bin/python", "/bin/true")
        (tmp_path / unit.name).write_text(text.replace("/opt/lantoa", "/tmp"))
    units = sorted(tmp_path.iterdir())
    assert len(units) == 3

    done = subprocess.run(
        [analyze, "verify", "--man=no", *units],
        check=False,
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_nginx_reads_its_server(tmp_path):
    nginx = tool("nginx")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "lantoa.example.vn")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1)
    builder = builder.not_valid_before(timezone.now() - timedelta(days=1))
    builder = builder.not_valid_after(timezone.now() + timedelta(days=1))
    made = builder.sign(key, hashes.SHA256())
    (tmp_path / "fullchain.pem").write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
    )
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    server = (DEPLOY / "nginx.conf").read_text()
    server = server.replace("/etc/ssl/lantoa", str(tmp_path))
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr;"
        f" events {{}} http {{ access_log off; {server} }}"
    )

    done = subprocess.run(
        [nginx, "-t", "-q", "-p", tmp_path, "-c", tmp_path / "nginx.conf"],
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr


def test_caddy_reads_its_site():
    done = subprocess.run(
        [tool("caddy"), "validate", "--config", DEPLOY / "Caddyfile"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_the_environment_names_only_what_the_program_reads():
    known = (CHECKOUT / "docs" / "generated" / "settings.md").read_text()
    for line in (DEPLOY / "environment").read_text().splitlines():
        name = line.removeprefix("# ").partition("=")[0]
        if "=" in line and name.replace("_", "").isupper():
            assert f"`{name}`" in known, name
