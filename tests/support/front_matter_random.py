"""Pages whose front matter is put together at random, right or wrong."""

from __future__ import annotations

import random

YAML = (
    r"""a|b c|it's|x: y|x:y|# c|- a|-a|'q'|"q"|"q|'q|[a, b]|[a|{a: b}|{a|*x|&x a|~|yes|1|1.5|0x1f|014|1e3|2020-01-01|@a|`a`|%a|
a # b|a: |[]|{}|a  b|null|'it''s'|'a' b|"a" # c|[x: y]|{x}|["a",'b']|{"a":1}|-|--|!!str 1|http://x.y/z|a\b|100%|C#|*bold*|a 'b' c|
"a: b"|'# x'|<b>x</b>|&|*|key: [a, b|true|True|.5|1_0|+1|é|😀|a, b|50% off|[a, [b, c], {d: e}]|"\n\x41"|"\q"|''|"""
    "".replace("\n", "").split("|")
)
YAML_LONG = [
    "|\n  t\n  u",
    ">-\n  t\n\n  u",
    "\n  - a\n  - b",
    "\n- a\n- b",
    "\n  k: v\n  l: w",
    "\n  k: v\n   l: w",
    "\n\tk: v",
    "a\n  b",
    "a\nb",
    '"multi\n  line"',
    "[a\n, b]",
    "a\x07b",
    "a\u2028b",
]
JSON = r""""a"|1|1.5|-1|1e5|true|null|[1,2]|["a",]|{"b":1}|{"b":1,}|'a'|"a	b"|"\u00e9"|"\ud83d"|"\q"|01|.5|+1|[]|{}|[1 2]|"}"|"{"|"\""|tru|NaN|
-|"a|a|1.|[{"a":[]}]|"a\\"|//c|1e|--1|"a" "b"|1e400""".replace("\n", "").split("|")
TOML = r""""a"|'a'|1|1.5|true|2020-01-01|2020-01-01T10:00:00Z|[1,2]|["a",]|{a=1}|{a=1,}|{a.b=1}|"a	b"|"\u00e9"|"\q"|"\e\x41"|0x1F|0o17|0b1|
1_000|1__0|01|+1|1e5|1.|.5|yes|a|"a|[1|{a=1|2020-02-30|""|"a" "b"|True|1e|2020-01-01T10:00|07:32|1e400|99999999999999999999|"é"|"a" # c""".replace(
    "\n", ""
).split("|")
TOML_LONG = [
    '"""x\ny"""',
    "'''x\ny'''",
    "[\n1,\n2\n]",
    "[1,#c\n2]",
    "{a=1\n}",
    "{ # c\na=[1,\n2],\n}",
    "[{a=1,\n},\n]",
    "{\n\n}",
    "{\n,}",
    '"""\\e\\x41\\\n b"""',
]


def yaml_page(chance: random.Random) -> str:
    keys = ["a.b", "'k'", '"k"', "1", "k-1", "é", "k: k2", " one", "k#"]
    lines = []
    for _ in range(chance.randint(1, 3)):
        key = chance.choice(keys) if chance.random() < 0.2 else chance.choice("pqrst")
        value = chance.choice(YAML_LONG) if chance.random() < 0.25 else chance.choice(YAML)
        lines.append(key + chance.choice([": ", ": ", ": ", ":", " : "]) + value)
    return "---\n" + "\n".join(lines) + "\n---\nbody"


def json_page(chance: random.Random) -> str:
    pairs = []
    for _ in range(chance.randint(1, 3)):
        key = chance.choice(['"a"', '"b"', '"c"', '"é"', '"a"', "d"])
        pairs.append(key + chance.choice([":", ": ", " : "]) + chance.choice(JSON))
    lead, gap = chance.choice(["", "\n", " "]), chance.choice([", ", ",\n", ","])
    return (
        lead
        + "{"
        + gap.join(pairs)
        + chance.choice(["}", "}", "\n}\n", ",}", ""])
        + chance.choice(["\nbody", "body", ""])
    )


def toml_page(chance: random.Random) -> str:
    lines = []
    for _ in range(chance.randint(1, 4)):
        if chance.random() < 0.2:
            lines.append(chance.choice(["[t]", "[[u]]", "[t.v]", "[ x ]", "[a.b]"]))
            continue
        key = (
            chance.choice(["a.b", "'q r'", '"s"', "é", "x-y", "1"])
            if chance.random() < 0.3
            else chance.choice("pqrst")
        )
        value = chance.choice(TOML_LONG) if chance.random() < 0.2 else chance.choice(TOML)
        lines.append(key + chance.choice([" = ", "="]) + value)
    return "+++\n" + "\n".join(lines) + "\n+++\nbody"
