/** What a person has set, with `${workspaceFolder}` filled in. */
import * as vscode from "vscode";

export interface Settings {
  readonly path: string;
  readonly arguments: readonly string[];
  readonly environment: string;
}

export function settings(): Settings {
  const set = vscode.workspace.getConfiguration("vitdlint");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  return {
    path: set.get("path", "vitdlint").replaceAll("${workspaceFolder}", () => folder),
    arguments: set.get<string[]>("arguments", []),
    environment: set.get("environment", "production"),
  };
}
