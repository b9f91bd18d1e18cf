import { v7 as uuid } from 'uuid';
import { draftOfHousehold } from '../../shared/domain/draft.ts';
import type { Household } from '../../shared/domain/household.ts';
import type { Member } from '../../shared/domain/person.ts';
import { kelurahan } from './area.ts';
import type { Client } from './office.ts';

/** A synthetic couple with one child; `n` (1–899) keeps NIK, KK and names apart. */
export function syntheticFamily(n: number, rt = 1, rw = 1): Household {
  const serial = String(n).padStart(4, '0');
  return {
    address: { street: `Jl. Uji Gang ${n}`, rt, rw, kelurahan },
    phone: null,
    families: [{ no: 1, kk: `317101010120${serial}` }],
    members: [
      member({
        name: `Slamet Uji ${names[n % names.length]}`,
        nik: `317101170880${serial}`,
        sex: 'L',
        birthDate: '1980-08-17',
        relation: '1',
      }),
      member({
        name: `Aminah Uji ${names[n % names.length]}`,
        nik: `317101550382${serial}`,
        sex: 'P',
        birthDate: '1982-03-15',
        relation: '2',
      }),
      member({
        name: `Joko Uji ${names[n % names.length]}`,
        nik: `317101050910${serial}`,
        sex: 'L',
        birthDate: '2010-09-05',
        relation: '3',
      }),
    ],
  };
}

const names = ['Satu', 'Dua', 'Tiga', 'Empat', 'Lima', 'Enam', 'Tujuh', 'Delapan', 'Sembilan'];

function member(facts: Pick<Member, 'name' | 'nik' | 'sex' | 'birthDate' | 'relation'>): Member {
  return {
    id: uuid(),
    nikNote: null,
    birthPlace: 'Jakarta',
    familyNo: 1,
    familyRelation: facts.relation,
    motherName: null,
    ...facts,
  };
}

/** Registers a household at the counter the way the screen does: draft, save, register. */
export async function registerActive(
  clerk: Client,
  household: Household,
): Promise<{ caseId: string; number: string }> {
  const draft = await clerk.intake.create.mutate({ mode: 'aktif' });
  const body = draftOfHousehold(household, null);
  const { version } = await clerk.intake.save.mutate({ draftId: draft.id, version: draft.version, body });
  return clerk.intake.register.mutate({ draftId: draft.id, version });
}
