"""What several commands take: read by typer as it is, see options.py."""

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Option

Site = Annotated[Path | None, Argument(help="The site.", show_default="found from here upwards")]
Config = Annotated[
    list[str] | None,
    Option(
        metavar="FILE|KEY=VALUE",
        help="The configuration file, or a setting instead of what it says, as TOML: 'host = \"strict\"'.",
    ),
]
Environment = Annotated[str, Option("--environment", "-e", help="Hugo's environment.")]
NoPlugins = Annotated[bool, Option("--no-plugins", help="Load no plug-ins.")]
Clock = Annotated[str | None, Option(metavar="RFC3339", help="The current time.", show_default="now")]
Jobs = Annotated[
    int | None, Option("--jobs", "-j", min=1, help="Number of worker processes.", show_default="one a core")
]
NoCache = Annotated[bool, Option("--no-cache", help="Use no stored results, and store none.")]
AskHugo = Annotated[
    bool,
    Option(
        "--ask-hugo", help="Let the site's own hugo say what only it knows; it runs the site's templates."
    ),
]
Hugo = Annotated[
    Path | None, Option("--hugo", metavar="FILE", help="The hugo to ask.", show_default="hugo on the PATH")
]
ExitZero = Annotated[bool, Option("--exit-zero", help="End with 0 instead of 1.")]
FailOn = Annotated[
    Literal["error", "warning", "info", "never"] | None,
    Option(help="The lowest severity that ends with 1.", show_default="error"),
]
Color = Annotated[Literal["auto", "always", "never"], Option(help="Whether text is colored.")]
TextOrJson = Annotated[Literal["text", "json"], Option(help="For people or for programs.")]
