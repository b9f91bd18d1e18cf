import { EventEmitter } from 'node:events';

/** Loaded before a utility process: gives it Electron's `process.parentPort` over Node's own channel. */
class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    process.send?.(message);
  }
}

const parentPort = new ParentPort();
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }));
Object.assign(process, { parentPort });
