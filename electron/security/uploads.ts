import { rm } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { AppError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import { type SealedFile, sealFile } from './sealed-file.ts';

export interface Upload {
  id: string;
  /** Name of the file as the sender has it; shown, never opened. */
  name: string;
  file: SealedFile;
  ownerId: string;
  /** Milliseconds since 1970. */
  takenAt: number;
}

/** An upload nobody comes back for is thrown away. */
const keptFor = 2 * 3_600_000;

/** Files taken in for a job: sealed on disk while they are needed, known in memory only. */
export class Uploads {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #uploads = new Map<string, Upload>();

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  /** Takes a file in; the upload of the same person before it is thrown away. */
  async take(ownerId: string, name: string, content: AsyncIterable<Uint8Array>): Promise<Upload> {
    await this.#sweep(ownerId);
    const id = uuid();
    const path = join(this.#folder, `unggahan-${id}`);
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    try {
      const file = await sealFile(path, content);
      const upload: Upload = { id, name, file, ownerId, takenAt: this.#clock.now().getTime() };
      this.#uploads.set(id, upload);
      return upload;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** @throws AppError `upload_gone`, also for another person's upload. */
  get(ownerId: string, id: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload === undefined || upload.ownerId !== ownerId) throw new AppError('upload_gone');
    return upload;
  }

  async discard(id: string): Promise<void> {
    const upload = this.#uploads.get(id);
    this.#uploads.delete(id);
    if (upload !== undefined) await rm(upload.file.path, { force: true });
  }

  async close(): Promise<void> {
    for (const id of this.#uploads.keys()) await this.discard(id);
  }

  async #sweep(ownerId: string): Promise<void> {
    const now = this.#clock.now().getTime();
    for (const upload of this.#uploads.values()) {
      if (upload.ownerId === ownerId || now - upload.takenAt > keptFor) await this.discard(upload.id);
    }
  }
}
