import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Answers } from '../../../shared/domain/instrument.ts';
import { Household } from '../../../shared/domain/household.ts';
import type { VisitAnswers } from './verification.ts';

const Case = z.object({
  household: Household,
  answers: z.object({ household: Answers, members: z.record(z.string(), Answers), process: Answers }),
  truth: z.object({ kind: z.enum(['tetap', 'berubah', 'baru']) }),
});

const Kelurahan = z.object({ cases: z.array(Case) });

export interface ListedFamily {
  household: Household;
  answers: VisitAnswers;
}

/** A synthetic kelurahan on disk: the workbook to import, and a small family that changed since. */
export function makeKelurahan(folder: string): { workbook: string; changed: ListedFamily } {
  const script = join('electron', 'training', 'make-kelurahan.ts');
  execFileSync(process.execPath, [script, '--households', '60', '--seed', '11', '--out', folder]);
  const { cases } = Kelurahan.parse(JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')));
  const found = cases.find(
    ({ household, truth }) =>
      truth.kind === 'berubah' &&
      household.families.length === 1 &&
      household.members.length >= 2 &&
      household.members.length <= 3 &&
      household.members.every((member) => member.nik !== null && member.birthDate !== null),
  );
  if (found === undefined) throw new Error('The seed holds no small family that changed.');
  const { household, answers } = found;
  return {
    workbook: join(folder, 'bdt-2015.xlsx'),
    changed: {
      household,
      answers: {
        household: answers.household,
        process: answers.process,
        members: household.members.map((member) => answers.members[member.id] ?? {}),
      },
    },
  };
}
