import { z } from 'zod';
import { leavableStates } from './case-detours.ts';
import type { CaseState } from './case-flow.ts';
import { Address, Family, type Household } from './household.ts';
import { IsoDate, Member, Relation, SixteenDigits } from './person.ts';

/**
 * What happens to a family after it reported itself: birth, death, move, split of the family card,
 * graduation out of poverty, somebody who joins it. Each is a request with its own fields; the lurah approves it, and only
 * then it changes the case.
 */
export const LifeEventKind = z.enum(['lahir', 'meninggal', 'pindah', 'pecah_kk', 'lulus', 'masuk']);
export type LifeEventKind = z.infer<typeof LifeEventKind>;

export const lifeEventLabel: Record<LifeEventKind, string> = {
  lahir: 'Kelahiran',
  meninggal: 'Kematian',
  pindah: 'Pindah',
  pecah_kk: 'Pecah KK',
  lulus: 'Lulus dari kemiskinan',
  masuk: 'Anggota masuk',
};

/** Why somebody joins a family other than by birth; typed by its number. */
export const JoinCause = z.enum(['1', '2', '3']);
export type JoinCause = z.infer<typeof JoinCause>;

export const joinCauseLabel: Record<JoinCause, string> = {
  '1': 'Menikah',
  '2': 'Pindah datang',
  '3': 'Kembali ke keluarga',
};

/** Members by their ids; the new head is named where the old one goes. */
const Leaving = { memberIds: z.array(z.uuid()).min(1).max(200), newHeadId: z.uuid().nullable() };

const Birth = z.object({
  kind: z.literal('lahir'),
  on: IsoDate,
  member: Member.omit({ birthDate: true, nikNote: true }),
  /** The newborn has no NIK yet and gets a provisional identity. */
  provisional: z.boolean(),
});
const Death = z.object({ kind: z.literal('meninggal'), on: IsoDate, ...Leaving });
/** Out of the office's area where there is no address: members, or all of them; else the whole family, within it. */
const Move = z.object({
  kind: z.literal('pindah'),
  on: IsoDate,
  ...Leaving,
  to: Address.nullable(),
  place: z.string().trim().max(200),
});
/** Members that get a family card of their own: under the same roof, or elsewhere as a case of their own. */
const Split = z.object({
  kind: z.literal('pecah_kk'),
  on: IsoDate,
  ...Leaving,
  kk: SixteenDigits.nullable(),
  /** Head of the new family, one of those who split off. */
  headId: z.uuid(),
  sameRoof: z.boolean(),
});
const Graduation = z.object({
  kind: z.literal('lulus'),
  on: IsoDate,
  grounds: z.string().trim().min(1).max(200),
});
const Joining = z.object({
  kind: z.literal('masuk'),
  on: IsoDate,
  cause: JoinCause,
  /** Where from, as it was told; empty where nobody asked. */
  from: z.string().trim().max(200),
  member: Member,
});

export const LifeEvent = z.discriminatedUnion('kind', [Birth, Death, Move, Split, Graduation, Joining]);
export type LifeEvent = z.infer<typeof LifeEvent>;

/** States in which a family's life events are recorded: while the case is on its way, or after it arrived. */
export const lifeEventStates: readonly CaseState[] = [...leavableStates, 'DISAHKAN', 'TERKIRIM', 'DITERIMA'];

/** What an event does to a household. */
export interface LifeEventEffect {
  /** The household afterwards; null where nobody is left, or the family is no longer the office's care. */
  household: Household | null;
  /** Those who split off to live elsewhere, as the household they make. */
  splitOff: Household | null;
}

/** Why an event cannot be as it was typed, in words for the clerk. */
export class LifeEventRefused extends Error {}

/**
 * The household after an event. Relations are deduced from the old ones where a head goes: the table
 * is {@link relationUnder}, and what it cannot know becomes "Lainnya".
 *
 * @throws LifeEventRefused with a sentence for the clerk.
 */
export function applyLifeEvent(household: Household, event: LifeEvent): LifeEventEffect {
  switch (event.kind) {
    case 'lahir':
      return { household: withBirth(household, event), splitOff: null };
    case 'meninggal':
      return { household: without(household, event.memberIds, event.newHeadId), splitOff: null };
    case 'pindah':
      return { household: afterMove(household, event), splitOff: null };
    case 'pecah_kk':
      return afterSplit(household, event);
    case 'lulus':
      return { household: null, splitOff: null };
    case 'masuk':
      return { household: joinedBy(household, event.member), splitOff: null };
  }
}

function withBirth(household: Household, event: z.infer<typeof Birth>): Household {
  return joinedBy(household, { ...event.member, birthDate: event.on, nikNote: null });
}

function joinedBy(household: Household, member: Member): Household {
  if (household.members.some(({ id }) => id === member.id))
    throw new LifeEventRefused(`${member.name} sudah tercatat di rumah tangga ini.`);
  return { ...household, members: [...household.members, member] };
}

/** The event in a line: `Kelahiran`, `Anggota masuk (menikah)`. */
export function lifeEventTitle(event: LifeEvent): string {
  const label = lifeEventLabel[event.kind];
  return event.kind === 'masuk' ? `${label} (${joinCauseLabel[event.cause].toLowerCase()})` : label;
}

function afterMove(household: Household, event: z.infer<typeof Move>): Household | null {
  if (event.to === null) return without(household, event.memberIds, event.newHeadId);
  if (event.memberIds.length < household.members.length)
    throw new LifeEventRefused(
      'Sebagian anggota pindah di dalam wilayah: catat sebagai Pecah KK, tinggal terpisah.',
    );
  return { ...household, address: event.to };
}

function afterSplit(household: Household, event: z.infer<typeof Split>): LifeEventEffect {
  const leaving = membersOf(household, event.memberIds);
  if (leaving.length === household.members.length)
    throw new LifeEventRefused('Semua anggota dipilih: sisakan yang tetap di KK lama.');
  if (!leaving.some(({ id }) => id === event.headId))
    throw new LifeEventRefused('Kepala keluarga baru harus salah satu yang pecah KK.');
  if (event.sameRoof) {
    const no = Math.max(...household.families.map((family) => family.no)) + 1;
    const family = Family.safeParse({ no, kk: event.kk });
    if (!family.success) throw new LifeEventRefused('Sudah ada sembilan keluarga di bawah atap ini.');
    const regrouped = household.members.map((member) =>
      event.memberIds.includes(member.id) ? { ...member, familyNo: no } : member,
    );
    const split = withHead(regrouped, event.headId, 'familyRelation', no);
    return {
      household: emptied({
        ...household,
        families: [...household.families, family.data],
        members: withHeads(split, event.newHeadId, 'familyRelation'),
      }),
      splitOff: null,
    };
  }
  const own = leaving.map((member) => ({ ...member, familyNo: 1 }));
  const headed = withHead(withHead(own, event.headId, 'relation', null), event.headId, 'familyRelation', 1);
  return {
    household: without(household, event.memberIds, event.newHeadId),
    splitOff: { ...household, families: [{ no: 1, kk: event.kk }], members: headed },
  };
}

function membersOf(household: Household, ids: readonly string[]): Member[] {
  const found = household.members.filter(({ id }) => ids.includes(id));
  if (found.length !== new Set(ids).size)
    throw new LifeEventRefused('Salah satu anggota yang dipilih tidak ada lagi di rumah tangga ini.');
  return found;
}

/** The household that stays when some leave; null where all do. */
function without(
  household: Household,
  leaving: readonly string[],
  newHeadId: string | null,
): Household | null {
  membersOf(household, leaving);
  const staying = household.members.filter(({ id }) => !leaving.includes(id));
  if (staying.length === 0) return null;
  const headless = !staying.some(({ relation }) => relation === '1');
  if (headless && !staying.some(({ id }) => id === newHeadId))
    throw new LifeEventRefused('Kepala rumah tangga ikut: pilih siapa yang menjadi kepala berikutnya.');
  const headed = headless ? withHead(staying, newHeadId ?? '', 'relation', null) : staying;
  return emptied({ ...household, members: withHeads(headed, newHeadId, 'familyRelation') });
}

/** Families without anybody left go; those that lost their head get the likeliest. */
export function settledFamilies(household: Household): Household {
  return emptied({ ...household, members: withHeads(household.members, null, 'familyRelation') });
}

/** Families without anybody left go, with their card. */
function emptied(household: Household): Household {
  return {
    ...household,
    families: household.families.filter(({ no }) =>
      household.members.some(({ familyNo }) => familyNo === no),
    ),
  };
}

/** Every family that lost its head gets one: the named one where they belong to it, else the likeliest. */
function withHeads(members: readonly Member[], newHeadId: string | null, key: 'familyRelation'): Member[] {
  return [...new Set(members.map(({ familyNo }) => familyNo))].reduce<Member[]>(
    (current, no) => {
      const family = current.filter(({ familyNo }) => familyNo === no);
      if (family.some((member) => member[key] === '1')) return current;
      const head = family.find(({ id }) => id === newHeadId) ?? likeliestHead(family, key);
      return head === undefined ? current : withHead(current, head.id, key, no);
    },
    [...members],
  );
}

/** Husband or wife of the one who went, else the eldest. */
export function likeliestHead(
  members: readonly Member[],
  key: 'relation' | 'familyRelation' = 'relation',
): Member | undefined {
  return (
    members.find((member) => member[key] === '2') ??
    members.toSorted((left, right) => ((left.birthDate ?? '9') < (right.birthDate ?? '9') ? -1 : 1))[0]
  );
}

function withHead(
  members: readonly Member[],
  headId: string,
  key: 'relation' | 'familyRelation',
  familyNo: number | null,
): Member[] {
  const concerned = members.filter((member) => familyNo === null || member.familyNo === familyNo);
  const head = concerned.find(({ id }) => id === headId);
  if (head === undefined) return [...members];
  const onlyChild = concerned.filter((member) => member[key] === '3').length === 1;
  return members.map((member) =>
    concerned.includes(member)
      ? { ...member, [key]: member === head ? '1' : relationUnder(head[key], member[key], onlyChild) }
      : member,
  );
}

/**
 * How somebody who stood as `relation` to the old head stands to a new head, who stood as `head` to
 * the old one. Codes of BDT 2015; 8 is "Lainnya", where the old relations do not tell.
 */
export function relationUnder(head: Relation, relation: Relation, onlyChild: boolean): Relation {
  if (relation === '7') return '7';
  if (relation === '1' || head === '1') return head === '1' ? relation : inverseOf(head);
  switch (head) {
    case '2':
      return relation === '2' ? '8' : relation;
    case '3':
      if (relation === '2') return '6';
      if (relation === '5') return onlyChild ? '3' : '8';
      return relation === '4' && onlyChild ? '2' : '8';
    case '6':
      if (relation === '2') return '4';
      if (relation === '3') return '5';
      return relation === '6' ? '2' : '8';
    default:
      return '8';
  }
}

/** How the old head stands to a new one. */
function inverseOf(head: Relation): Relation {
  if (head === '2') return '2';
  if (head === '3' || head === '4') return '6';
  return head === '6' ? '3' : '8';
}
