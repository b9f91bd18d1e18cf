import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { person, testKelurahan } from '../../tests/fixtures/memory-source.ts';
import { storedKeys } from './blocking.ts';
import { briefOf } from './brief.ts';
import { type MatchInput, normalisationVersion, normalisePerson } from './normalise.ts';

/**
 * What each version of the rules makes of `people`. Registers bear keys by these rules: a line is added,
 * never changed.
 */
const fingerprints: Record<number, string> = {
  3: 'e2a9d9c62ea90a26',
  4: '267ecba3fb0ab9b8',
  5: '45a8f6f9467e4879',
  6: 'b882ed426577e7a2',
  7: 'c705f860b5de96cc',
  8: '0cba30fe829342d9',
};

const at = (street: string, rt: number | null = 3, rw: number | null = 5) => ({
  street,
  rt,
  rw,
  kelurahan: testKelurahan,
});

/** Persons that between them meet every rule; a new rule gets a new person, and so a new version. */
const people: MatchInput[] = [
  person({ name: 'SOEPARDI HIDAJAT', nik: '3171011708800001', sex: 'L', birthDate: '1980-08-17' }),
  person({ name: 'TJOKRO DJOJO', sex: 'L', birthDate: '1941-02-03' }),
  person({ name: 'DRS. H. AHMAD SUBARJO, S.Pd., M.Si', nik: '3171 0117 0880 0002', sex: 'L' }),
  person({ name: 'Hj.Maryam binti Usman', nik: '3171015212550003', sex: 'P', birthDate: '1955-12-12' }),
  person({ name: 'UMAR BIN KHATTAB', kk: '3171010101100002', sex: 'L', birthDate: '1972-01-01' }),
  person({ name: 'M. ALI', sex: 'L', birthDate: '1990-06-07' }),
  person({ name: 'M. YUNI', sex: 'P', birthDate: '1990-06-07' }),
  person({ name: 'ST. AMINAH', sex: 'P', birthDate: '1963-03-30', motherName: 'Hj. FATIMAH' }),
  person({ name: 'Moch. Jusuf', sex: 'L', age: 35, ageOn: '2015-10-01' }),
  person({ name: 'ABDURRAHMAN WAHID', nik: '317101040940000', sex: 'L', birthDate: '1940-09-04' }),
  person({ name: 'NUR HAYATI ALIAS YATI', sex: 'P', birthDate: '1988-11-21' }),
  person({ name: 'SUPARNO (ALM)', nik: '0000000000000000', sex: 'L', birthDate: '1955-02-02' }),
  person({ name: 'JOSÉ MARÍA D’SOUZA', nik: '31710117O88OOOO4', sex: 'L', birthDate: '1980-08-17' }),
  person({ name: 'LIE TJIN HOK', sex: 'L', birthDate: '1958-05-15' }),
  person({ name: "MC'DONALD WILLIAM JOHN FREDERIK VAN DER BERG", sex: 'L', birthDate: '1969-10-29' }),
  person({ name: 'SITI', sex: 'P', birthDate: '2019-07-08', motherName: 'SITI AISYAH' }),
  person({ name: '', nik: '3171011708800009' }),
  person({ name: 'ОЛЬГА 李明 Łucja', nik: '3171011708800000', sex: 'P' }),
  person({ name: 'Drs.H. MOHD. ALI BT UMAR S. Pd.', sex: 'L', motherName: 'SITI BTE HASAN' }),
  person({ name: 'AHMAD BIN H. ALI S. P.', sex: 'L', motherName: 'SITI / HJ. AMINAH' }),
  person({ name: 'MUHAMMAD BIN SALEH', sex: 'L', birthDate: '1970-03-04' }),
  person({ name: 'SITI BINTI ABDULLAH (ALM)', sex: 'P', birthDate: '1970-03-04' }),
  person({ name: 'OUSMANE BA', sex: 'L', birthDate: '1980-08-17' }),
  person({ name: 'BUDI', address: at('JL. KEBON SIRIH NO. 12') }),
  person({ name: 'BUDI', address: at('Gg. Mawar RT 003/RW 05 No.7A', null, null) }),
  person({ name: 'BUDI', address: at('KOMP. PERHUBUNGAN BLOK B NO 3', null, null) }),
  person({ name: 'BUDI', address: at('KAV. 5 KP. MELAYU 011/002', null, null) }),
  person({ name: 'BUDI', address: at('JL. KB. KACANG IX BLOK B3/12 RW 05 RT 03', null, null) }),
  person({ name: 'BUDI', address: { street: null, rt: null, rw: null, kelurahan: null } }),
];

/** Of a name part what follows from its other forms. */
const followers: ReadonlySet<string> = new Set(['letters', 'sounds']);

function fingerprint(): string {
  const made = people.map((input) => {
    // How a person reads is told on the screen only, and may be said otherwise.
    const { input: _, rules: __, name, mother, nik, kk, address, ...plain } = normalisePerson(input);
    const parts = [name, mother, nik, kk, address].map((part) => part && { ...part, rules: null });
    const person = normalisePerson(input);
    return [plain, parts, storedKeys(person), Buffer.from(briefOf(person).buffer).toString('hex')];
  });
  const stored = JSON.stringify(made, (name, value: unknown) => (followers.has(name) ? undefined : value));
  return createHash('sha256').update(stored).digest('hex').slice(0, 16);
}

describe('normalisation, keys and briefs', () => {
  it('stay what they are as long as their version does', () => {
    expect(
      fingerprint(),
      `The rules make other forms, keys or briefs of these persons than version ${normalisationVersion} did. Registers are filled by
that version and would no longer find whom they hold. Where the change is meant: raise normalisationVersion
(normalise.ts), so that a register is keyed anew as it is opened (store/rekey.ts), and add a line for the
new version here.`,
    ).toBe(fingerprints[normalisationVersion]);
  });
});
