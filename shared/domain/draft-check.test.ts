import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDraft } from './draft-check.ts';
import type { DraftContext, DraftFinding } from './draft-finding.ts';
import {
  DraftHousehold,
  draftOfHousehold,
  draftTitle,
  emptyDraft,
  emptyMember,
  isBlankDraft,
} from './draft.ts';
import { Household } from './household.ts';

const headId = '0190a000-0000-7000-8000-000000000001';
const childId = '0190a000-0000-7000-8000-000000000002';
const context: DraftContext = {
  today: '2026-11-22',
  passiveReasons: ['Lansia tunggal'],
  resubmits: false,
  areaName: (code) => (code === '317101' ? 'Gambir' : null),
};

function complete(): DraftHousehold {
  const draft = emptyDraft(headId, '31.71.01.1001');
  draft.address = { ...draft.address, street: 'Jl. Kebun Jahe 4', rt: '003', rw: '7' };
  draft.families = [{ no: 1, kk: '3171011203150001' }];
  draft.members = [
    {
      ...emptyMember(headId, '1'),
      name: ' Siti Aminah ',
      nik: '3171015708800001',
      sex: 'P',
      birthDate: '1980-08-17',
      relation: '1',
      familyRelation: '1',
    },
    {
      ...emptyMember(childId, '1'),
      name: 'Budi',
      sex: 'L',
      birthDate: '2012-01-05',
      relation: '3',
      familyRelation: '3',
    },
  ];
  return draft;
}

function at(draft: DraftHousehold, field: string, overrides: Partial<DraftContext> = {}): DraftFinding[] {
  return readDraft(draft, { ...context, ...overrides }).findings.filter((finding) => finding.field === field);
}

describe('reading a draft', () => {
  it('reads a whole one as a household, with text trimmed and blanks as null', () => {
    const { household, passive, findings } = readDraft(complete(), context);
    expect(findings).toEqual([]);
    expect(passive).toBeNull();
    expect(household?.address).toEqual({
      street: 'Jl. Kebun Jahe 4',
      rt: 3,
      rw: 7,
      kelurahan: '31.71.01.1001',
    });
    expect(household?.members[0]).toEqual({
      id: headId,
      name: 'Siti Aminah',
      nik: '3171015708800001',
      nikNote: null,
      sex: 'P',
      birthPlace: null,
      birthDate: '1980-08-17',
      relation: '1',
      familyNo: 1,
      familyRelation: '1',
      motherName: null,
    });
  });

  it('comes back the same after a household was opened for correction', () => {
    const { household } = readDraft(complete(), context);
    const again = draftOfHousehold(Household.parse(household), null);
    expect(readDraft(again, context).household).toEqual(household);
  });

  it('waits for what is missing without calling it wrong', () => {
    const draft = emptyDraft(headId, '31.71.01.1001');
    const { household, findings } = readDraft(draft, context);
    expect(household).toBeNull();
    expect(findings.filter((finding) => finding.level === 'missing').map((finding) => finding.field)).toEqual(
      ['address.street', 'address.rt', 'address.rw', 'members.0.name', 'members.0.sex'],
    );
    expect(findings.filter((finding) => finding.level === 'error')).toEqual([]);
  });

  it('lets a person without NIK and a family without KK pass', () => {
    const draft = complete();
    draft.families = [{ no: 1, kk: '' }];
    expect(readDraft(draft, context).household?.families).toEqual([{ no: 1, kk: null }]);
    expect(at(draft, 'members.1.nik')).toEqual([]);
  });

  it('holds a NIK that cannot be one, on its own field only', () => {
    const draft = complete();
    const [head] = draft.members;
    if (head) head.nik = '317101570880';
    expect(readDraft(draft, context).findings).toEqual([
      {
        field: 'members.0.nik',
        level: 'error',
        message: 'NIK terdiri dari 16 angka; yang diketik 12. Periksa lagi di KTP atau KK.',
      },
    ]);
  });

  it('offers the mend for a swapped date, and lets it pass with a reason', () => {
    const draft = complete();
    const [head] = draft.members;
    if (head) Object.assign(head, { nik: '3171014508800001', birthDate: '1980-08-05' });
    if (head) head.birthDate = '1980-05-08';
    const [warning] = at(draft, 'members.0.nik');
    expect(warning?.level).toBe('warning');
    expect(warning?.mend).toEqual({
      label: 'Pakai 05-08-1980',
      field: 'members.0.birthDate',
      value: '1980-08-05',
    });
    expect(at(draft, 'members.0.nikNote').map((finding) => finding.level)).toEqual(['missing']);
    if (head) head.nikNote = 'Sesuai KTP asli';
    expect(readDraft(draft, context).household?.members[0]?.nikNote).toBe('Sesuai KTP asli');
  });

  it('offers the sex of the NIK', () => {
    const draft = complete();
    const [head] = draft.members;
    if (head) head.sex = 'L';
    expect(at(draft, 'members.0.nik').map((finding) => finding.mend)).toEqual([
      { label: 'Pakai perempuan', field: 'members.0.sex', value: 'P' },
    ]);
  });

  it.each([
    ['1980-02-30', 'error'],
    ['17-08-19', 'error'],
    ['2026-11-23', 'error'],
    ['1890-01-01', 'warning'],
    ['', 'warning'],
  ])('judges birth date %j as %s', (birthDate, level) => {
    const draft = complete();
    const child = draft.members[1];
    if (child) child.birthDate = birthDate;
    expect(at(draft, 'members.1.birthDate').map((finding) => finding.level)).toEqual([level]);
  });

  it('holds RT and RW that are no numbers of 1 to 999', () => {
    for (const wrong of ['0', '1000', 'dua', '-1', '1.5']) {
      const draft = complete();
      draft.address.rt = wrong;
      expect(
        at(draft, 'address.rt').map((finding) => finding.level),
        wrong,
      ).toEqual(['error']);
    }
  });

  it('wants exactly one head, and tells a second one even while other fields are missing', () => {
    const none = complete();
    for (const member of none.members) member.relation = '3';
    expect(readDraft(none, context).household).toBeNull();
    const two = complete();
    for (const member of two.members) member.relation = '1';
    expect(readDraft(two, context).household).toBeNull();
    two.address.street = '';
    expect(at(two, 'members.1.relation').map((finding) => finding.level)).toEqual(['error']);
  });

  it('finds a NIK used twice, a family without number, and a KK used twice or typed as NIK', () => {
    const draft = complete();
    const child = draft.members[1];
    if (child) Object.assign(child, { nik: '3171015708800001', familyNo: '2', nikNote: 'x' });
    draft.address.street = '';
    expect(at(draft, 'members.1.nik').some((finding) => finding.level === 'error')).toBe(true);
    expect(at(draft, 'members.1.familyNo').map((finding) => finding.level)).toEqual(['error']);
    draft.families = [
      { no: 1, kk: '3171011203150001' },
      { no: 2, kk: '3171 0112 0315 0001' },
    ];
    expect(at(draft, 'families.1.kk').map((finding) => finding.level)).toEqual(['error']);
    draft.families = [{ no: 1, kk: '3171015708800001' }];
    expect(at(draft, 'families.0.kk').map((finding) => finding.level)).toEqual(['warning']);
  });

  it('needs grounds for a passive registration, with a reason of the office', () => {
    const draft = complete();
    draft.mode = 'pasif';
    expect(readDraft(draft, context).findings.map((finding) => [finding.field, finding.level])).toEqual([
      ['passive.reason', 'missing'],
      ['passive.proposer', 'missing'],
      ['passive.proposerRole', 'missing'],
    ]);
    draft.passive = {
      reason: 'Lansia tunggal',
      proposer: 'Pak Amat',
      proposerRole: 'Ketua RT 003',
      note: ' ',
    };
    expect(readDraft(draft, context).passive).toEqual({
      reason: 'Lansia tunggal',
      proposer: 'Pak Amat',
      proposerRole: 'Ketua RT 003',
      note: null,
    });
    expect(
      at(draft, 'passive.reason', { passiveReasons: ['Lainnya'] }).map((finding) => finding.level),
    ).toEqual(['error']);
  });

  it('refuses a household without a family, or in a kelurahan that is none', () => {
    const draft = complete();
    draft.families = [];
    expect(at(draft, 'families.0.kk').map((finding) => finding.level)).toEqual(['missing']);
    draft.address.kelurahan = 'Gambir';
    expect(at(draft, 'address.kelurahan').map((finding) => finding.level)).toEqual(['error']);
  });

  it('says something to whatever was typed, and never breaks', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 10 }),
      fc.constantFrom(
        '1',
        '2',
        'L',
        'P',
        '0',
        '17-08-19',
        '1980-08-17',
        '2026-13-99',
        '3171015708800001',
        '3,17E+15',
      ),
    );
    const member = fc.record({
      name: text,
      nik: text,
      nikNote: text,
      sex: text,
      birthPlace: text,
      birthDate: text,
      relation: text,
      familyNo: text,
      familyRelation: text,
      motherName: text,
    });
    fc.assert(
      fc.property(
        fc.array(member, { maxLength: 3 }),
        text,
        text,
        fc.constantFrom('aktif' as const, 'pasif' as const),
        (members, rt, kelurahan, mode) => {
          const draft = complete();
          draft.mode = mode;
          draft.address = { ...draft.address, rt, kelurahan };
          draft.members = members.map((fields) => ({ ...emptyMember(headId, '1'), ...fields }));
          const { household, findings } = readDraft(draft, context);
          expect(household === null).toBe(findings.some((finding) => finding.level !== 'warning'));
        },
      ),
    );
  });

  it('asks what was mended when the case goes back to the lurah', () => {
    expect(at(complete(), 'correctionNote', { resubmits: true }).map((finding) => finding.level)).toEqual([
      'missing',
    ]);
  });
});

describe('a draft', () => {
  it('is called by its head', () => {
    expect(draftTitle(complete())).toBe('Siti Aminah');
    expect(draftTitle(emptyDraft(headId, ''))).toBeNull();
  });

  it('is blank until something was typed', () => {
    expect(isBlankDraft(emptyDraft(headId, '31.71.01.1001'))).toBe(true);
    expect(isBlankDraft(complete())).toBe(false);
  });

  it('keeps fields of a newer program', () => {
    const stored = { ...emptyDraft(headId, ''), future: { answer: 42 } };
    expect(DraftHousehold.parse(JSON.parse(JSON.stringify(stored)))).toMatchObject({
      future: { answer: 42 },
    });
  });
});
