import type { z } from 'zod';
import type { PushRecord } from '../../../shared/provincial/record.ts';
import { Problem, type PublicKey, type RecordAnswer } from '../../../shared/provincial/wire.ts';
import type { TestOffice } from '../testing.ts';

/** What a server is tried with. */
export interface Subject {
  address: string;
  /** Enrolment code that the province made for this run. */
  code: string;
  /** Area that the code is for. */
  area: string;
  /** Of a reader with the role `provinsi` in that area; without one reading itself is not looked at. */
  readToken: string | null;
}

export interface Check {
  name: string;
  /**
   * Throws where the server does otherwise; the message says what was expected.
   *
   * @returns why there was nothing to look at, where that is so
   */
  run(): Promise<string | void>;
}

/** A run under way: the office that was enrolled for it, and how it asks. */
export interface Trial {
  subject: Subject;
  enrolled(): TestOffice;
  /** The server's key, as its answer to the enrolment named it. */
  serverKey(): PublicKey;
  call(path: string, init?: RequestInit): Promise<Response>;
  answer(record: unknown): Promise<RecordAnswer>;
  /** A record in the area of the run, which names these files. */
  inArea(record?: Partial<PushRecord>, files?: Record<string, unknown>[]): PushRecord;
  /** The same, accepted. */
  begun(): Promise<PushRecord>;
  /** Opens what the server signed. */
  open<Schema extends z.ZodType>(jws: string, typ: string, schema: Schema): Promise<z.infer<Schema>>;
}

export function status(given: RecordAnswer | undefined, wanted: RecordAnswer['status'], code?: string): void {
  if (given?.status !== wanted) fail(`${wanted}, bukan ${given?.status ?? 'tanpa jawaban'}`);
  if (code !== undefined && (!given || !('code' in given) || given.code !== code)) fail(`kode ${code}`);
}

export async function refused(response: Promise<Response>, wanted: number, code: string): Promise<void> {
  const given = await response;
  if (given.status !== wanted) fail(`status ${wanted}, bukan ${given.status}`);
  const problem = Problem.safeParse(await given.json());
  if (!problem.success || problem.data.error.code !== code) fail(`kode ${code}`);
}

export function fail(expected: string): never {
  throw new Error(`diharapkan ${expected}`);
}
