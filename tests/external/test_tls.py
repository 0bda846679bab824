"""TLS of every kind of wrong, with certificates made here, and secrets that stay with their host."""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from support.local_hosts import QUICK, World, status, to

from vitdlint.external.answer import Kind
from vitdlint.external.fetch.headers import Headers, MissingVariableError, user_agent
from vitdlint.external.settings import HostSettings, LinksConfig


def server(certificate: trustme.LeafCert, *, chain: bool = True) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    if not chain:
        with certificate.cert_chain_pems[0].tempfile() as leaf, certificate.private_key_pem.tempfile() as key:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(leaf, key)
    return context


def self_signed() -> ssl.SSLContext:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "selfmade.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(1))
        .not_valid_after(now + timedelta(9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("selfmade.test")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with trustme.Blob(pem).tempfile() as file:
        context.load_cert_chain(file)
    return context


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def client(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_each_wrong_certificate_is_named_and_none_is_death(tmp_path: Path, authority: trustme.CA) -> None:
    now = datetime.now(UTC)
    middle = authority.create_child_ca()
    contexts = {
        "fine.test": server(authority.issue_cert("fine.test")),
        "late.test": server(
            authority.issue_cert("late.test", not_before=now - timedelta(9), not_after=now - timedelta(1))
        ),
        "early.test": server(
            authority.issue_cert("early.test", not_before=now + timedelta(1), not_after=now + timedelta(9))
        ),
        "other.test": server(authority.issue_cert("another.test")),
        "selfmade.test": self_signed(),
        "stranger.test": server(trustme.CA().issue_cert("stranger.test")),
        "torn.test": server(middle.issue_cert("torn.test"), chain=False),
        "whole.test": server(middle.issue_cert("whole.test")),
    }

    async def run() -> dict[str, tuple[Kind, str]]:
        async with World(contexts=contexts) as world:
            urls = {name: world.url(f"{name}/", "https") for name in contexts}
            others = [world.url(f"h{i}.test/") for i in range(12)]
            outcome = await world.refresh(
                tmp_path / "s.txt", [*urls.values(), *others], context=client(authority)
            )
            return {n: (outcome.answers[u].kind, outcome.answers[u].code) for n, u in urls.items()}

    found = asyncio.run(run())
    assert found == {
        "fine.test": (Kind.OK, "200"),
        "whole.test": (Kind.OK, "200"),
        "late.test": (Kind.TLS, "expired"),
        "early.test": (Kind.TLS, "not-yet-valid"),
        "other.test": (Kind.TLS, "hostname-mismatch"),
        "selfmade.test": (Kind.TLS, "self-signed"),
        "stranger.test": (Kind.TLS, "incomplete-chain"),
        "torn.test": (Kind.TLS, "incomplete-chain"),
    }
    assert not Kind.TLS.dying


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", (Kind.TLS, "handshake")),
        (b"\x15\x03\x01\x00\x02\x02\x28", (Kind.TLS, "handshake")),  # an alert: handshake failure
        (b"\x15\x03\x01\x00\x02\x02\x46", (Kind.TLS, "handshake")),  # only protocols too old for us
        (b"\x15\x03\x01\x00\x02\x02\x70", (Kind.TLS, "handshake")),  # no such name here
        (b"\x16\x03\x03\xff\xff", (Kind.TLS, "handshake")),  # a record that is too long
        (b"\x00" * 100, (Kind.TLS, "handshake")),
        (b"", (Kind.UNREACHABLE, "reset")),
    ],
)
def test_what_is_no_tls_is_a_handshake_that_fails(
    tmp_path: Path, answer: bytes, expected: tuple[Kind, str]
) -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.write(answer)
        writer.close()

    async def run() -> None:
        server_ = await asyncio.start_server(plain, "127.0.0.1", 0)
        async with World() as world, server_:
            url = f"https://plain.test:{server_.sockets[0].getsockname()[1]}/"
            outcome = await world.refresh(tmp_path / "s.txt", [url, world.url("fine.test/")])
            assert (outcome.answers[url].kind, outcome.answers[url].code) == expected

    asyncio.run(run())


def test_headers_belong_to_one_host_and_secrets_travel_encrypted_only(
    tmp_path: Path, authority: trustme.CA
) -> None:
    config = QUICK._replace(
        hosts={
            "api.test": HostSettings(headers={"Authorization": "$API_KEY", "X-Plain": "yes"}),
            "test": HostSettings(headers={"X-Never": "a suffix is no host"}),
        },
    )
    contexts = {n: server(authority.issue_cert(n)) for n in ("api.test", "sub.api.test", "other.test")}

    async def run() -> World:
        async with World(contexts=contexts) as world:
            world.pages["api.test/away"] = to(world.url("other.test/x", "https"), 302)
            world.pages["api.test/down"] = to(world.url("api.test/plain"), 302)
            urls = [world.url(f"api.test/{p}", "https") for p in ("away", "down", "gone")]
            urls.append(world.url("sub.api.test/", "https"))
            world.pages["api.test/gone"] = status(404)
            outcome = await world.refresh(
                tmp_path / "s.txt",
                urls,
                config,
                context=client(authority),
                environment={"API_KEY": "hunter2"},
            )
            assert "hunter2" not in repr(outcome)
            return world

    world = asyncio.run(run())
    sent = {(r.host, r.path, r.headers.get("authorization"), r.headers.get("x-plain")) for r in world.log}
    assert sent == {
        ("api.test", "/away", "hunter2", "yes"),
        ("api.test", "/down", "hunter2", "yes"),
        ("api.test", "/gone", "hunter2", "yes"),
        ("api.test", "/plain", None, "yes"),
        ("other.test", "/x", None, None),
        ("sub.api.test", "/", None, None),
    }
    assert not any("x-never" in r.headers for r in world.log)
    assert "hunter2" not in (tmp_path / "s.txt").read_text()


def test_a_variable_that_is_not_set_is_reported_before_anything_is_asked() -> None:
    config = LinksConfig(hosts={"api.test": HostSettings(headers={"Authorization": "$NOT_SET"})})
    with pytest.raises(MissingVariableError, match="NOT_SET"):
        Headers(config, "1", {})


def test_the_user_agent_is_honest_and_is_not_blocked() -> None:
    agent = user_agent(LinksConfig(contact="https://example.org/about"), "1.2")
    assert agent == "vitdlint/1.2 (+https://example.org/about)"
    assert not any(word in agent.lower() for word in ("mozilla", "bot", "link", "python", "httpx"))


def test_certificates_of_the_environment_are_trusted(
    tmp_path: Path, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run(state: str) -> list[Kind]:
        async with World(contexts={"own.test": server(authority.issue_cert("own.test"))}) as world:
            urls = [world.url("own.test/", "https"), world.url("fine.test/")]
            outcome = await world.refresh(tmp_path / state, urls)
            return [outcome.answers[u].kind for u in urls]

    assert asyncio.run(run("one.txt")) == [Kind.TLS, Kind.OK]
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    assert asyncio.run(run("two.txt")) == [Kind.OK, Kind.OK]
