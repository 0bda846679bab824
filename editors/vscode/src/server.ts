/** The language server, and the item in the status bar that says how it is. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { LanguageClient, State, type ServerOptions } from "vscode-languageclient/node";
import { settings } from "./settings";

const LANGUAGES = ["markdown", "html", "org", "restructuredtext", "asciidoc"];

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private turn: Promise<void> = Promise.resolve();
  private readonly log = vscode.window.createOutputChannel("vitdlint");
  private readonly status = vscode.window.createStatusBarItem("vitdlint.status", vscode.StatusBarAlignment.Right);

  constructor() {
    this.status.name = "vitdlint";
    this.status.command = "vitdlint.log";
    this.status.show();
  }

  showLog(): void {
    this.log.show();
  }

  /** Start it, again if it runs; one after the other, however often that is asked. */
  restart(): Promise<void> {
    this.turn = this.turn.then(() => this.stop()).then(() => this.start());
    return this.turn;
  }

  async dispose(): Promise<void> {
    await this.turn;
    await this.stop();
    this.status.dispose();
    this.log.dispose();
  }

  private async start(): Promise<void> {
    const { path, environment } = settings();
    try {
      await promisify(execFile)(path, ["--version"]);
    } catch (error) {
      this.say(State.Stopped);
      void this.failed(path, error); // nobody has to answer before it can be started again
      return;
    }
    const run: ServerOptions = { command: path, args: ["lsp"] };
    const client = new LanguageClient("vitdlint", "vitdlint", run, {
      documentSelector: LANGUAGES.map((language) => ({ scheme: "file", language })),
      // Plug-ins are programs of the workspace.
      initializationOptions: { trusted: vscode.workspace.isTrusted, environment },
      outputChannel: this.log,
    });
    client.onDidChangeState(({ newState }) => this.say(newState));
    this.client = client;
    try {
      await client.start();
    } catch {
      this.say(State.Stopped); // the client has shown why
    }
  }

  private async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch {
      // It never started, or has ended by itself.
    }
  }

  private say(state: State): void {
    const icon = { [State.Starting]: "$(sync~spin)", [State.Running]: "$(check)", [State.Stopped]: "$(error)" }[state];
    const word = { [State.Starting]: "is starting", [State.Running]: "runs", [State.Stopped]: "does not run" }[state];
    this.status.text = `${icon} vitdlint`;
    this.status.tooltip = `The language server ${word}. Select to see its log.`;
  }

  private async failed(path: string, error: unknown): Promise<void> {
    this.log.appendLine(String(error));
    const said = `${path} cannot be run. It is installed with: pip install 'vitdlint[lsp]'`;
    const chosen = await vscode.window.showErrorMessage(said, "Open Settings", "Show Log");
    if (chosen === "Show Log") this.showLog();
    if (chosen === "Open Settings") await vscode.commands.executeCommand("workbench.action.openSettings", "vitdlint.path");
  }
}
