import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { compiled } from '../compiled.ts';
import { atExit } from './leavings.ts';

/** The same options for a program, and one that is loaded into it before it runs, beside this file. */
export function loading(file: string): { NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import=${import.meta.resolve(file)}` };
}

/** A program of its own, with its own process group, which goes with this program at the latest. */
export class RealProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    const callOff = atExit(() => this.#signal('SIGKILL'));
    this.#exited = once(child, 'exit').finally(callOff);
  }

  /**
   * Starts a program and waits for the line that says it is ready.
   *
   * @param ready its first group is what is answered
   */
  static async start(
    args: readonly string[],
    ready: RegExp,
    env: NodeJS.ProcessEnv = {},
  ): Promise<{ process: RealProcess; said: string }> {
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
      env: { NODE_COMPILE_CACHE: compiled, ...process.env, ...env },
    });
    const started = new RealProcess(child);
    const said = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const found = ready.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', (code) => reject(new EndedEarly(`${args[0]} ended with ${String(code)}.`)));
    });
    return { process: started, said };
  }

  /** SIGKILL of the whole group, at this very moment. */
  async kill(): Promise<void> {
    this.#signal('SIGKILL');
    await this.#exited;
  }

  /** The exit code after SIGTERM. */
  async stop(): Promise<number | null> {
    this.#signal('SIGTERM');
    await this.#exited;
    return this.#child.exitCode;
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal);
  }
}

/** A program that ended before it was ready. */
export class EndedEarly extends Error {
  override readonly name = 'EndedEarly';
}
