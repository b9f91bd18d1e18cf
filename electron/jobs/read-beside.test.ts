import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dtksCsv, dtksRow } from '../../tests/fixtures/read-list.ts';
import { someAreas } from '../../tests/fixtures/reference-files.ts';
import { sealFile } from '../security/sealed-file.ts';
import { type ListRows, PartedList } from '../store/list-rows.ts';
import { ListedKeys } from '../store/listed-keys.ts';
import { readBeside } from './read-beside.ts';
import { readList } from './read-list.ts';
import type { ReadAheadOrder } from './reference-order.ts';
import type { WorkerTools } from './run-worker.ts';

/** More than are handed over before the first is written. */
const persons = 16_000;
const order: Omit<ReadAheadOrder, 'file'> = {
  source: 'DTKS',
  areaCodes: null,
  mapping: null,
  kelurahan: null,
  instrument: null,
  areas: { wilayah: [...someAreas.wilayah], aliases: [...someAreas.aliases], bpsKabkota: [] },
  today: '2026-11-22',
  readBy: [],
  listDate: '2025-12-31',
};
let folder = '';
let long: ReadAheadOrder;
let broken: ReadAheadOrder;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mutakhir-baca-'));
  long = await sealed('panjang', linesOf(persons));
  broken = await sealed('rusak', `${linesOf(persons)}"D-1,"x`);
});
afterAll(() => rm(folder, { recursive: true }));

/** Three in each household; the columns that a list must have. */
function linesOf(count: number): string {
  const [header = ''] = dtksCsv(dtksRow()).toString('utf8').split(/\r?\n/);
  const lines = Array.from({ length: count }, (_, at) => {
    const kk = String(3171010101200001 + 10 * Math.floor(at / 3));
    const nik = String(3171014101800001 + 10 * at);
    return `D-${at},,,,GAMBIR,JL. MAWAR ${at % 90},,003,002,${kk},${nik},SITI ${at},1980-01-01,,P,,`;
  });
  return [header, ...lines, ''].join('\n');
}

async function sealed(name: string, text: string): Promise<ReadAheadOrder> {
  const clear = join(folder, `${name}.csv`);
  await writeFile(clear, text);
  return { ...order, file: await sealFile(join(folder, name), createReadStream(clear)) };
}

function toolsOf(signal = new AbortController().signal): WorkerTools {
  return { signal, progress: () => {}, report: () => {}, turn: async () => {} };
}

describe('a list that is read beside the one who writes', () => {
  it('comes as it would in one thread: its rows in their order, and its report', async () => {
    const tools = toolsOf();
    const parts: ListRows[] = [];
    const report = await readBeside(long, tools, (rows) => parts.push(rows));
    const alone: ListRows[] = [];
    const inOne = new PartedList((rows) => alone.push(rows));
    expect(report).toEqual(await readList(long, tools, inOne));
    inOne.finish();
    expect(report.persons).toBe(persons);
    for (const kind of ['households', 'persons'] as const) {
      const [beside, own] = [parts, alone].map((some) => JSON.stringify(some.flatMap((rows) => rows[kind])));
      expect(beside === own).toBe(true);
    }
  });

  it('has the keys that it would have in one thread, whoever of the two makes them', async () => {
    const gathered = new ListedKeys(long.listDate);
    let ahead = 0;
    await readBeside(long, toolsOf(), (rows) => {
      gathered.add(rows);
      if (rows.keys !== undefined) ahead += 1;
      // As long as reading a few parts takes.
      for (const from = performance.now(); performance.now() - from < 100;);
    });
    const own = new ListedKeys(long.listDate);
    const alone = new PartedList((rows) => own.add(rows));
    await readList(long, toolsOf(), alone);
    alone.finish();
    expect(ahead).toBeGreaterThan(0);
    const [one, other] = [gathered.sorted(), own.sorted()];
    expect(one.persons).toBe(other.persons);
    const bytesOf = ({ buffer, byteLength }: Uint32Array<ArrayBuffer>) => Buffer.from(buffer, 0, byteLength);
    expect(bytesOf(one.pairs).equals(bytesOf(other.pairs))).toBe(true);
    expect(Buffer.from(one.briefs).equals(other.briefs)).toBe(true);
    expect(one.parts).toEqual(other.parts);
  });

  it('ends when it is stopped', async () => {
    const stop = new AbortController();
    const tools = toolsOf(stop.signal);
    let written = 0;
    const reading = readBeside(long, tools, (rows) => {
      written += rows.persons.length;
      stop.abort();
    });
    await expect(reading).rejects.toMatchObject({ code: 'import_cancelled' });
    expect(written).toBeLessThan(persons);
  });

  it('ends with what is wrong with the file', async () => {
    const tools = toolsOf();
    const reading = readBeside(broken, tools, () => {});
    await expect(reading).rejects.toMatchObject({ code: 'import_open_quote' });
  });

  it('ends with what goes wrong in writing, and hands over no more', async () => {
    const tools = toolsOf();
    let parts = 0;
    const reading = readBeside(long, tools, () => {
      parts += 1;
      throw new Error('no room on the disk');
    });
    await expect(reading).rejects.toThrow('no room on the disk');
    await pause(50);
    expect(parts).toBe(1);
  });
});
