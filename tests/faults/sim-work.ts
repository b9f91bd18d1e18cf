import { v7 as uuid } from 'uuid';
import { attachToCase } from '../../electron/services/attachments.ts';
import { getCase } from '../../electron/services/case-steps.ts';
import { recordConsent } from '../../electron/services/consent.ts';
import { decideOnCorrection } from '../../electron/services/corrections.ts';
import { registerDraft } from '../../electron/services/intake-register.ts';
import { createDraft, saveDraft } from '../../electron/services/intake.ts';
import { proposeLifeEvent } from '../../electron/services/life-event.ts';
import type { Register, ServiceActor } from '../../electron/services/register.ts';
import type { Random } from '../../electron/training/random.ts';
import type { AttachmentSlot } from '../../shared/contract/attachments.ts';
import { closedForFiles } from '../../shared/domain/case-flow.ts';
import { refusal } from '../../shared/domain/consent.ts';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import type { Household } from '../../shared/domain/household.ts';
import type { LifeEvent } from '../../shared/domain/life-event.ts';
import type { Member } from '../../shared/domain/person.ts';
import type { Role } from '../../shared/domain/role.ts';
import { chunkBytes } from '../../shared/provincial/down.ts';
import { kelurahan } from '../integration/area.ts';
import { syntheticFamily } from '../integration/families.ts';
import { legaliseCase } from '../integration/legalise.ts';

/** What people of an office do besides legalising, in a caller's transaction; all of it follows from `random`. */

/** The account of the office that has this role. */
export function accountOf({ db }: Register, role: Role): ServiceActor {
  const id = db.prepare('SELECT id FROM account WHERE role = ? ORDER BY username').pluck().get(role);
  return { id: String(id), name: role, role };
}

/** A file as a case gets it: most are small, some go in several pieces, some hang on another case, too. */
export function drawFile(random: Random): { slot: AttachmentSlot; name: string; content: Buffer } {
  const size = random.chance(0.08) ? chunkBytes + random.int(1, 2_000) : random.int(20, 3_000);
  const content = Buffer.alloc(size, random.chance(0.2) ? 'sama' : `${random.next()}`);
  content.write('%PDF-1.7\n', 'latin1');
  return { slot: random.pick(['bukti', 'F-KTP', 'F-RUMAH'] as const), name: 'berkas.pdf', content };
}

/** Hangs a file on a case. */
export function attachFile(register: Register, random: Random, caseId: string): boolean {
  if (closedForFiles.includes(getCase(register, caseId).state)) return false;
  attachToCase(register, accountOf(register, 'petugas_loket'), { caseId, ...drawFile(random) });
  return true;
}

/** A family says whether its data may be shown; most that are asked refuse, or take that back. */
export function hearFamily(register: Register, random: Random, caseId: string): boolean {
  recordConsent(register, accountOf(register, 'petugas_loket'), {
    caseId,
    kind: random.chance(0.5) ? refusal : random.pick(['1', '2'] as const),
  });
  return true;
}

/** A family comes to the counter, and its case goes all the way. */
export function registerFamily(register: Register, n: number): string {
  const clerk = accountOf(register, 'petugas_loket');
  const draft = createDraft(register, clerk, 'aktif');
  const body = draftOfHousehold(syntheticFamily(n), null);
  const { version } = saveDraft(register, clerk, { draftId: draft.id, version: draft.version, body });
  const { caseId } = registerDraft(register, clerk, { draftId: draft.id, version });
  legaliseCase(register, caseId);
  return caseId;
}

/** Something happens to a family that was legalised: the counter asks for it, the lurah approves it. */
export function recordLifeEvent(register: Register, random: Random, caseId: string): boolean {
  const { state, household } = getCase(register, caseId);
  if (!['DISAHKAN', 'TERKIRIM', 'DITERIMA'].includes(state)) return false;
  const { id } = proposeLifeEvent(register, accountOf(register, 'petugas_loket'), {
    caseId,
    event: drawEvent(random, household),
    reason: 'Diberitahukan keluarga',
    letter: '',
  });
  decideOnCorrection(register, accountOf(register, 'lurah'), { correctionId: id, approve: true, answer: '' });
  return true;
}

const on = '2026-10-01';

function drawEvent(random: Random, household: Household): LifeEvent {
  const { members, families } = household;
  const all = members.map(({ id }) => id);
  const head = members.find(({ relation }) => relation === '1')?.id ?? '';
  const others = all.filter((id) => id !== head);
  const [next] = others;
  const familyNo = families[0]?.no ?? 1;
  const baby = { name: `Bayi Uji ${random.int(1, 900)}`, familyNo };
  if (next === undefined || random.chance(0.25))
    return { kind: 'lahir', on, member: person(baby), provisional: random.chance(0.5) };
  switch (random.int(1, 7)) {
    case 1:
      return { kind: 'meninggal', on, memberIds: [random.pick(others)], newHeadId: null };
    case 2:
      return { kind: 'meninggal', on, memberIds: [head], newHeadId: next };
    case 3: {
      const to = { street: 'Jl. Pindahan 7', rt: 2, rw: random.int(1, 3), kelurahan };
      return { kind: 'pindah', on, memberIds: all, newHeadId: null, to, place: '' };
    }
    case 4:
      return { kind: 'pindah', on, memberIds: all, newHeadId: null, to: null, place: 'Kota Bekasi' };
    case 5: {
      const leaving = random.pick(others);
      const split = { memberIds: [leaving], headId: leaving, newHeadId: null, kk: null };
      return { kind: 'pecah_kk', on, ...split, sameRoof: families.length < 5 && random.chance(0.5) };
    }
    case 6:
      return { kind: 'lulus', on, grounds: 'Penghasilan tetap' };
    default: {
      const member = { ...person(baby), birthDate: '1990-01-02', nikNote: null };
      return { kind: 'masuk', on, cause: '2', from: 'Kota Depok', member };
    }
  }
}

function person({
  name,
  familyNo,
}: Pick<Member, 'name' | 'familyNo'>): Omit<Member, 'birthDate' | 'nikNote'> {
  return {
    id: uuid(),
    name,
    nik: null,
    sex: 'P',
    birthPlace: null,
    relation: '3',
    familyNo,
    familyRelation: '3',
    motherName: null,
  };
}
