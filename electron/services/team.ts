import type {
  AssignedCase,
  MemberInput,
  NewDecree,
  TeamDecree,
  TeamMember,
  TeamProgress,
} from '../../shared/contract/team.ts';
import { type AssignmentPart, shareOut } from '../../shared/domain/assignment.ts';
import type { CaseState } from '../../shared/domain/case-flow.ts';
import { maskNumber } from '../../shared/domain/nik.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import {
  countAssigned,
  countUnassigned,
  findMember,
  insertDecree,
  isDecreeKnown,
  listAssigned,
  listDecrees,
  listMembers,
  listUnassigned,
  setAssignment,
  writeMember,
} from '../store/team.ts';
import { getCase } from './case-steps.ts';
import { runningPeriod } from './periods.ts';
import { newId, type Register, type ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

/** Where each state shows in a member's progress; states not named here are not the member's any more. */
const progressOf: Partial<Record<CaseState, keyof TeamProgress>> = {
  MUSKEL_LAYAK: 'waiting',
  DITUGASKAN: 'out',
  DICACAH: 'back',
  DIPERIKSA: 'done',
  DISAHKAN: 'done',
  TERKIRIM: 'done',
  DITERIMA: 'done',
  DITOLAK: 'done',
};

export function readTeam(register: Register): {
  members: TeamMember[];
  decrees: TeamDecree[];
  unassigned: number;
  origins: string[];
  name: string;
} {
  const { teamOrigins, teamName } = currentSettings(register);
  return {
    members: membersWithProgress(register),
    decrees: listDecrees(register.db),
    unassigned: countUnassigned(register.db, 'MUSKEL_LAYAK'),
    origins: teamOrigins,
    name: teamName,
  };
}

/** @throws AppError `decree_known`. */
export function addDecree(register: Register, actor: ServiceActor, input: NewDecree): TeamDecree {
  const createdBy = actor.id;
  if (createdBy === null) throw new AppError('not_logged_in');
  return transaction(register.db, () => {
    if (isDecreeKnown(register.db, input.number))
      throw new AppError('decree_known', { number: input.number });
    const createdAt = instant(register.clock);
    const decree: TeamDecree = { id: newId(), ...input };
    insertDecree(register.db, { ...decree, createdAt, createdBy });
    noteTeam(register, actor, 'sk_tim_dicatat', { nomor: input.number });
    return decree;
  });
}

/**
 * Adds a member (`memberId` null) or changes one.
 *
 * @throws AppError `not_found`, `version_conflict`, `member_known` for a second active one of the name.
 */
export function saveMember(
  register: Register,
  actor: ServiceActor,
  input: { memberId: string | null; version: number; member: MemberInput },
): { id: string } {
  return transaction(register.db, () => {
    const current = input.memberId === null ? null : findMember(register.db, input.memberId);
    if (input.memberId !== null && current === null) throw new AppError('not_found');
    if (current !== null && current.version !== input.version)
      throw new AppError('version_conflict', { by: 'rekan lain' });
    const twin = listMembers(register.db).find(
      (other) => other.active && other.id !== input.memberId && sameName(other.name, input.member.name),
    );
    if (input.member.active && twin !== undefined)
      throw new AppError('member_known', { name: input.member.name });
    const id = current?.id ?? newId();
    const { nik = current?.nik ?? null, ...known } = input.member;
    writeMember(
      register.db,
      { ...known, nik, id, version: (current?.version ?? 0) + 1 },
      instant(register.clock),
    );
    noteTeam(register, actor, 'tim_diubah', {
      anggota: id,
      data: { ...known, nik: nik === null ? null : maskNumber(nik) },
    });
    return { id };
  });
}

/** How the cases that wait would be shared out among those who go out. */
export function planAssignment(register: Register): AssignmentPart[] {
  const members = membersWithProgress(register)
    .filter(({ active }) => active)
    .map(({ id, name, areas, progress }) => ({ id, name, areas, load: progress.waiting + progress.out }));
  return shareOut(listUnassigned(register.db, 'MUSKEL_LAYAK'), members);
}

/**
 * Gives cases to members, those of the plan or others; each case keeps in its history to whom and why.
 *
 * @throws AppError `not_found`, `member_inactive`, `case_not_assignable`.
 */
export function assignCases(
  register: Register,
  actor: ServiceActor,
  parts: readonly { memberId: string; caseIds: readonly string[]; why: string }[],
): { cases: number } {
  const by = actor.id;
  if (by === null) throw new AppError('not_logged_in');
  return transaction(register.db, () => {
    const at = instant(register.clock);
    for (const { memberId, caseIds, why } of parts) {
      const member = findMember(register.db, memberId);
      if (member === null) throw new AppError('not_found');
      if (!member.active) throw new AppError('member_inactive', { name: member.name });
      for (const caseId of caseIds) {
        const current = getCase(register, caseId);
        if (current.state !== 'MUSKEL_LAYAK')
          throw new AppError('case_not_assignable', { number: current.number });
        setAssignment(register.db, { caseId, memberId, at, by });
        appendEvent(register.db, {
          at,
          actor: { id: by, role: actor.role },
          type: 'petugas_ditetapkan',
          caseId,
          payload: { petugas: memberId, keterangan: `${member.name}${why === '' ? '' : `: ${why}`}` },
        });
      }
    }
    return { cases: parts.reduce((sum, { caseIds }) => sum + caseIds.length, 0) };
  });
}

export function casesOfMember(register: Register, memberId: string): AssignedCase[] {
  return listAssigned(register.db, memberId, runningPeriod(register).id);
}

/** Names of those who go out, as forms and print dialogs offer them. */
export function activeMemberNames(register: Register): string[] {
  return listMembers(register.db)
    .filter(({ active }) => active)
    .map(({ name }) => name);
}

/**
 * Notes who took the form of a case out, where the name on it is a member's: what was shared out and
 * what was handed out never disagree. Called in the transaction of the print.
 */
export function noteEnumerator(
  register: Register,
  actor: ServiceActor,
  sheet: { caseId: string; enumerator: string; printedAt: string },
): void {
  const member = listMembers(register.db).find(
    ({ active, name }) => active && sameName(name, sheet.enumerator),
  );
  if (member === undefined || actor.id === null) return;
  setAssignment(register.db, {
    caseId: sheet.caseId,
    memberId: member.id,
    at: sheet.printedAt,
    by: actor.id,
  });
}

function membersWithProgress(register: Register): TeamMember[] {
  const counts = countAssigned(register.db, runningPeriod(register).id);
  return listMembers(register.db).map((member) => {
    const progress: TeamProgress = { waiting: 0, out: 0, back: 0, done: 0 };
    for (const { memberId, state, count } of counts) {
      const where = progressOf[state];
      if (memberId === member.id && where !== undefined) progress[where] += count;
    }
    return { ...member, progress };
  });
}

function noteTeam(
  register: Register,
  actor: ServiceActor,
  type: string,
  payload: Record<string, unknown>,
): void {
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: actor.id, role: actor.role },
    type,
    payload,
  });
}

function sameName(left: string, right: string): boolean {
  return left.trim().toLowerCase() === right.trim().toLowerCase();
}
