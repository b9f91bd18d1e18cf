import { describe, expect, it } from 'vitest';
import { linkRows, others, type Row } from '../../../tests/fixtures/linked-rows.ts';

const decided = async (references: Row[], cases: Row[], id = 'a') =>
  (await linkRows(references, cases)).get(id)?.decision;

describe('what counts as evidence of its own', () => {
  it.each([
    ['another column that everybody shares', 'review', () => ({ other: 'GAMBIR' })],
    ['another column that hardly anybody shares', 'auto', (no: number) => ({ other: `T${no % 200}` })],
    ['a kelurahan, however many there are', 'review', (no: number) => ({ kelurahan: `K${no % 200}` })],
  ] as const)('beside a name alone, is %s: %s', async (_, decision, valueOf) => {
    const rest = others(600, ['name']).map((row, no): Row => ({ ...row, ...valueOf(no) }));
    const rare = { name: 'SUKARNOPUTRO HADININGRAT', ...valueOf(7) };
    expect(await decided([...rest, { id: 'x', ...rare }], [{ id: 'a', ...rare }])).toBe(decision);
  });

  it.each([
    ['the same kelurahan', '3171011001', '3171011001', 'auto'],
    ['another kelurahan', '3171011002', '3171011001', 'review'],
    ['a kelurahan that one side does not name', '', '3171011001', 'auto'],
  ])('is an address in %s: %s', async (_, kelurahan, sought, decision) => {
    const tuti = { name: 'TUTI SUHARTINI', sex: 'P', address: 'Jl Melati No 3', rt: '1', rw: '1' };
    const columns = ['name', 'sex', 'address', 'rt', 'rw', 'kelurahan'] as const;
    expect(
      await decided(
        [{ id: '1', ...tuti, kelurahan }, ...others(60, columns)],
        [{ id: 'a', ...tuti, kelurahan: sought }],
      ),
    ).toBe(decision);
  });

  it('is a street of one RT only where the kelurahan is known to be one', async () => {
    const tuti = { name: 'TUTI SUHARTINI', sex: 'P', address: 'Jl Melati', rt: '1', rw: '1' };
    const rest = others(60, ['name', 'sex', 'address', 'rt', 'rw', 'kelurahan']);
    const known = { ...tuti, kelurahan: 'K1' };
    expect(await decided([{ id: '1', ...known }, ...rest], [{ id: 'a', ...known }])).toBe('auto');
    expect(await decided([{ id: '1', ...tuti }, ...rest], [{ id: 'a', ...tuti }])).toBe('review');
  });

  it('is number and card without any name', async () => {
    const rest = others(60, ['sex', 'dob', 'nik', 'kk']);
    const found = await linkRows(rest, rest.slice(0, 20));
    expect([...found.values()].filter(({ decision }) => decision === 'auto')).toHaveLength(20);
  });
});
