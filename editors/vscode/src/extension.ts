/** vitdlint in VS Code: it starts the language server, and adds commands. */
import * as vscode from "vscode";
import { commands } from "./commands";
import { Server } from "./server";

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = new Server();
  context.subscriptions.push(
    server,
    ...Object.entries(commands(server)).map(([name, work]) => vscode.commands.registerCommand(name, work)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => server.restart()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      const restarts = ["vitdlint.path", "vitdlint.environment"].some((name) => change.affectsConfiguration(name));
      return restarts ? server.restart() : undefined;
    }),
  );
  await server.restart();
}
