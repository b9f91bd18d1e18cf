import { Random } from '../../electron/training/random.ts';
import type { FilePerson, KelurahanFiles } from './linkage-kelurahan.ts';

/** Children at the made-up today. */
const bornSince = '2008-01-01';
/** Of the children that come to the counter; twins are about as many of those who are born. */
const usualShare = 0.03;

/**
 * The same kelurahan, in which some of the children that come to the counter and stand in the list are twins of near names:
 * both stand in both; the list has the other one alone; or the other one alone comes.
 */
export function withTwins(
  { references, cases, truth }: KelurahanFiles,
  seed: number,
  share = usualShare,
): KelurahanFiles {
  const random = new Random(seed);
  const made = { references: [...references], cases: [...cases], truth: new Map(truth) };
  const otherTwin = new Map<string, string>();
  const places = new Map(references.map(({ id }, at) => [id, at]));
  for (const [at, child] of cases.entries()) {
    const { id, lahir } = child;
    const listedId = truth.get(id ?? '');
    const place = places.get(listedId ?? '');
    const listed = place === undefined ? undefined : references[place];
    if (id === null || listedId === undefined || place === undefined || listed === undefined) continue;
    if (lahir === null || lahir < bornSince || !random.chance(share)) continue;
    const listedTwin = twinOf(random, listed);
    const twin = twinOf(random, child, listedTwin.nama);
    otherTwin.set(id, listedTwin.id ?? '');
    otherTwin.set(twin.id ?? '', listedId);
    switch (random.weighted({ both: 40, other_listed: 30, other_comes: 30 })) {
      case 'both':
        made.references.push(listedTwin);
        made.cases.push(twin);
        made.truth.set(twin.id ?? '', listedTwin.id ?? '');
        break;
      case 'other_listed':
        made.references[place] = listedTwin;
        made.truth.delete(id);
        break;
      case 'other_comes':
        made.cases[at] = twin;
        made.truth.delete(id);
        break;
    }
  }
  return { ...made, otherTwin };
}

function twinOf(random: Random, child: FilePerson, name: string | null = null): FilePerson {
  const { nik } = child;
  const serial = (Number(nik?.slice(12)) % 9998) + 1;
  return {
    ...child,
    id: `${child.id} kembar`,
    nama: name ?? nearName(random, child.nama ?? ''),
    // Born the same day, entered one after the other.
    nik: nik === null ? null : `${nik.slice(0, 12)}${String(serial).padStart(4, '0')}`,
  };
}

/** As parents name twins: one part of the two names differs, and hardly. */
function nearName(random: Random, name: string): string {
  const parts = name.split(' ');
  const at = parts.findIndex((part) => part.length > 3);
  const part = parts[at];
  if (part === undefined) return `${name}A`;
  const near: Record<string, string> = {
    // DINA and DIAN, MARLINA and MARLIAN.
    exchanged: part.replace(/([^AEIOU])([AEIOU])$/i, '$2$1'),
    // SUKINAA is no other name than SUKINAH.
    letter: /AH?$/i.test(part) ? part.replace(/AH?$/i, 'I') : `${part.slice(0, -1)}A`,
    longer: /AH?$/i.test(part) ? part : `${part}A`,
    sound: part.replace(/[FV]/i, (letter) => (letter.toUpperCase() === 'F' ? 'V' : 'F')),
  };
  const others = Object.values(near).filter((other) => other !== part);
  return parts.with(at, random.pick(others)).join(' ');
}
