import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Member } from '../../shared/domain/person.ts';
import type { Case } from '../../shared/domain/registration.ts';
import { findCase, insertCase, replaceHousehold } from './cases.ts';
import { migrate } from './migrate.ts';

const id = '0193b1de-0000-7000-8000-000000000001';
const ani: Member = {
  id: '0193b1de-0000-7000-8000-0000000000a1',
  name: 'Ani Lestari',
  nik: '3171014708800001',
  nikNote: null,
  sex: 'P',
  birthPlace: 'Jakarta',
  birthDate: '1980-08-07',
  relation: '1',
  familyNo: 1,
  familyRelation: '1',
  motherName: 'Sumi',
};
const budi: Member = {
  ...ani,
  id: `${ani.id.slice(0, -1)}2`,
  name: 'Budi',
  nik: null,
  sex: 'L',
  relation: '3',
};
const registered: Case = {
  id,
  serial: 1,
  number: 'MPM/1',
  provinceNumber: null,
  mode: 'aktif',
  passive: null,
  state: 'TERDAFTAR',
  result: null,
  periodId: '2026-2',
  version: 1,
  registeredAt: '2026-11-10T02:00:00.000Z',
  registeredBy: 'a',
  updatedAt: '2026-11-10T02:00:00.000Z',
  household: {
    address: { street: 'Jl. Lama 1', rt: 1, rw: 2, kelurahan: '31.71.01.1001' },
    phone: null,
    families: [{ no: 1, kk: null }],
    members: [ani, budi],
  },
};

describe('a household that is replaced', () => {
  let db: Database.Database;
  beforeEach(() => {
    db = new Database(':memory:');
    migrate(db);
    db.pragma('foreign_keys = OFF');
    insertCase(db, registered);
    db.exec(`CREATE TEMP TABLE written (what TEXT);
      CREATE TEMP TRIGGER left AFTER DELETE ON member BEGIN INSERT INTO written VALUES ('left'); END;
      CREATE TEMP TRIGGER came AFTER INSERT ON member BEGIN INSERT INTO written VALUES ('came'); END;
      CREATE TEMP TRIGGER briefed AFTER UPDATE ON match_member BEGIN INSERT INTO written VALUES ('briefed'); END;`);
  });
  afterEach(() => db.close());

  const replace = (change: Partial<Case['household']>): { written: unknown; household: unknown } => {
    const household = { ...registered.household, ...change };
    replaceHousehold(db, { ...registered, household, version: 2 });
    const written = db.prepare('SELECT what FROM written').pluck().all();
    return { written, household: findCase(db, id)?.household };
  };

  it('leaves the persons where they stand while none of them is another', () => {
    const { address } = registered.household;
    const elsewhere = { ...address, street: 'Jl. Baru 9' };
    expect(replace({ address: elsewhere })).toEqual({
      written: [],
      household: { ...registered.household, address: elsewhere },
    });
  });

  it.each<[string, Partial<Case['household']>]>([
    ['a name', { members: [ani, { ...budi, name: 'Budiman' }] }],
    ['a field that no key is made of', { members: [ani, { ...budi, birthPlace: 'Bogor' }] }],
    ['their order', { members: [budi, ani] }],
    ['who stands there', { members: [ani] }],
    ['the number of a family', { families: [{ no: 1, kk: '3171014708800002' }] }],
    ['how many families there are', { families: [...registered.household.families, { no: 2, kk: null }] }],
  ])('is written where %s is another', (_, change) => {
    expect(replace(change).household).toEqual({ ...registered.household, ...change });
  });

  it('brings persons who stand under the rules of before to those of today', () => {
    db.exec('UPDATE match_member SET rules = 0; DELETE FROM written');
    expect(replace({}).written).toEqual(['briefed', 'briefed']);
  });
});
