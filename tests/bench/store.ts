import { readFileSync } from 'node:fs';
import type { Register } from '../../electron/services/register.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { type Client, openTestOffice, type TestOffice } from '../integration/office.ts';
import { fillLists, pagedLists } from './store-lists.ts';
import { fillRegister, households, makeHouseholds } from './store-register.ts';
import type { Measurement, Suite } from './suite.ts';

const samples = 60;

/**
 * A kelurahan of 20,000 households in the encrypted register, asked as a workstation asks it: through
 * the RPC boundary, as JSON, one call after the other.
 */
export const storeSuite: Suite = {
  name: 'store',
  runs: 5,
  prepare: async () => {
    let register: Register | null = null;
    const office = await openTestOffice({
      startBackground: (opened) => {
        register = opened;
        return { stop: async () => {} };
      },
    });
    const clerk = await office.as('petugas_loket');
    const clerkId = (await clerk.session.current.query()).account.id;
    const cases = fillRegister(opened(register), makeHouseholds(), clerkId);
    const officer = await office.as('petugas_verifikasi');
    fillLists(opened(register), cases, (await officer.session.current.query()).account.id);
    await warmUp(office, clerk, cases);
    let nth = 0;
    return {
      run: async () => measure(office, opened(register), cases, (nth += 1)),
      cleanUp: () => office.close(),
    };
  },
};

function opened(register: Register | null): Register {
  if (register === null) throw new Error('The register is not open.');
  return register;
}

/** The first calls of a process are compiled as they run; a workstation pays that once a morning. */
async function warmUp(office: TestOffice, clerk: Client, cases: readonly Case[]): Promise<void> {
  await timeOf(pick(cases, 0, 15), ({ id }) => clerk.cases.get.query({ caseId: id }));
  await hints(clerk, pick(cases, 0, 15));
  await (await office.as('lurah')).cases.counts.query();
}

async function measure(
  office: TestOffice,
  register: Register,
  cases: readonly Case[],
  nth: number,
): Promise<Measurement[]> {
  const clerk = await office.as('petugas_loket');
  const lurah = await office.as('lurah');
  const chosen = pick(cases, nth, samples);
  return [
    { metric: 'households', value: households, unit: 'rows' },
    {
      metric: 'persons',
      value: cases.reduce((sum, one) => sum + one.household.members.length, 0),
      unit: 'rows',
    },
    bar('open_case_p95', 50, await timeOf(chosen, ({ id }) => clerk.cases.get.query({ caseId: id }))),
    ...(await saves(clerk, register, chosen)),
    bar('duplicate_hint_p95', 50, await hints(clerk, chosen)),
    ...(await searches(clerk, chosen)),
    ...(await pages(office)),
    bar('counts_p95', 50, await timeOf(Array.from({ length: 20 }), () => lurah.cases.counts.query())),
  ];
}

/** Each letter and digit as it is typed is one search. */
async function searches(clerk: Client, cases: readonly Case[]): Promise<Measurement[]> {
  const search = (texts: readonly string[]) => timeOf(texts, (text) => clerk.cases.search.query({ text }));
  const heads = cases.map(({ household }) => household.members[0]?.name.toLowerCase() ?? '');
  const niks = cases.flatMap(({ household }) => household.members[0]?.nik ?? []);
  const kks = cases.flatMap(({ household }) => household.families[0]?.kk ?? []);
  const addresses = cases.map(({ household }) => household.address);
  return [
    bar('search_name_typo_p95', 50, await search(heads.map(slip))),
    bar('search_letters_p95', 50, await search(heads.slice(0, 12).flatMap(lettersOf))),
    bar('search_nik_p95', 50, await search(niks.slice(0, 6).flatMap(lettersOf))),
    bar('search_kk_p95', 50, await search(kks.slice(0, 6).flatMap(lettersOf))),
    bar('search_address_p95', 50, await search(addresses.map(({ street }) => street))),
    bar('search_rt_rw_p95', 50, await search(addresses.map(({ rt, rw }) => `rt ${rt} rw ${rw}`))),
    bar(
      'search_list_p95',
      50,
      await timeOf(heads, (name) =>
        clerk.cases.list.query({ filter: { rw: 1 }, text: slip(name), offset: 0, limit: 200 }),
      ),
    ),
  ];
}

/** Of every list the first page, the last, and those between. */
async function pages(office: TestOffice): Promise<Measurement[]> {
  const measured: Measurement[] = [];
  for (const { name, role, limit, page } of pagedLists) {
    const client = await office.as(role);
    const { total } = await page(client, { offset: 0, limit: 1 });
    const last = Math.max(0, total - limit);
    const offsets = Array.from({ length: 20 }, (_, at) => Math.floor((at * last) / 19));
    measured.push(
      { metric: `list_${name}_rows`, value: total, unit: 'rows' },
      bar(`page_${name}_p95`, 50, await timeOf(offsets, (offset) => page(client, { offset, limit }))),
    );
  }
  return measured;
}

/**
 * Saves as the form does while it is typed. Each must be one commit, so the write-ahead log is read:
 * a frame that ends a transaction says so in its head.
 */
async function saves(clerk: Client, register: Register, cases: readonly Case[]): Promise<Measurement[]> {
  const { id: draftId, version: first } = await clerk.intake.create.mutate({ mode: 'aktif' });
  let version = first;
  register.db.pragma('wal_checkpoint(TRUNCATE)');
  const commits: number[] = [];
  const times: number[] = [];
  for (const { household } of cases.slice(0, 20)) {
    const whole = draftOfHousehold(withNewNumbers(household), null);
    // The form saves as it is typed: with every further member, and once more when all is there.
    for (const [at] of [...whole.members, null].entries()) {
      const body = { ...whole, members: whole.members.slice(0, at + 1) };
      const before = countCommits(register.file);
      times.push(
        ...(await timeOf([version], async (seen) => {
          ({ version } = await clerk.intake.save.mutate({ draftId, version: seen, body }));
        })),
      );
      const after = countCommits(register.file);
      // The log was begun anew in between.
      if (after >= before) commits.push(after - before);
    }
  }
  const registering: number[] = [];
  for (const { household } of cases.slice(0, 20)) {
    const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
    const saved = await clerk.intake.save.mutate({
      draftId: draft.id,
      version: draft.version,
      body: draftOfHousehold(withNewNumbers(household), null),
    });
    registering.push(
      ...(await timeOf([draft.id], (id) =>
        clerk.intake.register.mutate({ draftId: id, version: saved.version }),
      )),
    );
  }
  return [
    bar('save_p95', 20, times),
    { metric: 'commits_per_save', value: Math.max(...commits), unit: 'commits', bar: 1 },
    bar('register_p95', 20, registering),
  ];
}

/** Commits in the write-ahead log since it was begun anew: frames whose head names the size of the file. */
function countCommits(file: string): number {
  const log = readFileSync(`${file}-wal`);
  if (log.length < 32) return 0;
  const frame = 24 + log.readUInt32BE(8);
  const salt = log.subarray(16, 24);
  let commits = 0;
  for (let at = 32; at + frame <= log.length; at += frame) {
    // Frames of before the log was begun anew bear another salt.
    if (!log.subarray(at + 8, at + 16).equals(salt)) break;
    if (log.readUInt32BE(at + 4) > 0) commits += 1;
  }
  return commits;
}

async function hints(clerk: Client, cases: readonly Case[]): Promise<number[]> {
  const { id: draftId } = await clerk.intake.create.mutate({ mode: 'aktif' });
  return timeOf(cases, ({ household }) =>
    clerk.duplicates.hint.query({ draftId, body: draftOfHousehold(household, null) }),
  );
}

/** The family that comes again with other numbers, so that it may be registered beside itself. */
function withNewNumbers(household: Case['household']): Case['household'] {
  return {
    ...household,
    families: household.families.map((family) => ({ ...family, kk: null })),
    members: household.members.map((member) => ({ ...member, nik: null, nikNote: null })),
  };
}

async function timeOf<Item>(
  items: readonly Item[],
  call: (item: Item) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (const item of items) {
    const from = performance.now();
    await call(item);
    times.push(performance.now() - from);
  }
  return times;
}

function bar(metric: string, limit: number, times: readonly number[]): Measurement {
  const sorted = times.toSorted((left, right) => left - right);
  const value = sorted[Math.floor((sorted.length - 1) * 0.95)] ?? Number.NaN;
  return { metric, value, unit: 'ms', bar: limit };
}

/** Cases spread over the whole register, others in each run. */
function pick(cases: readonly Case[], nth: number, count: number): Case[] {
  return Array.from({ length: count }, (_, at) => cases[(at * 331 + nth * 97) % cases.length]).flatMap(
    (one) => one ?? [],
  );
}

/** Two letters swapped in the longest word. */
function slip(name: string): string {
  const words = name.split(' ');
  const longest = words.reduce((left, right) => (right.length > left.length ? right : left), '');
  if (longest.length < 4) return name;
  const slipped = `${longest.slice(0, 1)}${longest[2]}${longest[1]}${longest.slice(3)}`;
  return words.map((word) => (word === longest ? slipped : word)).join(' ');
}

function lettersOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(0, at + 2));
}
