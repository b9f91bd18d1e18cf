import { z } from 'zod';
import type { Household } from '../domain/household.ts';
import { Relation, relationLabel, Sex, sexLabel } from '../domain/person.ts';
import { IdentificationResult, identificationResultLabel } from '../domain/registration.ts';
import { fieldLabel } from './field-label.ts';
import { indexedPath } from './field-path.ts';

/**
 * A field by identity in the words of a clerk: `RT rumah tangga`, `NIK Siti Aminah`.
 *
 * @param gone names by id of those whom the household no longer has
 */
export function describeField(
  path: string,
  household: Household,
  gone: ReadonlyMap<string, string> = new Map(),
): string {
  const [list, id = '', name] = path.split('.');
  const left = list === 'members' ? gone.get(id) : undefined;
  if (left !== undefined) {
    const label = name === undefined ? null : fieldLabel(`body.members.0.${name}`);
    return `${label?.replace(/anggota ke-1$/, left) ?? `Anggota ${left}`}, yang sudah dikeluarkan di sini`;
  }
  const member = list === 'members' ? household.members.find((candidate) => candidate.id === id) : undefined;
  const label = fieldLabel(indexedPath(path, household)) ?? path;
  if (member === undefined) return label;
  return name === undefined ? `Anggota ${member.name}` : label.replace(/anggota ke-\d+$/, member.name);
}

const Identified = z.looseObject({ result: IdentificationResult });

const Named = z.looseObject({ name: z.string() });

/** A value as a person reads it; null where there is none. */
export function describeValue(path: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const last = path.split('.').at(-1) ?? '';
  const relation = Relation.safeParse(value);
  if (/relation/i.test(last) && relation.success) return relationLabel[relation.data];
  const sex = Sex.safeParse(value);
  if (last === 'sex' && sex.success) return sexLabel[sex.data];
  if (typeof value === 'string')
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value.split('-').toReversed().join('-') : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const identified = Identified.safeParse(value);
  if (identified.success) return identificationResultLabel[identified.data.result];
  const named = Named.safeParse(value);
  return named.success ? named.data.name : JSON.stringify(value);
}
