import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PairVerdict } from '../../shared/contract/identification.ts';
import type { CaseAction } from '../../shared/domain/case-flow.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import type { Household } from '../../shared/domain/household.ts';
import { differencesInWords } from '../../shared/domain/match.ts';
import { inspectNik } from '../../shared/domain/nik.ts';
import type { Answers } from '../../shared/domain/answers.ts';
import { type Instrument, readAnswers } from '../../shared/domain/instrument.ts';
import { decodeAnswers } from '../../shared/domain/instrument-exchange.ts';
import { differencesOf } from '../../shared/domain/visit-differences.ts';
import type { PassiveGrounds } from '../../shared/domain/registration.ts';
import {
  emptyVisit,
  inspectVisit,
  passKey,
  subjectOf,
  type VisitEntry,
} from '../../shared/domain/visit-entry.ts';
import { type Clock, today } from '../clock.ts';
import { attachToDraft } from '../services/attachments.ts';
import { getCase, takeStep } from '../services/case-steps.ts';
import { decideIdentification } from '../services/identification.ts';
import { proposeCase } from '../services/identification-proposal.ts';
import { compareCases, mergeCases } from '../services/merge.ts';
import { createDraft, saveDraft } from '../services/intake.ts';
import { registerDraft } from '../services/intake-register.ts';
import { type Register, type ServiceActor, systemActor } from '../services/register.ts';
import { finishVisit, openSheet, saveVisit } from '../services/verification.ts';
import { noteSheets } from '../services/verification-print.ts';
import { findNewestSheet } from '../store/verification.ts';
import type { PrivateKey } from '../../shared/provincial/wire.ts';
import { makeOfficeKey } from '../sync/signatures.ts';
import type { SyntheticCase } from './cases.ts';
import { seedMeetings, seedTeam, type Word } from './training-muskel.ts';
import { confirmInTraining, rejectInTraining } from './training-province.ts';

/** The people of the training office who take the families along. */
export interface TrainingStaff {
  clerk: ServiceActor;
  verifier: ServiceActor;
  lurah: ServiceActor;
}

/** How far a family of the training office has come: the state its case shall stand in. */
type Goal = (typeof goals)[number];

/** Every state of the way, the frequent ones more often; the passive ones first. */
export const goals = [
  'MENUNGGU_LURAH',
  'MENUNGGU_LURAH',
  'MENUNGGU_LURAH',
  'DIKEMBALIKAN',
  'DITOLAK_LURAH',
  'DRAF',
  'DRAF',
  'TERDAFTAR',
  'TERDAFTAR',
  'TERDAFTAR',
  'TERDAFTAR',
  'TERDAFTAR',
  'TERDAFTAR',
  'TERIDENTIFIKASI',
  'TERIDENTIFIKASI',
  'DITUTUP',
  'DAFTAR_SASARAN',
  'DAFTAR_SASARAN',
  'MUSKEL_TIDAK_LAYAK',
  'MUSKEL_TIDAK_DITEMUKAN',
  'MUSKEL_GANDA',
  'MUSKEL_LAYAK',
  'MUSKEL_LAYAK',
  'MUSKEL_LAYAK',
  'MUSKEL_LAYAK',
  'DITUGASKAN',
  'DITUGASKAN',
  'DITUGASKAN',
  'DICACAH',
  'DICACAH',
  'DICACAH',
  'DIPERIKSA',
  'DISAHKAN',
  'DISAHKAN',
  'DISAHKAN',
  'TERKIRIM',
  'DITERIMA',
  'DITERIMA',
  'DITERIMA',
  'DITERIMA',
  'DITERIMA',
  'DITOLAK',
  'DITARIK',
] as const;

const passiveGoals: readonly Goal[] = ['MENUNGGU_LURAH', 'DIKEMBALIKAN', 'DITOLAK_LURAH'];
const fieldGoals: readonly Goal[] = [
  'DITUGASKAN',
  'DICACAH',
  'DIPERIKSA',
  'DISAHKAN',
  'TERKIRIM',
  'DITERIMA',
  'DITOLAK',
  'DITARIK',
];
const enumerator = 'Rina Wulandari';

/**
 * Takes each family as far as its goal, by the same services as the screens, so that its history,
 * sheets and outbox are what an office's own would be.
 */
export async function seedFamilies(
  register: Register,
  staff: TrainingStaff,
  families: readonly SyntheticCase[],
): Promise<void> {
  const visited: { caseId: string; goal: Goal; family: SyntheticCase }[] = [];
  const waiting: { caseId: string; family: SyntheticCase }[] = [];
  const discussed: { caseId: string; word: Word | null }[] = [];
  for (const [index, goal] of goals.entries()) {
    const made = families[index];
    const family =
      index === goals.lastIndexOf('TERDAFTAR') && made !== undefined ? toldFromMemory(made) : made;
    const caseId = family === undefined ? null : seedToList(register, staff, family, goal);
    if (family !== undefined && caseId !== null && fieldGoals.includes(goal))
      visited.push({ caseId, goal, family });
    if (caseId !== null && getCase(register, caseId).state === 'DAFTAR_SASARAN')
      discussed.push({ caseId, word: wordFor(goal) });
    if (family !== undefined && caseId !== null && goal === 'TERDAFTAR') waiting.push({ caseId, family });
  }
  seedTwice(register, staff, waiting);
  seedMeetings(register, staff, discussed);
  seedTeam(register, staff, enumerator);
  // One stack of forms for all of them, as an office prints it.
  noteSheets(register, staff.verifier, {
    caseIds: visited.map(({ caseId }) => caseId),
    enumerator,
    paper: 'F4',
  });
  const provinceKey = await makeOfficeKey();
  for (const { caseId, goal, family } of visited)
    await seedFromField(register, staff, caseId, goal, family, provinceKey);
}

/** From the counter to the target list; null for a draft, which is no case yet. */
function seedToList(
  register: Register,
  staff: TrainingStaff,
  family: SyntheticCase,
  goal: Goal,
): string | null {
  const { clerk, verifier, lurah } = staff;
  const passive = passiveGoals.includes(goal) ? groundsOf(family) : null;
  const draft = createDraft(register, clerk, passive === null ? 'aktif' : 'pasif');
  const body = draftOfHousehold(withNikNotes(register, family.household), passive);
  // A draft is what somebody was called away from: the first member, and the rest still to type.
  const typed = goal === 'DRAF' ? { ...body, members: body.members.slice(0, 1) } : body;
  const { version } = saveDraft(register, clerk, { draftId: draft.id, version: draft.version, body: typed });
  if (goal === 'DRAF') return null;
  if (passive !== null) attachEvidence(register, clerk, draft.id);
  const { caseId } = registerDraft(register, clerk, { draftId: draft.id, version });
  const step = stepsOf(register, caseId);

  if (goal === 'DIKEMBALIKAN')
    step(lurah, 'kembalikan_pendaftaran', 'Nama pengusul belum lengkap; mohon dilengkapi dengan jabatannya.');
  if (goal === 'DITOLAK_LURAH')
    step(lurah, 'tolak_pendaftaran', 'Keluarga sudah pindah ke luar DKI menurut ketua RT.');
  if (passive !== null || goal === 'TERDAFTAR') return caseId;

  identify(register, verifier, caseId);
  if (goal === 'DITUTUP')
    step(verifier, 'tutup', 'Data sama dengan daftar; keluarga tidak meminta perubahan.');
  if (goal === 'TERIDENTIFIKASI' || goal === 'DITUTUP') return caseId;
  step(verifier, 'masukkan_daftar_sasaran');
  return caseId;
}

/**
 * A family that came without its cards: names and years are all it knew, and who they are in the lists
 * is for somebody to judge.
 */
function toldFromMemory(family: SyntheticCase): SyntheticCase {
  const { household } = family;
  return {
    ...family,
    household: {
      ...household,
      families: household.families.map((one) => ({ ...one, kk: null })),
      members: household.members.map((member) => ({
        ...member,
        nik: null,
        nikNote: 'KTP dan KK tidak dibawa.',
        birthDate: member.birthDate === null ? null : `${member.birthDate.slice(0, 4)}-01-01`,
      })),
    },
  };
}

/**
 * Two families that were registered a second time, by a neighbour who knew another house number: one
 * is merged already, the other waits to be found.
 */
function seedTwice(
  register: Register,
  { clerk, verifier }: TrainingStaff,
  [merged, unnoticed]: readonly { caseId: string; family: SyntheticCase }[],
): void {
  for (const first of [merged, unnoticed]) {
    if (first === undefined) continue;
    const { caseId: otherId } = registerAgain(register, clerk, first.family);
    if (first === unnoticed) continue;
    const { kept, other, same } = compareCases(register, { keptId: first.caseId, otherId });
    mergeCases(register, verifier, {
      kept,
      other,
      plan: { choices: { phone: 'digabung' }, same, joining: [] },
      reason: 'Keluarga yang sama, didaftarkan lagi oleh tetangganya.',
    });
  }
}

function registerAgain(register: Register, clerk: ServiceActor, family: SyntheticCase): { caseId: string } {
  const household = withNikNotes(register, family.household);
  const body = draftOfHousehold(
    {
      ...household,
      phone: '0812 0000 0000',
      address: { ...household.address, street: 'Gg. Samping Musala' },
    },
    null,
  );
  const draft = createDraft(register, clerk, 'aktif');
  const { version } = saveDraft(register, clerk, { draftId: draft.id, version: draft.version, body });
  return registerDraft(register, clerk, { draftId: draft.id, version });
}

/** From the printed form to the province's answer. */
async function seedFromField(
  register: Register,
  { verifier, lurah }: TrainingStaff,
  caseId: string,
  goal: Goal,
  family: SyntheticCase,
  provinceKey: PrivateKey,
): Promise<void> {
  const step = stepsOf(register, caseId);
  if (goal === 'DITUGASKAN') return;
  enterVisit(register, verifier, caseId, family);
  if (goal === 'DICACAH') return;
  step(lurah, 'setujui_pemeriksaan');
  if (goal === 'DIPERIKSA') return;
  step(lurah, 'sahkan');
  if (goal === 'DISAHKAN') return;
  // On its way: the state between the province's storing it and its answer, seen for a moment only.
  if (goal === 'TERKIRIM') step(systemActor, 'catat_terkirim');
  if (goal === 'DITERIMA') await confirmInTraining(register, provinceKey, caseId);
  if (goal === 'DITOLAK') rejectInTraining(register, caseId);
  if (goal === 'DITARIK') step(lurah, 'tarik_kembali', 'Keluarga ternyata sudah pindah ke luar DKI.');
}

function stepsOf(register: Register, caseId: string) {
  return (actor: ServiceActor, action: CaseAction, reason: string | null = null) =>
    takeStep(register, actor, { caseId, action, reason });
}

/**
 * Where the NIK and what was said disagree, the clerk looked at the card and let it pass; a number that
 * cannot be one is left open until the family brings the card.
 */
function withNikNotes(register: Register, household: Household): Household {
  const members = household.members.map((member) => {
    const { nik, birthDate, sex } = member;
    if (nik === null) return member;
    const context = { today: today(register.clock), birthDate, sex, areaName: register.areas.nameOfNikArea };
    const { errors, warnings } = inspectNik(nik, context);
    if (errors.length > 0) return { ...member, nik: null, nikNote: 'KTP tidak dibawa.' };
    return warnings.length > 0 ? { ...member, nikNote: 'Sesuai KTP yang ditunjukkan.' } : member;
  });
  return { ...household, members };
}

/** What the meeting says of a family on its way to a goal; who stays on the list hears nothing yet. */
function wordFor(goal: Goal): Word | null {
  switch (goal) {
    case 'DAFTAR_SASARAN':
      return null;
    case 'MUSKEL_TIDAK_LAYAK':
      return 'mampu';
    case 'MUSKEL_TIDAK_DITEMUKAN':
      return 'tidak_ditemukan';
    case 'MUSKEL_GANDA':
      return 'ganda';
    default:
      return 'layak';
  }
}

function groundsOf(family: SyntheticCase): PassiveGrounds {
  return {
    reason: family.reason ?? 'Lansia tunggal',
    proposer: 'Hj. Nurhayati',
    proposerRole: 'Kader dasawisma',
    note: null,
  };
}

function attachEvidence(register: Register, clerk: ServiceActor, draftId: string): void {
  const content = readFileSync(join(register.resourcesDir, 'training', 'surat-rt.png'));
  attachToDraft(register, clerk, { draftId, slot: 'bukti', name: 'surat-rt.png', content });
}

/** Confirms whatever the program proposes, as a careful officer would after looking. */
function identify(register: Register, verifier: ServiceActor, caseId: string): void {
  const current = getCase(register, caseId);
  const { sources, proposed } = proposeCase(register, current);
  const pairs = sources.flatMap((source) =>
    source.members.flatMap(({ memberId, askedId, proposes, candidates }): PairVerdict[] => {
      if (askedId === null) return [];
      if (proposes) return [{ memberId, personId: askedId, verdict: 'sama', reason: null }];
      const asked = candidates.find(({ personId }) => personId === askedId);
      const reason = differencesInWords(asked?.evidence?.fields ?? []) ?? 'Orangnya lain menurut keluarga.';
      return [{ memberId, personId: askedId, verdict: 'bukan', reason }];
    }),
  );
  decideIdentification(register, verifier, {
    caseId,
    version: current.version,
    pairs,
    result: proposed.result,
    overrideReason: null,
  });
}

function enterVisit(register: Register, verifier: ServiceActor, caseId: string, family: SyntheticCase): void {
  const sheet = findNewestSheet(register.db, caseId);
  if (sheet === null) throw new Error('A printed case has a sheet.');
  const { instrument, household, recorded, sheetId, version } = openSheet(register, sheet.code);
  const { members } = household;
  const visitedOn = register.clock.now().toISOString().slice(0, 10);
  const answers = members.map((member, index) => {
    const known = family.answers.members[family.household.members[index]?.id ?? ''] ?? {};
    const subject = subjectOf(instrument, members, member, visitedOn);
    const codes = decodeAnswers(instrument, instrument.member, known);
    return [member.id, readAnswers(instrument.member, codes, subject).answers] as const;
  });
  const read = (groups: Instrument['household'], codes: Answers) =>
    readAnswers(groups, decodeAnswers(instrument, groups, codes)).answers;
  const typed: VisitEntry = {
    ...emptyVisit(enumerator),
    result: '1',
    visitedOn,
    household: read(instrument.household, family.answers.household),
    members: Object.fromEntries(answers),
    process: read(instrument.process, family.answers.process),
  };
  const warnings = inspectVisit(typed, instrument, members, visitedOn).filter(({ rule }) => rule !== null);
  const differences = differencesOf(typed, instrument, members, recorded, visitedOn);
  const entry = {
    ...typed,
    reasons: Object.fromEntries(differences.map(({ field }) => [field, 'Keadaan berubah'])),
    passes: Object.fromEntries(warnings.map((finding) => [passKey(finding), 'Sesuai keterangan keluarga'])),
  };
  const saved = saveVisit(register, verifier, { sheetId, version, entry });
  finishVisit(register, verifier, { sheetId, version: saved.version });
}

/** Time in the training office: from some days ago to now, a step further with every look. */
export class SeedClock implements Clock {
  readonly #end: number;
  readonly #step: number;
  #now: number;

  constructor(begin: Date, end: Date, looks: number) {
    this.#end = end.getTime();
    this.#now = begin.getTime();
    this.#step = (this.#end - this.#now) / looks;
  }

  now(): Date {
    this.#now = Math.min(this.#end, this.#now + this.#step);
    return new Date(this.#now);
  }
}
