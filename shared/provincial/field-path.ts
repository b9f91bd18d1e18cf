import type { Household } from '../domain/household.ts';

/**
 * A path by identity (`members.<id>.nik`) as the path by place that forms and sentences use
 * (`body.members.0.nik`). Whom the household no longer has keeps the identity.
 */
export function indexedPath(path: string, household: Household): string {
  const [list, id, ...rest] = path.replace(/^body\./, '').split('.');
  if (list === 'members') {
    const index = household.members.findIndex((member) => member.id === id);
    return ['body', list, index < 0 ? id : index, ...rest].join('.');
  }
  if (list === 'household' && id === 'families') {
    const [no, ...more] = rest;
    const index = household.families.findIndex((family) => String(family.no) === no);
    return ['body', list, id, index < 0 ? no : index, ...more].join('.');
  }
  return `body.${path.replace(/^body\./, '')}`;
}

/** Whether the correction form is where a field of the wire is mended, though it may have no place of its own there. */
export function isOfForm(field: string | null): boolean {
  return /^(body\.)?(household|members|address|phone|families)(\.|$)/.test(field ?? '');
}

/** Where the correction form has a field of the wire; null where it has none. */
export function formPathOf(field: string | null): string | null {
  const path = isOfForm(field) ? (field?.replace(/^body\./, '').replace(/^household\./, '') ?? '') : '';
  return /^(address\.\w+|phone|families\.\d+(\.\w+)?|members\.\d+(\.\w+)?)$/.test(path) ? path : null;
}
