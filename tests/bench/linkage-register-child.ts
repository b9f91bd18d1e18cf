import { openAsBlob } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { getCase } from '../../electron/services/case-steps.ts';
import { matchCase } from '../../electron/services/identification-match.ts';
import type { Register } from '../../electron/services/register.ts';
import { matchHousehold } from '../../electron/matching/match-household.ts';
import { memberInput } from '../../electron/matching/normalise.ts';
import { reading } from '../../electron/store/connection.ts';
import { listCurrentLists } from '../../electron/store/identification.ts';
import { findModel } from '../../electron/store/list-model.ts';
import { KeyIndex } from '../../electron/store/matching.ts';
import { referenceCandidates } from '../../electron/store/matching-sources.ts';
import type { SyntheticCase } from '../../electron/training/cases.ts';
import { type Client, openTestOffice } from '../integration/office.ts';
import { ended, uploadList } from '../integration/reference-office.ts';
import { countingPairs } from './linkage-pairs.ts';
import type { RegisterMeasured } from './linkage-register.ts';
import { fillRegister } from './store-register.ts';

/** Brings the list named on the command line into a new office, asks for the cases named there, prints what it took. */
const [listFile = '', casesFile = ''] = process.argv.slice(2);
/** Calls of a process that are compiled as they run; a workstation pays them once a morning. */
const warmUp = 20;
/** Cases asked one upon the other as soon as the office has started, then after a quiet moment; none is timed twice. */
const asked = 140;
/** Hints, as many. */
const typed = 140;
/** So long (ms) the office is left alone: it reads ahead, as it does between two families. */
const quiet = (persons: number) => 3_000 + persons / 100;
const megabyte = 2 ** 20;

const cases: SyntheticCase[] = JSON.parse(await readFile(casesFile, 'utf8'));
let opened: Register | null = null;
const office = await openTestOffice({
  startBackground: (register) => {
    opened = register;
    return { stop: async () => {} };
  },
});
const begun = performance.now();
const persons = await importList(await office.as('petugas_verifikasi'));
const importSeconds = (performance.now() - begun) / 1000;
const importPeakMb = process.resourceUsage().maxRSS / 1024;
const clerkId = (await (await office.as('petugas_loket')).session.current.query()).account.id;
const waiting = fillRegister(register(), cases, clerkId).flatMap((filled, at) =>
  filled.state === 'TERDAFTAR' ? [{ filled, made: cases[at] }] : [],
);
await office.restart();
const officer = await office.as('petugas_verifikasi');

const restlessMs: number[] = [];
const caseMs: number[] = [];
const engineMs: number[] = [];
const found: Pick<
  RegisterMeasured,
  'outcomes' | 'amongFive' | 'leftToAPerson' | 'expectedMatches' | 'casesSearchedInPart'
> = {
  outcomes: [],
  amongFive: 0,
  leftToAPerson: 0,
  expectedMatches: 0,
  casesSearchedInPart: 0,
};
for (const one of waiting.slice(0, asked)) restlessMs.push(await ask(one));
await pause(quiet(persons));
for (const [at, one] of waiting.slice(asked, 3 * asked).entries()) {
  if (at % 2 === 0) caseMs.push(await ask(one));
  else engineMs.push(compareInEngine(one.filled.id));
}
const personMs = waiting.slice(3 * asked, 5 * asked).map(({ filled }, at) => comparePerson(filled.id, at));
const hintMs = await hints(waiting.map(({ filled }) => filled));
for (const one of waiting) await judge(one);
const measured: RegisterMeasured = {
  persons,
  cacheMb: -Number(register().db.pragma('cache_size', { simple: true })) / 1024,
  fileMb: (await stat(register().file)).size / megabyte,
  importSeconds,
  importPeakMb,
  firstMs: restlessMs[0] ?? Number.NaN,
  restlessMs: restlessMs.slice(warmUp),
  caseMs,
  engineMs,
  personMs,
  hintFirstMs: hintMs[0] ?? Number.NaN,
  hintMs: hintMs.slice(warmUp),
  ...found,
  ...comparePairs(waiting.map(({ filled }) => filled)),
  batch: await everyCase(),
  peakMb: process.resourceUsage().maxRSS / 1024,
};
await office.close();
// Ends once all is out: a pipe takes so much at a time.
process.stdout.write(JSON.stringify(measured), () => process.exit(0));

function register(): Register {
  if (opened === null) throw new Error('The register is not open.');
  return opened;
}

/** What the clerk waits for: the proposal through the office's door. */
async function ask({ filled }: (typeof waiting)[number]): Promise<number> {
  const from = performance.now();
  await officer.identification.proposal.query({ caseId: filled.id });
  return performance.now() - from;
}

/** One case against the list: read from the register, searched, compared and decided; nothing is told of it. */
function compareInEngine(caseId: string): number {
  const from = performance.now();
  reading(register().db, () => matchCase(register(), getCase(register(), caseId)));
  return performance.now() - from;
}

/** The same for one of the family alone: what a row of a list of cases costs. */
function comparePerson(caseId: string, nth: number): number {
  const from = performance.now();
  reading(register().db, () => {
    const { household, ...one } = getCase(register(), caseId);
    const members = household.members.slice(nth % household.members.length).slice(0, 1);
    return matchCase(register(), { ...one, household: { ...household, members } });
  });
  return performance.now() - from;
}

/** How many pairs are looked at of so many cases, and the time of finding, comparing and deciding them. */
function comparePairs(all: readonly Case[]): Pick<RegisterMeasured, 'pairs' | 'pairsMs'> {
  const { db, names } = register();
  return reading(db, () => {
    const ids = listCurrentLists(db).map(({ id }) => id);
    const index = new KeyIndex(db, names);
    const { model } = findModel(db, ids);
    const measured = { pairs: 0, pairsMs: 0 };
    for (const { household } of all) {
      const cards = new Map(household.families.map(({ no, kk }) => [no, kk]));
      const members = household.members.map((member) => ({
        id: member.id,
        unit: String(member.familyNo),
        input: memberInput(member, household.address, cards.get(member.familyNo) ?? null),
      }));
      const from = performance.now();
      const { source, looked } = countingPairs(referenceCandidates(db, index, ids), members.length);
      matchHousehold(members, source, { model });
      measured.pairsMs += performance.now() - from;
      measured.pairs += looked();
    }
    return measured;
  });
}

/** Answers how many persons came in. */
async function importList(client: Client): Promise<number> {
  // As the screen sends it: never whole in memory.
  const uploadId = await uploadList(
    office,
    await office.tokenOf('petugas_verifikasi'),
    'dtks.csv',
    await openAsBlob(listFile),
  );
  const job = await client.reference.import.mutate({
    uploadId,
    source: 'DTKS',
    areaCodes: null,
    name: 'DTKS',
    listDate: '2025-12-31',
  });
  const { state, report } = await ended(client, job, 200);
  if (state !== 'selesai' || report === null) throw new Error(`The list did not come in: ${state}.`);
  return report.persons;
}

/** How good the links of a case are. Of every case that waits: which of them are timed must not change the figure. */
async function judge({ filled, made }: (typeof waiting)[number]): Promise<void> {
  const { sources } = await officer.identification.proposal.query({ caseId: filled.id });
  const idOf = register().db.prepare('SELECT source_id FROM reference_person WHERE id = ?').pluck();
  const [source] = sources;
  if (source !== undefined && source.overlooked.length > 0) found.casesSearchedInPart += 1;
  for (const { memberId, dtksId } of made?.truth.members ?? []) {
    const member = source?.members.find((one) => one.memberId === memberId);
    const candidates = member?.candidates ?? [];
    const offered = candidates.map(({ personId }) => String(idOf.get(Number(personId))));
    const isLinked = member?.outcome === 'auto';
    found.expectedMatches += candidates[0]?.probability ?? 0;
    found.outcomes.push({
      id: memberId,
      family: filled.id,
      wanted: dtksId,
      linked: isLinked ? (offered[0] ?? null) : null,
    });
    if (member?.outcome === 'review') found.leftToAPerson += 1;
    if (dtksId !== null && offered.includes(dtksId)) found.amongFive += 1;
  }
}

/** What the counter asks with every pause in typing, for families half typed and whole. */
async function hints(all: readonly Case[]): Promise<number[]> {
  const clerk = await office.as('petugas_loket');
  const { id: draftId } = await clerk.intake.create.mutate({ mode: 'aktif' });
  const times: number[] = [];
  for (const [at, { household }] of all.slice(0, typed).entries()) {
    const body = draftOfHousehold(household, null);
    const half = at % 2 === 0 ? body : { ...body, members: body.members.slice(0, 1) };
    const from = performance.now();
    await clerk.duplicates.hint.query({ draftId, body: half });
    times.push(performance.now() - from);
  }
  return times;
}

/** "Padankan semua", and how long the main thread was held up meanwhile. */
async function everyCase(): Promise<RegisterMeasured['batch']> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const from = performance.now();
  await officer.identification.matchAll.mutate();
  delay.enable();
  let state = await officer.identification.matchAllState.query();
  while (state.job !== null) {
    await pause(100);
    state = await officer.identification.matchAllState.query();
  }
  delay.disable();
  return {
    cases: state.ranked,
    seconds: (performance.now() - from) / 1000,
    left: state.waiting - state.ranked,
    loopP95: delay.percentile(95) / 1e6,
  };
}
