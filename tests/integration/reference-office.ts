import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { isRunning, type JobProgress } from '../../shared/contract/jobs.ts';
import {
  type NewReferenceList,
  type ReferenceProgress,
  UploadInfo,
} from '../../shared/contract/reference.ts';
import { isVersioned } from '../../shared/domain/reference.ts';
import type { Client, TestOffice } from './office.ts';

/** Sends a list in as the screen does; `length` is what a browser says of the file before it sends it. */
export function sendList(
  { office }: Pick<TestOffice, 'office'>,
  token: string | null,
  name: string,
  bytes: Uint8Array<ArrayBuffer> | Blob,
  length = bytes instanceof Blob ? bytes.size : bytes.byteLength,
): Promise<Response> {
  return office.fetch(
    new Request('http://mutakhir.test/files/upload', {
      method: 'POST',
      headers: {
        'x-file-name': encodeURIComponent(name),
        'content-type': 'application/octet-stream',
        'content-length': String(length),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: bytes,
    }),
  );
}

export async function uploadList(
  office: Pick<TestOffice, 'office'>,
  token: string,
  name: string,
  bytes: Uint8Array | Blob,
): Promise<string> {
  const body = bytes instanceof Blob ? bytes : new Uint8Array(bytes);
  const response = await sendList(office, token, name, body);
  return UploadInfo.parse(await response.json()).uploadId;
}

/** Asks every so many milliseconds until the job has ended. */
export async function over<Progress extends JobProgress>(
  { jobId }: { jobId: string },
  ask: (input: { jobId: string }) => Promise<Progress>,
  every = 20,
): Promise<Progress> {
  for (;;) {
    const progress = await ask({ jobId });
    if (!isRunning(progress)) return progress;
    await pause(every);
  }
}

/** Waits for the end of a job that reads a list. */
export function ended(client: Client, job: { jobId: string }, every = 20): Promise<ReferenceProgress> {
  return over(job, client.reference.progress.query, every);
}

/** Brings a list of DTKS in, and waits until it stands or does not come to stand. */
export async function importDtks(
  { office, officer, token }: Pick<TestOffice, 'office'> & { officer: Client; token: string },
  name: string,
  bytes: Uint8Array | Blob,
): Promise<ReferenceProgress> {
  const uploadId = await uploadList({ office }, token, `${name}.csv`, bytes);
  const list = { uploadId, source: 'DTKS', areaCodes: null, name, listDate: '2025-12-31' } as const;
  return ended(officer, await officer.reference.import.mutate(list));
}

/**
 * Brings a list in as the screen does: by itself, or where its name stands as the next version of it, laid beside it as
 * the whole and accepted.
 *
 * @returns the id of what stands by now.
 */
export async function bringList(officer: Client, given: z.input<typeof NewReferenceList>): Promise<string> {
  const { name, ...file } = given;
  const isVersion = isVersioned(file.source);
  const standing = (await officer.reference.lists.query()).find(
    (list) => isVersion && list.source === file.source && list.name === name && list.current,
  );
  if (standing === undefined) {
    const { list, problem } = await ended(officer, await officer.reference.import.mutate(given));
    return idOf(list, problem);
  }
  const beside = { ...file, baseListId: standing.id, complete: true };
  const laid = await over(await officer.difference.stage.mutate(beside), officer.difference.progress.query);
  const accepting = await officer.difference.accept.mutate({ id: laid.differenceId ?? '' });
  const { list, problem } = await over(accepting, officer.difference.progress.query);
  return idOf(list, problem);
}

function idOf(list: { id: string } | null, problem: { code: string } | null): string {
  if (list === null) throw new Error(`No list came to stand: ${problem?.code}`);
  return list.id;
}
