import { z } from 'zod';
import { CaseFilter } from '../../../shared/contract/cases.ts';

/**
 * The filters of the list as they stand in the address. Whatever does not fit (a bookmark of an
 * older version, a mistyped number) is left out rather than refused.
 */
export const CaseListSearch = z.object({
  states: CaseFilter.shape.states.catch(undefined),
  mode: CaseFilter.shape.mode.catch(undefined),
  result: CaseFilter.shape.result.catch(undefined),
  rw: CaseFilter.shape.rw.catch(undefined),
  rt: CaseFilter.shape.rt.catch(undefined),
  kelurahan: CaseFilter.shape.kelurahan.catch(undefined),
  periodId: CaseFilter.shape.periodId.catch(undefined),
});
export type CaseListSearch = z.infer<typeof CaseListSearch>;

/** The filter without what is not set, and without empty lists, which would mean "none". */
export function toCaseFilter(search: CaseListSearch): CaseFilter {
  const set = Object.entries(search).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return CaseFilter.parse(Object.fromEntries(set));
}

/** Whether both let the same cases through. */
export function isSameFilter(one: CaseFilter, other: CaseFilter): boolean {
  const [left, right] = [one, other].map((filter) => {
    const { states = [], ...rest } = CaseFilter.parse(filter);
    return JSON.stringify([states.toSorted(), rest]);
  });
  return left === right;
}

/** How many filters are set. */
export function countFilters(search: CaseListSearch): number {
  return Object.keys(toCaseFilter(search)).length;
}
