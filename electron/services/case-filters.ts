import type { SavedFilter } from '../../shared/contract/cases.ts';
import { AppError } from '../../shared/errors.ts';
import { deleteCaseFilter, listCaseFilters, putCaseFilter } from '../store/case-filters.ts';
import type { Register, ServiceActor } from './register.ts';

/** Filters of the list of cases that the person at the screen saved; nobody else sees them. */
export function savedFilters(register: Register, actor: ServiceActor): SavedFilter[] {
  return listCaseFilters(register.db, accountOf(actor));
}

/** Saves a filter under a name; the one that bore it goes. */
export function saveFilter(register: Register, actor: ServiceActor, saved: SavedFilter): void {
  putCaseFilter(register.db, accountOf(actor), saved);
}

export function dropFilter(register: Register, actor: ServiceActor, name: string): void {
  deleteCaseFilter(register.db, accountOf(actor), name);
}

function accountOf({ id }: ServiceActor): string {
  if (id === null) throw new AppError('not_logged_in');
  return id;
}
