import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import { loadAreaData } from '../../electron/area-names.ts';
import { loadAreas } from '../../electron/areas.ts';
import { lookForFindings } from '../../electron/services/finding.ts';
import type { Register } from '../../electron/services/register.ts';
import { PartedList } from '../../electron/store/list-rows.ts';
import { ReferenceStaging } from '../../electron/store/reference-staging.ts';
import type { SyntheticCase } from '../../electron/training/cases.ts';
import { generateKelurahan } from '../../electron/training/generate.ts';
import { emptyReport } from '../../shared/contract/reference.ts';
import { kelurahan, openTestOffice } from '../integration/office.ts';
import { fillRegister } from './store-register.ts';
import type { Measurement, Suite } from './suite.ts';

const households = 10_000;
/** Results of padan: one every other week for two years. */
const lists = 50;
/** Of so many persons one is in each list; of so many one is in none, since nobody asked for them. */
const [oneIn, unaskedIn] = [8, 5];
/** Cases that are looked at; those before are compiled meanwhile. */
const [warmUp, looked] = [30, 300];

/** Looking at cases beside many results of padan, as the program does behind every screen of the office. */
export const findingsSuite: Suite = {
  name: 'findings',
  runs: 1,
  prepare: async () => {
    let opened: Register | null = null;
    const office = await openTestOffice({
      startBackground: (register) => {
        opened = register;
        return { stop: async () => {} };
      },
    });
    const register = (): Register => {
      if (opened === null) throw new Error('The register is not open.');
      return opened;
    };
    const { cases } = generateKelurahan({
      households,
      seed: 7,
      kelurahan,
      areas: loadAreaData(loadAreas('resources'), 'resources'),
      today: '2026-11-22',
      cases: households,
    });
    const clerk = await office.as('petugas_loket');
    const clerkId = (await clerk.session.current.query()).account.id;
    const rows = layPadan(register(), cases, clerkId);
    fillRegister(register(), cases.slice(0, warmUp + looked), clerkId);
    return { run: () => measure(register(), rows), cleanUp: () => office.close() };
  },
};

/** Lays the lists down as a worker of the import does, and answers how many rows they have. */
function layPadan({ db }: Register, cases: readonly SyntheticCase[], importedBy: string): number {
  const persons = cases.flatMap(({ household }) =>
    household.members.map((member) => ({
      member,
      card: household.families.find(({ no }) => no === member.familyNo)?.kk ?? null,
    })),
  );
  let total = 0;
  for (let nth = 0; nth < lists; nth += 1) {
    const asked = persons.filter((_, place) => place % unaskedIn > 0 && (place * 7 + nth) % oneIn === 0);
    const staging = new ReferenceStaging(db, {
      id: uuid(),
      source: 'DUKCAPIL',
      name: `Padan ${nth}`,
      listDate: new Date(Date.UTC(2024, 11, 1) + 14 * nth * 86_400_000).toISOString().slice(0, 10),
      areaCodes: null,
      fileName: 'padan.csv',
      fileHash: String(nth).padStart(64, '0'),
      importedAt: '2026-11-10T02:00:00.000Z',
      importedBy,
    });
    const parted = new PartedList((rows) => staging.write(rows));
    for (const [row, { member, card }] of asked.entries()) {
      parted.household(row, { ...nowhere, sourceId: card ?? `baris-${row}`, kk: card });
      parted.person(row, {
        ...unknown,
        order: 1,
        name: member.name,
        nik: member.nik,
        kk: card,
        sex: member.sex,
        birthDate: member.birthDate,
        answers: { flag_pemadanan: '1', status_nik: statuses[row % statuses.length] ?? 'aktif' },
      });
    }
    parted.finish();
    staging.commit(
      { ...emptyReport, rows: asked.length, households: asked.length, persons: asked.length },
      () => {},
    );
    total += asked.length;
  }
  return total;
}

/** What Dukcapil says of one after the other. */
const statuses = ['aktif', 'aktif', 'aktif', 'nonaktif', 'aktif', 'pindah', 'meninggal'];
const nowhere = {
  street: null,
  rt: null,
  rw: null,
  kelurahan: null,
  kelurahanName: null,
  percentile: null,
  desil: null,
  answers: {},
};
const unknown = {
  sourceId: null,
  birthPlace: null,
  age: null,
  relation: null,
  familyNo: null,
  motherName: null,
};

/** Every case is looked at once, a call after the other, with room for others between. */
async function measure(register: Register, rows: number): Promise<Measurement[]> {
  // As in an office that has been open for a quiet moment: pages of the lists stay in memory (`store/read-ahead.ts`).
  register.names.pages.room = 64;
  register.db.exec('INSERT INTO finding_due SELECT serial FROM case_file WHERE true ON CONFLICT DO NOTHING');
  let { pending } = lookForFindings(register);
  while (pending > looked) ({ pending } = lookForFindings(register));
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const pieces: number[] = [];
  const piecesCpu: number[] = [];
  const cpu = process.cpuUsage();
  const from = pending;
  delay.enable();
  while (pending > 0) {
    await setImmediate();
    const begun = performance.now();
    const busy = process.cpuUsage();
    ({ pending } = lookForFindings(register));
    pieces.push(performance.now() - begun);
    piecesCpu.push(process.cpuUsage(busy).user / 1000);
  }
  delay.disable();
  const { user } = process.cpuUsage(cpu);
  for (const all of [pieces, piecesCpu]) all.sort((left, right) => left - right);
  const found = Number(register.db.prepare('SELECT count(*) FROM finding').pluck().get());
  return [
    { metric: 'padan_lists', value: lists, unit: 'lists' },
    { metric: 'padan_rows', value: rows, unit: 'rows' },
    { metric: 'findings', value: found, unit: 'rows' },
    { metric: 'case_cpu', value: user / 1000 / from, unit: 'ms' },
    { metric: 'piece_cpu_p95', value: at(piecesCpu, 0.95), unit: 'ms' },
    { metric: 'piece_p95', value: at(pieces, 0.95), unit: 'ms', bar: 50 },
    { metric: 'piece_worst', value: at(pieces, 1), unit: 'ms' },
    { metric: 'event_loop_p95', value: delay.percentile(95) / 1e6, unit: 'ms', bar: 50 },
  ];
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}
