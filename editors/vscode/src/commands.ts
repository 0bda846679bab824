/** What a person can ask for by name. */
import { dirname } from "node:path";
import * as vscode from "vscode";
import type { Server } from "./server";
import { settings } from "./settings";

export const commands = (server: Server): Record<string, () => unknown> => ({
  "vitdlint.check": () => run("check", settings().arguments),
  "vitdlint.links": () => run("links"),
  "vitdlint.explain": explain,
  "vitdlint.fixAll": () =>
    vscode.commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll.vitdlint", apply: "first" }),
  "vitdlint.restart": () => server.restart(),
  "vitdlint.log": () => server.showLog(),
});

/** Run vitdlint in a terminal, without a shell: no name of a file can become a command. */
async function run(command: string, more: readonly string[] = []): Promise<void> {
  const cwd = await here();
  if (cwd === undefined) return;
  const program = new vscode.ProcessExecution(settings().path, [command, ...more], { cwd });
  const task = new vscode.Task({ type: "vitdlint", command }, vscode.TaskScope.Workspace, command, "vitdlint", program);
  task.presentationOptions = { clear: true, focus: false };
  await vscode.tasks.executeTask(task);
}

/** A folder of the site: that of the file in the editor, else of the workspace; of several the person chooses. */
async function here(): Promise<string | undefined> {
  const file = vscode.window.activeTextEditor?.document.uri;
  if (file?.scheme === "file" && vscode.workspace.getWorkspaceFolder(file)) return dirname(file.fsPath);
  const folders = vscode.workspace.workspaceFolders ?? [];
  const chosen = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
  return chosen?.uri.fsPath;
}

async function explain(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const rules = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((found) => found.source === "vitdlint" && found.range.contains(editor.selection.active))
    .map((found) => String(typeof found.code === "object" ? found.code.value : found.code));
  const names = [...new Set(rules)];
  const name = names.length > 1 ? await vscode.window.showQuickPick(names) : names[0];
  if (name !== undefined) await run("explain", [name]);
  else if (names.length === 0) void vscode.window.showInformationMessage("vitdlint reports nothing at the cursor.");
}
