import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PushRecord } from '../../shared/provincial/record.ts';
import { BatchResponse, Problem, type RecordAnswer } from '../../shared/provincial/wire.ts';
import { legalised, startTestProvince, TestOffice, type TestProvince } from './testing.ts';

const offices = 48;
const recordsEach = 6;

/** Two real processes of the server on one PostgreSQL, and offices that all come back at once. */
describe('a crowd of offices', () => {
  let province: TestProvince;
  const processes: { address: string; stop(): Promise<unknown> }[] = [];
  const crowd: TestOffice[] = [];

  beforeAll(async () => {
    province = await startTestProvince();
    for (let n = 0; n < 2; n += 1) processes.push(await startProcess(province.databaseUrl));
    for (let n = 0; n < offices; n += 1) crowd.push(await TestOffice.enrolled(province.server));
  });
  afterAll(async () => {
    for (const { stop } of processes) await stop();
    await province.stop();
  });

  it('is asked to wait rather than turned away, by two processes, and every record arrives once', async () => {
    const waits: string[] = [];
    const otherwise: number[] = [];
    const answers = await Promise.all(
      crowd.map(async (office, index) => {
        const records = Array.from({ length: recordsEach }, () => legalised());
        const given: RecordAnswer[] = [];
        for (let tries = 0; given.length === 0; tries += 1) {
          // An office does not know that there are two; what it is balanced to changes with each try.
          const response = await office.push(processOf(index + tries), records);
          if (response.status === 200) given.push(...BatchResponse.parse(await response.json()).answers);
          else if (response.status === 429) waits.push(await waitAsTold(response));
          else otherwise.push(response.status);
          if (otherwise.length > 0) break;
        }
        return given;
      }),
    );
    expect(otherwise).toEqual([]);
    expect(waits.length).toBeGreaterThan(0);
    expect(waits.every((wait) => /^([1-9]|[1-5]\d|60)$/.test(wait))).toBe(true);
    expect(answers.flat().map(({ status }) => status)).toEqual(
      Array.from({ length: offices * recordsEach }, () => 'accepted'),
    );
    const { rows } = await province.server.pool.query(
      'SELECT count(*)::int AS records, count(DISTINCT key)::int AS keys FROM record',
    );
    expect(rows).toEqual([{ records: offices * recordsEach, keys: offices * recordsEach }]);
  });

  it('gets the same receipt from either process, also when both are asked at the same moment', async () => {
    const [office] = crowd;
    if (office === undefined) throw new Error('There is a first office.');
    const record = legalised();
    const both = await Promise.all([0, 1].map(async (n) => await answerOf(office, processOf(n), record)));
    const receipts = both.map((answer) => ('receipt' in answer ? answer.receipt : answer.status));
    expect(both.map(({ status }) => status).sort()).toEqual(['accepted', 'duplicate']);
    expect(receipts[0]).toBe(receipts[1]);
  });

  it('is told whether the server is there, however full it is', async () => {
    const pushes = crowd.map(async (office, index) => {
      const response = await office.push(processOf(index), [legalised()]);
      await response.arrayBuffer();
      return response.status;
    });
    const health = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const response = await fetch(`${processOf(n).address}/v1/health`);
        await response.arrayBuffer();
        return response.status;
      }),
    );
    expect(new Set(health)).toEqual(new Set([200]));
    expect((await Promise.all(pushes)).filter((status) => status !== 200 && status !== 429)).toEqual([]);
  });

  function processOf(n: number): { address: string } {
    const chosen = processes[n % processes.length];
    if (chosen === undefined) throw new Error('No process runs.');
    return chosen;
  }

  async function answerOf(office: TestOffice, server: { address: string }, record: PushRecord) {
    const [answer] = await office.answers(server, [record]);
    if (answer === undefined) throw new Error('The record was not answered.');
    return answer;
  }
});

/** Reads the refusal, waits as long as it says, and hands on what the header held. */
async function waitAsTold(response: Response): Promise<string> {
  const told = response.headers.get('retry-after') ?? '';
  expect(Problem.parse(await response.json()).error.code).toBe('busy');
  await sleep(Number(told) * 1_000);
  return told;
}

async function startProcess(databaseUrl: string): Promise<{ address: string; stop(): Promise<unknown> }> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'main.ts'), '--port', '0', '--at-once', '2'],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, DATABASE_URL: databaseUrl } },
  );
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /^Server provinsi: (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1];
    if (address !== undefined)
      return {
        address,
        stop: () => {
          child.kill('SIGTERM');
          return exited;
        },
      };
  }
  throw new Error('The server ended before it served.');
}
