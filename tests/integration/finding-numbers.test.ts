import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FindingRow } from '../../shared/contract/finding.ts';
import type { FindingOutcome } from '../../shared/domain/finding.ts';
import type { Household } from '../../shared/domain/household.ts';
import type { ReferenceSource } from '../../shared/domain/reference.ts';
import { getCase } from '../../electron/services/case-steps.ts';
import { scanNow } from '../../electron/services/finding-scan.ts';
import { sayOfPairs } from '../../electron/services/not-same.ts';
import type { Register } from '../../electron/services/register.ts';
import { countUnscanned } from '../../electron/store/finding.ts';
import { csv, type CellValue } from '../fixtures/reference-files.ts';
import { dtksCsv } from '../fixtures/read-list.ts';
import { registerActive } from './families.ts';
import { dtksRows, family, withChild } from './listed-families.ts';
import { type Client, codeOf, openKnownOffice, type TestOffice } from './office.ts';
import { bringList, uploadList } from './reference-office.ts';

/*
 * A number may stand with somebody who does not bear it: what a list says of the number, or of who bears it, is then no
 * word on them, and that two are two persons must not cost the member their own row.
 */

let t: TestOffice;
let register: () => Register;
let officer: Client;
const caseOf: Record<string, string> = {};

const nikNote = 'Sesuai KK';
/** With the number of somebody of another case. */
const owner = family(0);
const typed = withMember(family(1), 0, { nik: owner.members[0]?.nik ?? null, nikNote });
/** Husband and wife with each other's number; she died. */
const couple = family(2);
const exchanged = withMember(withMember(couple, 0, { nik: couple.members[1]?.nik ?? null, nikNote }), 1, {
  nik: couple.members[0]?.nik ?? null,
  nikNote,
});
/** Whose number a stranger bears as well, before them in the list. */
const shared = family(3);
/** The son with the number of his father, whose name he bears. */
const son = withChild(family(4), {
  name: family(4).members[0]?.name ?? '',
  nik: '3171011205450003',
  nikNote,
});
/** Whose number is another man's. */
const wrong = family(5);
/** Whose number was corrected since it was asked for, and was a dead man's. */
const corrected = family(6);
/** Who stands in the register a second time: with the same number, a slip in it, and without one. */
const double = family(7);
/** Whose number somebody bears who comes later. */
const later = family(10);
/** Beside whom two of his name and date stand: one with a number of his own, one without. */
const named = family(11);
const early = withMember(family(9), 0, { nik: later.members[0]?.nik ?? null, nikNote });
/** The number of one digit in the list is another's. */
const slipped = family(8);

function withMember(
  household: Household,
  at: number,
  facts: Partial<Household['members'][number]>,
): Household {
  const members = household.members.map((member, index) => (index === at ? { ...member, ...facts } : member));
  return { ...household, members };
}

function next(nik: string | null | undefined): string {
  const digits = nik ?? '';
  return digits.slice(0, -1) + String((Number(digits.at(-1)) + 1) % 10);
}

const padanHeader = ['NIK', 'NAMA', 'NAMA_LGKP', 'TGL_LHR', 'flag_pemadanan', 'status_nik'];
/** A row of padan about a member: with another number or name, or as Dukcapil holds it (`held`). */
function padanRow(
  { members }: Household,
  at: number,
  own: { nik?: string | null; name?: string; held?: string; born?: string; status?: string } = {},
): CellValue[] {
  const member = members[at];
  const name = own.name ?? member?.name ?? '';
  return [
    own.nik ?? member?.nik ?? '',
    name,
    own.held ?? name,
    own.born ?? member?.birthDate ?? '',
    '1',
    own.status ?? 'meninggal',
  ];
}

const ofStranger = { name: 'SUKARDI', born: '1960-02-03' };
const padanRows = [
  padanRow(typed, 0, { born: '' }),
  padanRow(early, 0, { born: '' }),
  padanRow(couple, 1),
  padanRow(shared, 0, { ...ofStranger, status: 'aktif' }),
  padanRow(shared, 0),
  padanRow(son, 2, { born: '1945-05-12' }),
  padanRow(wrong, 0, ofStranger),
  padanRow(corrected, 0, { nik: next(corrected.members[0]?.nik), held: '' }),
  padanRow(corrected, 1, { nik: next(corrected.members[1]?.nik), held: '', status: 'pindah' }),
  ...double.members.map((_, at) => padanRow(double, at)),
  padanRow(slipped, 0, { nik: next(slipped.members[0]?.nik) }),
];

beforeAll(async () => {
  ({ t, register } = await openKnownOffice());
  officer = await t.as('petugas_verifikasi');
  const rows = dtksRows(double);
  const again = rows.map((row, at) => ({
    ...row,
    id_dtks: `D-2${at}`,
    nomor_kk: `317101999912000${at + 1}`,
  }));
  const bytes = dtksCsv(
    ...rows,
    again[0] ?? {},
    { ...again[1], nomor_nik: next(double.members[1]?.nik) },
    { ...again[2], nomor_nik: null },
  );
  await importList('DTKS', 'DTKS Gambir', bytes);
  await importPadan('Padan November', padanRows);
  const clerk = await t.as('petugas_loket');
  const families = {
    owner,
    typed,
    exchanged,
    shared,
    son,
    wrong,
    corrected,
    double,
    slipped,
    early,
    named,
  };
  for (const [name, household] of Object.entries(families))
    caseOf[name] = (await registerActive(clerk, household)).caseId;
});
afterAll(() => t.close());

async function importList(source: ReferenceSource, name: string, bytes: Uint8Array, listDate = '2026-10-31') {
  const uploadId = await uploadList(t, await t.tokenOf('petugas_verifikasi'), 'daftar.csv', bytes);
  const listId = await bringList(officer, { uploadId, source, areaCodes: null, name, listDate });
  expect(await officer.reference.report.query({ listId })).toMatchObject({ refusedCount: 0 });
}

function importPadan(name: string, rows: CellValue[][], listDate?: string) {
  return importList('DUKCAPIL', name, Buffer.from(csv([padanHeader, ...rows])), listDate);
}

const filler = '0000000000000000';

/** A result of padan about the head of a family, who died by it, with their sex and this number. */
function importOf(household: Household, name: string, nik: string, listDate?: string) {
  const row = [...padanRow(household, 0, { nik }), household.members[0]?.sex ?? ''];
  return importList('DUKCAPIL', name, Buffer.from(csv([[...padanHeader, 'JENIS_KLMIN'], row])), listDate);
}

async function findings(name: string): Promise<FindingRow[]> {
  for (;;) {
    const page = await officer.finding.list.query({ filter: { state: 'terbuka' }, offset: 0, limit: 200 });
    if (page.pending === 0)
      return page.rows.filter(({ caseId, kind }) => caseId === caseOf[name] && kind !== 'berkas_ganda');
  }
}

async function told(name: string): Promise<string[]> {
  return (await findings(name)).map(({ kind, subject }) => `${kind} ${subject}`).toSorted();
}

const settle = (found: FindingRow | undefined, outcome: FindingOutcome, note = 'Keluarga ditanya') =>
  officer.finding.resolve.mutate({ id: found?.id ?? '', outcome, note });

const of = (household: Household, at: number) => household.members[at]?.name;

describe('who bears the number of a member', () => {
  it('is asked about where somebody of another case bears it too', async () => {
    expect(await told('typed')).toEqual([`mungkin_orang_ini ${of(typed, 0)}`]);
  });

  it('is asked about as soon as, and only as long as somebody of another case bears it too', async () => {
    const father = of(early, 0);
    expect(await told('early')).toEqual([`meninggal ${father}`]);
    const { caseId } = await registerActive(await t.as('petugas_loket'), later);
    expect(await told('early')).toEqual([`mungkin_orang_ini ${father}`]);
    const { db } = register();
    db.prepare(`UPDATE case_file SET state = 'DITUTUP' WHERE id = ?`).run(caseId);
    expect(await told('early')).toEqual([`meninggal ${father}`]);
  });

  it('makes no case be looked at again for one that is as it was', async () => {
    await settle((await findings('typed'))[0], 'orang_sama');
    expect(await told('typed')).toEqual([`meninggal ${of(typed, 0)}`]);
    scanNow(register(), caseOf['owner'] ?? '');
    expect(countUnscanned(register().db)).toBe(0);
  });

  it('is the other of two whose numbers were exchanged', async () => {
    const kinds = new Set((await findings('exchanged')).map(({ kind }) => kind));
    expect([...kinds]).toEqual(['mungkin_orang_ini']);
  });

  it('is the one of two whose name agrees', async () => {
    expect(await told('shared')).toEqual([`meninggal ${of(shared, 0)}`, `tercatat_ganda ${of(shared, 0)}`]);
  });

  it('is the father, and not the son of his name', async () => {
    expect(await told('son')).toEqual([`mungkin_orang_ini ${of(son, 2)}`]);
  });

  it('leaves a number to be mended where they are somebody else, in the next result too', async () => {
    const father = of(wrong, 0);
    expect(await told('wrong')).toEqual([`mungkin_orang_ini ${father}`]);
    await settle((await findings('wrong'))[0], 'bukan_orang_sama', 'Orang lain, sudah dilihat');
    expect(await told('wrong')).toEqual([`nik_berbeda ${father}`]);
    const [left] = await findings('wrong');
    expect(left).toMatchObject({ ofPerson: false, listed: expect.stringContaining('SUKARDI') });
    await importPadan('Padan Desember', [padanRow(wrong, 0, ofStranger)], '2026-12-01');
    expect(await told('wrong')).toEqual([`nik_berbeda ${father}`]);
  });
});

describe('what was said of a number before it was corrected', () => {
  it('is not said of the person whom Dukcapil does not name itself', async () => {
    expect(await told('corrected')).toEqual([
      `nik_berbeda ${of(corrected, 0)}`,
      `nik_berbeda ${of(corrected, 1)}`,
    ]);
  });
});

describe('that one of two rows is somebody else', () => {
  const meninggal = double.members.map(({ name }) => `meninggal ${name}`);

  /** Members whom the register is proposed for. */
  async function proposed(): Promise<boolean[]> {
    const { sources } = await officer.identification.proposal.query({ caseId: caseOf['double'] ?? '' });
    return sources[0]?.members.map(({ proposes }) => proposes) ?? [];
  }

  it('costs nobody their own row, whether the other has the same number, another or none', async () => {
    const before = await findings('double');
    expect(before.filter(({ kind }) => kind === 'meninggal').map(({ subject }) => subject)).toHaveLength(3);
    const twice = before.filter(({ kind }) => kind === 'tercatat_ganda');
    expect(twice.map(({ subject, ofPerson }) => [subject, ofPerson]).toSorted()).toEqual(
      [
        [of(double, 0), false],
        [of(double, 1), true],
        [of(double, 2), true],
      ].toSorted(),
    );
    const [inseparable, ...separable] = twice.toSorted(
      (one, other) => Number(one.ofPerson) - Number(other.ofPerson),
    );
    expect(await codeOf(settle(inseparable, 'bukan_orang_sama', 'Sepupunya, senama'))).toBe('invalid_input');
    await settle(inseparable, 'dibiarkan', 'Dua orang, sudah dilaporkan ke Dukcapil');
    for (const found of separable) await settle(found, 'bukan_orang_sama', 'Sepupunya, senama');
    expect(await told('double')).toEqual(meninggal.toSorted());
    expect(await proposed()).toEqual([true, true, true]);
  });
});

describe('what was said of one row', () => {
  it('stands where what was said of another row of that name and date is taken back', async () => {
    const head = of(named, 0);
    await importOf(named, 'Padan Sepupu', '3201011205450007');
    expect(await told('named')).toEqual([`mungkin_orang_ini ${head}`]);
    await settle((await findings('named'))[0], 'bukan_orang_sama', 'Sepupunya, senama');
    await importOf(named, 'Padan Senama', filler);
    const [other] = await findings('named');
    expect(other).toMatchObject({ kind: 'meninggal', subject: head });
    await settle(other, 'bukan_orang_sama', 'Juga bukan');
    expect(await told('named')).toEqual([]);
    await officer.finding.reopen.mutate({ id: other?.id ?? '' });
    expect(await findings('named')).toMatchObject([{ id: other?.id }]);
    const standing = `SELECT reason FROM pair_verdict WHERE case_id = ? AND withdrawn_at IS NULL`;
    expect(register().db.prepare(standing).pluck().all(caseOf['named'])).toEqual(['Sepupunya, senama']);
  });
});

describe('two verdicts on one row', () => {
  it('are not given: what a colleague said of the other finding has settled this one', async () => {
    const [first, second] = await findings('slipped');
    await settle(first, 'bukan_orang_sama', 'Kakeknya, senama');
    expect(await codeOf(settle(second, 'bukan_orang_sama', 'Kakeknya, senama'))).toBe('finding_gone');
    await officer.finding.reopen.mutate({ id: first?.id ?? '' });
    expect(await told('slipped')).toHaveLength(2);
  });

  it('are both taken back with one', async () => {
    const [first] = await findings('slipped');
    await settle(first, 'bukan_orang_sama', 'Kakeknya, senama');
    const { db } = register();
    const caseId = caseOf['slipped'] ?? '';
    const decidedBy = db.prepare('SELECT decided_by FROM pair_verdict LIMIT 1').pluck().get();
    const listed = db.prepare('SELECT listed_persons FROM finding WHERE id = ?').pluck().get(first?.id);
    const current = getCase(register(), caseId);
    sayOfPairs(register(), { accountId: String(decidedBy), stroke: 'lain' }, current, {
      memberId: current.household.members[0]?.id ?? '',
      personIds: JSON.parse(String(listed)),
      verdict: 'bukan',
      reason: 'Kakeknya juga',
    });
    await officer.finding.reopen.mutate({ id: first?.id ?? '' });
    expect(await told('slipped')).toHaveLength(2);
    const { history } = await officer.cases.get.query({ caseId });
    expect(history.slice(-2).map(({ type }) => type)).toEqual(['bukan_sama_ditarik', 'temuan_dibuka_lagi']);
  });
});

describe('a finding that became another since it was read', () => {
  it('is settled by nobody who read what it said before', async () => {
    const [read] = (await findings('slipped')).filter(({ kind }) => kind === 'meninggal');
    if (read === undefined) throw new Error('Nobody died.');
    const said = { id: read.id, outcome: 'bukan_orang_sama', note: 'Kakeknya, senama' } as const;
    // Dukcapil says it now of the member's own number.
    await importPadan('Padan Desember', [padanRow(slipped, 0)], '2026-12-01');
    expect(await codeOf(officer.finding.resolve.mutate({ ...said, mark: read.mark }))).toBe(
      'finding_changed',
    );
    const now = (await findings('slipped')).find(({ kind }) => kind === 'meninggal');
    expect(now).toMatchObject({ id: read.id, outcome: null });
    expect(now?.mark).not.toBe(read.mark);
    await officer.finding.resolve.mutate({
      ...said,
      outcome: 'berkas_diperbaiki',
      mark: now?.mark,
    });
  });
});
