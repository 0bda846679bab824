"""What `vitdlint init` finds out about a site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from ..core.model import Report
from ..hugo.files import content_files
from ..linter.project import Project
from ..schema.infer import FEW, MOST, Inferred, common_schemas
from ..site.links import Links
from ..site.site import Site
from ..site.suggest_config import (
    Fragment,
    LinkParameter,
    MovedFolder,
    OwnHost,
    UnmadeFolder,
    known_fragments,
    link_parameters,
    moved_folders,
    own_hosts,
    unmade_folders,
)
from ..site.suggest_references import references


@dataclass(frozen=True)
class Look:
    """What was found out about a site."""

    project: Project
    site: Site
    report: Report
    schemas: Mapping[tuple[str, ...], Inferred]
    """By the sections that share one."""
    own_hosts: Sequence[OwnHost]
    moved: Sequence[MovedFolder]
    unmade: Sequence[UnmadeFolder]
    fragments: Sequence[Fragment]
    parameters: Sequence[LinkParameter]
    sections: Counter[str]
    """Pages by section; '' for the content folder itself."""
    branches: int
    """How many `_index.md` there are."""
    slugs_are_names: bool
    tiki: int
    """Findings of leftover markup."""


def look_at(project: Project, links: Links, report: Report) -> Look:
    """Everything that the configuration depends on."""
    site = links.site
    fronts: dict[str, list[Mapping[str, Any]]] = {}
    paths: dict[str, list[str]] = {}
    sections: Counter[str] = Counter()
    same = slugs = branches = 0
    for file in content_files(project.hugo, project.located.tree):
        facts = site.pages.get(file.path)
        if facts is None or file.module or file.kind not in ("single", "leaf", "branch"):
            continue
        section = file.virtual.partition("/")[0] if "/" in file.virtual else ""
        sections[section] += 1
        branches += file.kind == "branch"
        if file.kind == "branch" or not facts.front.data:
            continue
        fronts.setdefault(section, []).append(facts.front.data)
        paths.setdefault(section, []).append(file.path)
        slug = facts.front.get("slug")
        if isinstance(slug, str) and slug:
            slugs += 1
            same += slug == (PurePosixPath(file.virtual).parent.name if file.kind == "leaf" else file.stem)
    moved = tuple(moved_folders(links))
    return Look(
        project=project,
        site=site,
        report=report,
        schemas=dict(
            common_schemas(
                {
                    section: found
                    for section, found in sorted(fronts.items())
                    if len(found) >= FEW and re.fullmatch(r"[\w.-]+", section)
                },
                {section: references(site, found) for section, found in paths.items()},
            )
        ),
        own_hosts=tuple(own_hosts(site)),
        moved=moved,
        unmade=tuple(unmade_folders(links, moved)),
        fragments=tuple(known_fragments(links)),
        parameters=tuple(link_parameters(site)),
        sections=sections,
        branches=branches,
        slugs_are_names=slugs >= FEW and same / slugs >= MOST,
        tiki=sum(diagnostic.name == "leftover-markup" for diagnostic in report.diagnostics),
    )
