import { describe, expect, it } from 'vitest';
import type { RefusedWho } from '../importing/refused-who.ts';
import { takesAnybodyOut } from './difference.ts';
import { type Household, LaidLists, numbers } from '../../tests/fixtures/laid-lists.ts';

const laid = new LaidLists();
const accept = laid.accept.bind(laid);

const budi = { name: 'BUDI', nik: numbers['BUDI'] ?? null, birthDate: '1985-02-02' };
const before: Household[] = [
  ['R1', 'ANI', budi],
  ['R3', 'CICI'],
];
const ani: Household = ['R1', 'ANI'];

describe('of whom a row tells that was refused', () => {
  it('is not gone: neither out of a household that stands, nor a household of which nothing could be read', () => {
    const { households, rows } = accept(before, [ani], {
      complete: true,
      unread: [{ niks: [budi.nik ?? ''] }, { niks: [numbers['CICI'] ?? ''] }],
    });
    expect(rows.toSorted()).toEqual(['sama, ANI, BUDI belum_terbaca', 'sama, CICI, CICI belum_terbaca']);
    expect(households).toEqual(['R1: ANI BUDI', 'R3: CICI']);
  });

  it('stays, where the others of the household are gone', () => {
    const { households, rows } = accept(before, [['R9', 'CICI']], {
      complete: true,
      unread: [{ niks: [budi.nik ?? ''] }],
    });
    expect(rows.toSorted()).toEqual(['berubah, ANI, ANI keluar, BUDI belum_terbaca', 'sama, CICI']);
    expect(households.toSorted()).toEqual(['R1: BUDI', 'R9: CICI']);
    laid.clear();
    const refused = { complete: true, refused: ['ANI'], unread: [{ niks: [budi.nik ?? ''] }] };
    expect(accept(before, [['R9', 'CICI']], refused).households.toSorted()).toEqual([
      'R1: ANI BUDI',
      'R9: CICI',
    ]);
  });

  it('leaves their household all the same where another row has them in a household that is accepted', () => {
    const { households, rows } = accept(before, [ani, ['R3', 'CICI', budi]], {
      complete: true,
      unread: [{ niks: [budi.nik ?? ''] }],
    });
    expect(rows).toContain('berubah, ANI, BUDI keluar R3');
    expect(households).toEqual(['R1: ANI', 'R3: CICI BUDI']);
  });

  it.each<[string, Partial<RefusedWho>]>([
    ['NIK', { niks: [budi.nik ?? ''], name: 'LAIN' }],
    ['name in their household', { households: ['R1'], name: 'BUDY' }],
    ['birth date in their household', { households: ['R1'], name: 'SANTOSO', birthDate: '1985-02-02' }],
    ['household alone', { households: ['R1'] }],
    [
      'name and birth date',
      {
        name: 'Budi',
        birthDate: '1985-02-02',
        households: ['R7'],
        niks: [numbers['ANI']?.replace('1', '9') ?? ''],
      },
    ],
    ['name alone', { name: 'BUDI' }],
  ])('is known by the %s', (_, who) => {
    const { rows } = accept(before, [ani], { complete: true, unread: [who] });
    expect(rows).toContain('sama, ANI, BUDI belum_terbaca');
    expect(rows).toContain('hilang, CICI');
  });

  const [husband, wife] = [budi.nik ?? '', { name: 'DEWI', nik: '3171015505900004' }];
  it.each<[string, Partial<RefusedWho>]>([
    ['their household', { households: ['R1'] }],
    ['their name', {}],
    ['their name and birth date', { birthDate: '1990-05-15' }],
  ])('is known by %s, though the row bears the NIK of somebody else', (_, who) => {
    const { rows, households } = accept(
      [['R1', budi, { ...wife, birthDate: '1990-05-15' }]],
      [['R1', budi]],
      { complete: true, unread: [{ niks: [husband], name: 'DEWI', ...who }] },
    );
    expect(rows).toEqual(['sama, BUDI, DEWI belum_terbaca']);
    expect(households).toEqual(['R1: BUDI DEWI']);
  });

  it('is nobody who bears the NIK alone, where the household has who is meant', () => {
    const { rows } = accept([['R1', 'ANI', budi, wife]], [['R1', 'ANI']], {
      complete: true,
      unread: [{ niks: [husband], households: ['R1'], name: 'DEWI' }],
    });
    expect(rows).toEqual(['berubah, ANI, BUDI keluar, DEWI belum_terbaca']);
  });

  it.each<[string, Partial<RefusedWho>]>([
    ['the row is of another of the household', { households: ['R1'], niks: [numbers['ANI'] ?? ''] }],
    ['the name is another', { households: ['R1'], name: 'TUTI' }],
    ['the birth date is another', { name: 'BUDI', birthDate: '1985-02-03' }],
    ['the NIK is another', { name: 'BUDI', niks: ['3171010202900009'] }],
    ['nothing of the row could be read', {}],
  ])('is gone where %s', (_, who) => {
    const { rows } = accept(before, [ani], { complete: true, unread: [who] });
    expect(rows).toContain('berubah, ANI, BUDI keluar');
  });

  it('is nobody of a list that holds a part only: who is not in it stays anyway', () => {
    const { rows } = accept(before, [ani], { unread: [{ name: 'BUDI' }] });
    expect(rows).toEqual(['sama, ANI', 'sama, CICI']);
  });
});

describe('what is accepted takes somebody out', () => {
  it.each<[string, Household[], boolean]>([
    ['where a household is gone', [['R1', 'ANI', budi]], true],
    ['where a member of one is gone', [ani, ['R3', 'CICI']], true],
    ['not where they stand in another one', [ani, ['R3', 'CICI', budi]], false],
    ['not where all stand', before, false],
  ])('%s', (_, now, takes) => {
    accept(before, now, { complete: true });
    expect(takesAnybodyOut(laid.db, 'd')).toBe(takes);
  });

  it('not where that was refused', () => {
    accept(before, [ani, ['R3', 'CICI']], { complete: true, refused: ['ANI'] });
    expect(takesAnybodyOut(laid.db, 'd')).toBe(false);
  });
});
