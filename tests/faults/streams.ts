import { createHash } from 'node:crypto';
import { Random } from '../../electron/training/random.ts';

/** The parts of a run that draw by themselves. */
type Part =
  | 'work'
  | 'weather'
  | 'mishaps'
  | 'network'
  | 'office'
  | 'province'
  | 'harm'
  | 'courier'
  | 'older'
  | 'keys'
  | 'stick'
  | 'speed';

/** Random numbers of one part of a run: what the others draw, and when, changes none of them. */
export function streamOf(seed: number, part: Part): Random {
  return new Random(createHash('sha256').update(`${seed} ${part}`).digest().readUInt32LE());
}
