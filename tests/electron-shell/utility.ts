import { type ChildProcess, fork as forkNode } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { report } from './channel.ts';

const parentPort = fileURLToPath(new URL('./parent-port.ts', import.meta.url));
const running = new Set<ChildProcess>();

/** `utilityProcess.fork`: a Node process with structured messages and `process.parentPort`. */
export function fork(file: string, args: string[]): UtilityProcess {
  const child = forkNode(file, args, { serialization: 'advanced', execArgv: ['--import', parentPort] });
  running.add(child);
  child.on('exit', () => running.delete(child));
  if (child.pid !== undefined) report({ event: 'office-process', pid: child.pid });
  return new UtilityProcess(child);
}

class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    child.on('message', (message) => this.emit('message', message));
    child.on('exit', (code) => this.emit('exit', code ?? 1));
  }

  postMessage(message: object): void {
    // Electron drops what is sent to a process that has ended.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  kill(): boolean {
    return this.#child.kill();
  }
}

/** Utility processes never outlive their program. */
export function endUtilityProcesses(): void {
  for (const child of running) child.kill('SIGKILL');
}
