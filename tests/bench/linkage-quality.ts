import { type FilePerson, type KelurahanFiles } from './linkage-kelurahan.ts';
import { type LinkOutcome, type LookedUp, Lookup } from './linkage-peer.ts';
import type { Measurement } from './suite.ts';

/** A case's links: who is linked by itself, all that are offered, whether a person has to look. */
export interface Outcome extends LinkOutcome {
  offered: string[];
  review: boolean;
}

/** In percent; `linked` of those who stand in the list, `wrongly` of those who do not. */
interface Bars {
  precision: number;
  linked: number;
  wrongly: number;
  amongFive: number;
}
export const barsWithNumbers: Bars = { precision: 99.97, linked: 97, wrongly: 0.02, amongFive: 98.5 };
export const barsWithoutNumbers: Bars = { ...barsWithNumbers, precision: 99.95, linked: 80 };

/** How good the links of a made-up kelurahan are, whichever engine made them. */
export function qualityOf(
  name: string,
  outcomes: readonly Outcome[],
  { truth, otherTwin }: KelurahanFiles,
  bars: Bars,
): Measurement[] {
  const count = (test: (outcome: Outcome) => boolean) => outcomes.filter(test).length;
  const right = count(({ wanted, linked }) => linked !== null && linked === wanted);
  const linked = count((outcome) => outcome.linked !== null);
  const strangers = outcomes.length - truth.size;
  const wrongStrangers = count((outcome) => outcome.linked !== null && outcome.wanted === null);
  const offered = count(({ wanted, offered: five }) => wanted !== null && five.includes(wanted));
  const [precision, recall] = [right / Math.max(1, linked), right / truth.size];
  const percent = (metric: string, share: number, bar?: number, better?: 'higher'): Measurement => ({
    metric: `${name}_${metric}`,
    value: 100 * share,
    unit: '%',
    decimals: 3,
    ...(bar === undefined ? {} : { bar }),
    ...(better === undefined ? {} : { better }),
  });
  return [
    { metric: `${name}_true_persons`, value: truth.size, unit: 'persons' },
    percent('precision', precision, bars.precision, 'higher'),
    percent('recall', recall, bars.linked, 'higher'),
    percent('f1', (2 * precision * recall) / Math.max(1e-9, precision + recall)),
    percent('automatic_rate', linked / outcomes.length),
    percent('review_share', count(({ review }) => review) / outcomes.length),
    percent('strangers_linked', wrongStrangers / Math.max(1, strangers), bars.wrongly),
    percent('true_one_among_five', offered / truth.size, bars.amongFive, 'higher'),
    ...(otherTwin === undefined
      ? []
      : [
          { metric: `${name}_twins`, value: otherTwin.size, unit: 'persons' },
          {
            metric: `${name}_linked_to_other_twin`,
            value: count(({ id, linked: to }) => to !== null && otherTwin.get(id) === to),
            unit: 'persons',
            bar: 0,
          },
        ]),
  ];
}

/** What a lookup in the made-up list finds for a case; without numbers it has names and birth dates alone. */
export function lookupIn(made: KelurahanFiles, withNumbers: boolean): (id: string) => string | null {
  const asLookedUp = ({ id, nik, nama, lahir }: FilePerson): LookedUp => ({
    id: id ?? '',
    nik: withNumbers ? nik : undefined,
    name: nama,
    birth: lahir,
  });
  const lookup = new Lookup();
  for (const person of made.references) lookup.add(asLookedUp(person));
  const found = new Map(made.cases.map((person) => [person.id, lookup.find(asLookedUp(person))]));
  return (id) => found.get(id) ?? null;
}
