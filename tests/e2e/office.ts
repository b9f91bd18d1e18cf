import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base } from '@playwright/test';
import { bundledDoor } from '../bundled-workers.ts';
import { type ServeProcess, startDoor } from '../serve-process.ts';

/** The data folder of a training office as its first start leaves it. */
const trainingFolder = resolve('tests/.output/training');

/** Lets the program of today make the training office, for every journey to copy. */
export async function makeTrainingFolder(): Promise<void> {
  rmSync(trainingFolder, { recursive: true, force: true });
  const serve = await startDoor(bundledDoor, trainingFolder, '--latihan');
  await serve.stop();
}

/** A real office behind the plain Node door, in a folder of its own, for one journey. */
export class Office {
  readonly folder: string;
  readonly #flags: string[];
  #serve: ServeProcess;

  private constructor(folder: string, flags: string[], serve: ServeProcess) {
    this.folder = folder;
    this.#flags = flags;
    this.#serve = serve;
  }

  static async start(...flags: string[]): Promise<Office> {
    const folder = mkdtempSync(join(tmpdir(), 'mutakhir-e2e-'));
    if (flags.includes('--latihan')) cpSync(trainingFolder, folder, { recursive: true });
    return new Office(folder, flags, await startDoor(bundledDoor, folder, ...flags));
  }

  /** Where the browser finds it; the same port for as long as the journey lasts. */
  get address(): string {
    return this.#serve.address;
  }

  /** As a power cut: whatever the program was about to do, it does not do any more. */
  async kill(): Promise<void> {
    await this.#serve.kill();
  }

  /** Starts again on the same folder and port, so that open pages find it. */
  async startAgain(): Promise<void> {
    const { port } = new URL(this.address);
    this.#serve = await startDoor(bundledDoor, this.folder, ...this.#flags, '--port', port);
  }

  /** Ends it and removes its folder. */
  async remove(): Promise<void> {
    const { process } = this.#serve;
    if (process.exitCode === null && process.signalCode === null) await this.#serve.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** `test` with an office that is not set up (`office`) and one in training (`trainingOffice`). */
export const test = base.extend<{ office: Office; trainingOffice: Office }>({
  // Playwright reads what a fixture needs from this pattern, also where it is empty.
  // oxlint-disable-next-line no-empty-pattern
  async office({}, lend) {
    const office = await Office.start();
    await lend(office);
    await office.remove();
  },
  // oxlint-disable-next-line no-empty-pattern
  async trainingOffice({}, lend) {
    const office = await Office.start('--latihan');
    await lend(office);
    await office.remove();
  },
});

export { expect } from '@playwright/test';
