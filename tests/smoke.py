"""Install a built wheel or sdist in a fresh environment, far from the checkout, and use it as a stranger would.

`python tests/smoke.py dist/vitdlint-*.whl`; needs nothing but Python 3.11 or later. CI runs it on every system.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

SITE = {
    "hugo.toml": 'baseURL = "https://vitd.test/"\n',
    "vitdlint.toml": '[[schema]]\npages = "posts/**"\nuse = "post.schema.json"\n',
    "post.schema.json": json.dumps(
        {"type": "object", "required": ["title"], "properties": {"slug": {"format": "slug"}}}
    ),
    "content/posts/☀.md": "---\ntitle: Sonne\n---\nSee [moon](/posts/moon/).\n",
    "content/posts/sun.md": "---\ntitle: Sun\n---\nAbout the sun.\n",
    "content/posts/dose.md": '+++\ntitle = "Dose"\nslug = "No Slug"\n+++\nSee [sun](/posts/sun/) and [moon](/posts/moon/).\n',
    "content/posts/json.md": '{"title": "As JSON"}\n\nText with an image ![alt](/missing.png)\n',
}
EXPECTED = {("content/posts/dose.md", "dead-link"), ("content/posts/dose.md", "front-matter-schema")}


def main(package: str) -> None:
    """Raises SystemExit with what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder).resolve()
        venv.create(home / "venv", with_pip=True)
        scripts = home / "venv" / ("Scripts" if os.name == "nt" else "bin")
        python = [str(scripts / "python")]
        subprocess.run([*python, "-m", "pip", "install", "--quiet", str(Path(package).resolve())], check=True)
        site = home / "site ☀"
        for name, text in SITE.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, encoding="utf-8")

        def run(*arguments: str, code: int = 0) -> str:
            """What the installed program prints, in the site."""
            environment = {**os.environ, "PYTHONUTF8": "0", "XDG_CACHE_HOME": str(home / "cache")}
            command = [str(scripts / "vitdlint"), *arguments]
            done = subprocess.run(command, cwd=site, env=environment, capture_output=True, check=False)
            if done.returncode != code:
                words = (done.stdout + done.stderr).decode("utf-8", "replace")
                raise SystemExit(f"{arguments} ended with {done.returncode}, not {code}:\n{words}")
            return done.stdout.decode("utf-8")

        run("--version")
        if os.name != "nt" and not (home / "venv/share/man/man1/vitdlint.1").is_file():
            raise SystemExit("the man page is not installed")
        for _cold_then_warm in range(2):
            report = json.loads(run("check", "--output-format", "json", code=1))
            found = {(d["path"], d["name"]) for d in report["diagnostics"]}
            if not found >= EXPECTED:
                raise SystemExit(f"not found: {sorted(EXPECTED - found)}")
        if "☀.md:4:" not in run("check", "--output-format", "concise", code=1):
            raise SystemExit("a file name is not printed as UTF-8")
        run("site")
        run("explain", "dead-link")
        run("check", "--output-format", "sarif=out.sarif,junit=out.xml,concise", code=1)
        run("check", "content/posts/sun.md")
        run("check", "nowhere", code=2)
        run("init", "--help")
    print(f"{Path(package).name} works with Python {sys.version.split()[0]} on {sys.platform}")


if __name__ == "__main__":
    main(sys.argv[1])
