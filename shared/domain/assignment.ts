import { z } from 'zod';
import { covers, describeTeamArea, type TeamArea } from './team.ts';

/** A family that needs somebody to visit it. */
export interface OpenCase {
  caseId: string;
  kelurahan: string;
  rw: number;
  rt: number;
  street: string;
}

export interface Assignable {
  id: string;
  name: string;
  /** Empty for a member who works everywhere. */
  areas: readonly TeamArea[];
  /** Families the member already carries. */
  load: number;
}

/** Why somebody was chosen: their area, no area of their own, or nobody else being there. */
export const AssignmentGround = z.enum(['wilayah', 'seluruh_wilayah', 'di_luar_wilayah']);
export type AssignmentGround = z.infer<typeof AssignmentGround>;

/** Families of one RT that go to one member, with what the choice rests on. */
export const AssignmentPart = z.object({
  kelurahan: z.string(),
  rw: z.int(),
  rt: z.int(),
  memberId: z.string(),
  memberName: z.string(),
  caseIds: z.array(z.string()).min(1),
  ground: AssignmentGround,
  loadBefore: z.int(),
  /** What the others who might have gone carried at that moment. */
  others: z.array(z.object({ name: z.string(), load: z.int() })),
});
export type AssignmentPart = z.infer<typeof AssignmentPart>;

/**
 * Shares families out. The rule, in words a lurah can check: RTs with the fewest possible members go
 * first, larger ones before smaller; an RT goes whole to the member of its area with the fewest
 * families, and is parted (in walking order) only where it is more than a fair share. Equal loads are
 * settled by name. The same input gives the same answer whatever its order.
 */
export function shareOut(cases: readonly OpenCase[], members: readonly Assignable[]): AssignmentPart[] {
  if (members.length === 0) return [];
  const loads = new Map(members.map(({ id, load }) => [id, load]));
  const fair = Math.max(
    1,
    Math.ceil((cases.length + members.reduce((sum, { load }) => sum + load, 0)) / members.length),
  );
  const groups = groupByRt(cases).map((group) => ({ ...group, ...candidatesFor(group, members) }));
  groups.sort(
    (left, right) =>
      left.candidates.length - right.candidates.length ||
      right.cases.length - left.cases.length ||
      byPlace(left, right),
  );
  const parts = groups.flatMap(({ candidates, ground, ...group }) =>
    cut(group.cases, Math.min(candidates.length, Math.ceil(group.cases.length / fair))).map(
      (piece): AssignmentPart => {
        const loadOf = (member: Assignable) => loads.get(member.id) ?? 0;
        const [chosen, ...others] = candidates.toSorted(
          (left, right) => loadOf(left) - loadOf(right) || byName(left, right),
        );
        if (chosen === undefined) throw new Error('Every RT has a candidate.');
        const loadBefore = loadOf(chosen);
        const rivals = others.map((member) => ({ name: member.name, load: loadOf(member) }));
        loads.set(chosen.id, loadBefore + piece.length);
        return {
          kelurahan: group.kelurahan,
          rw: group.rw,
          rt: group.rt,
          memberId: chosen.id,
          memberName: chosen.name,
          caseIds: piece.map(({ caseId }) => caseId),
          ground,
          loadBefore,
          others: rivals.slice(0, 3),
        };
      },
    ),
  );
  return parts.toSorted(byPlace);
}

/** The choice in one sentence: "wilayahnya RW 007; 4 keluarga menjadi 9, Budi 6". */
export function explainPart(part: AssignmentPart): string {
  const grounds: Record<AssignmentGround, string> = {
    wilayah: `bertugas di ${describeTeamArea({ rw: part.rw, rt: null })}`,
    seluruh_wilayah: 'bertugas di semua wilayah',
    di_luar_wilayah: 'tidak ada anggota di RW ini',
  };
  const after = part.loadBefore + part.caseIds.length;
  const rivals = part.others.map(({ name, load }) => `${name} ${load}`).join(', ');
  return `${grounds[part.ground]}; bebannya ${part.loadBefore} menjadi ${after} keluarga${rivals === '' ? '' : ` (${rivals})`}`;
}

interface RtGroup {
  kelurahan: string;
  rw: number;
  rt: number;
  cases: OpenCase[];
}

function groupByRt(cases: readonly OpenCase[]): RtGroup[] {
  const groups = new Map<string, RtGroup>();
  for (const one of cases.toSorted(asWalked)) {
    const key = `${one.kelurahan} ${one.rw} ${one.rt}`;
    const group = groups.get(key);
    if (group === undefined)
      groups.set(key, { kelurahan: one.kelurahan, rw: one.rw, rt: one.rt, cases: [one] });
    else group.cases.push(one);
  }
  return [...groups.values()];
}

function candidatesFor(
  place: { rw: number; rt: number },
  members: readonly Assignable[],
): { candidates: readonly Assignable[]; ground: AssignmentGround } {
  const own = members.filter(({ areas }) => covers(areas, place));
  if (own.length > 0) return { candidates: own, ground: 'wilayah' };
  const everywhere = members.filter(({ areas }) => areas.length === 0);
  if (everywhere.length > 0) return { candidates: everywhere, ground: 'seluruh_wilayah' };
  return { candidates: members, ground: 'di_luar_wilayah' };
}

/** So many pieces of nearly the same length, neighbours staying together. */
function cut<Item>(items: readonly Item[], pieces: number): Item[][] {
  const count = Math.max(1, pieces);
  return Array.from({ length: count }, (_, index) =>
    items.slice(Math.round((index * items.length) / count), Math.round(((index + 1) * items.length) / count)),
  ).filter((piece) => piece.length > 0);
}

function asWalked(left: OpenCase, right: OpenCase): number {
  return (
    byPlace(left, right) ||
    left.street.localeCompare(right.street, 'id', { numeric: true }) ||
    left.caseId.localeCompare(right.caseId)
  );
}

function byPlace(
  left: { kelurahan: string; rw: number; rt: number },
  right: { kelurahan: string; rw: number; rt: number },
): number {
  return left.kelurahan.localeCompare(right.kelurahan) || left.rw - right.rw || left.rt - right.rt;
}

function byName(left: Assignable, right: Assignable): number {
  return left.name.localeCompare(right.name, 'id') || left.id.localeCompare(right.id);
}
