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
    ['a kelurahan that one side names, the other by its code', 'Kebon Kacang', '31.71.07.1006', 'auto'],
    ['a kelurahan written short', 'Kel. Kb. Kacang', 'KEBON KACANG', 'auto'],
    ['a kelurahan that begins alike', 'Kebon Melati', 'Kebon Kacang', 'review'],
    ['a kelurahan of one stem', 'Rawa Badak Utara', 'Rawa Badak Selatan', 'review'],
    ['a kelurahan of one stem, written short', 'Utan Kayu U.', 'Utan Kayu S.', 'review'],
    ['a kelurahan by its number in the kecamatan, the other by name', '1005', 'Kebon Kacang', 'auto'],
    ['another kelurahan by its number in the kecamatan', '1006', '1005', 'review'],
    ['a kelurahan by its number in the kecamatan, the other by its code', '1005', '31.71.06.1005', 'auto'],
    ['a kelurahan whose name begins with a number, by its code', '13 Ilir', '16.71.03.1005', 'auto'],
    ['a kelurahan whose name begins with a number, with a slip', '13 Seberang', '13 SEBRANG', 'auto'],
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
    // A code and a name can be compared with nothing, which is no contradiction either.
    const probability = async (kelurahan: string) =>
      (
        await linkRows(
          [{ id: '1', ...tuti, kelurahan }, ...rest],
          [{ id: 'a', ...tuti, kelurahan: '3171071006' }],
        )
      ).get('a')?.probability;
    expect(await probability('Kebon Kacang')).toBe(await probability(''));
  });

  it.each([
    ['HASAN BIN ALI', 'auto'],
    ['BUDI BIN ALI', 'review'],
    ['ALI', 'review'],
    ['ALI UMAR', 'review', 'HASAN BIN ALI UMAR'],
  ])('is no father of both: %s, with the number of HASAN, is %s', async (name, decision, listed?: string) => {
    const numbers = { nik: '3171011708800001', kk: '3171010101100002' };
    const list = [
      { id: '1', ...numbers, name: listed ?? 'HASAN BIN ALI' },
      ...others(60, ['name', 'nik', 'kk']),
    ];
    expect(await decided(list, [{ id: 'a', ...numbers, name }])).toBe(decision);
  });

  it('is no father beside an initial, which a brother may have, too', async () => {
    const born = { sex: 'L', dob: '1980-08-17' };
    const list = [
      { id: '1', ...born, name: 'AHMAD BIN KARTODIKROMO' },
      ...others(600, ['name', 'sex', 'dob']),
    ];
    const decidedOn = (name: string) => decided(list, [{ id: 'a', ...born, name }]);
    expect(await decidedOn('AHMAD BIN KARTODIKROMO')).toBe('auto');
    expect(await decidedOn('A. BIN KARTODIKROMO')).toBe('review');
  });

  it('is a name with a slip in the father, whom brothers and sisters share', async () => {
    const home = { sex: 'P', address: 'Jl Melati No 3', rt: '1', rw: '1' };
    const rest = others(600, ['name', 'sex', 'address', 'rt', 'rw']);
    const decidedOn = (listed: string, name: string) =>
      decided([{ id: '1', ...home, name: listed }, ...rest], [{ id: 'a', ...home, name }]);
    expect(await decidedOn('HADININGRAT BINTI SUKARDI', 'HADININGRAT BINTI SUKARTI')).toBe('auto');
    expect(await decidedOn('HADININGRAT BINTI SUKARDI', 'HADININGRIT BINTI SUKARDI')).toBe('review');
  });

  it('is number and card without any name', async () => {
    const rest = others(60, ['sex', 'dob', 'nik', 'kk']);
    const found = await linkRows(rest, rest.slice(0, 20));
    expect([...found.values()].filter(({ decision }) => decision === 'auto')).toHaveLength(20);
  });
});

describe('twins, brothers and sisters where the kelurahan is not named', () => {
  const street = { sex: 'P', address: 'Jl Melati', rt: '1', rw: '1' };
  const door = { sex: 'P', address: 'Jl Melati No 3' };
  const columns = ['name', 'sex', 'dob', 'address', 'rt', 'rw'] as const;
  const listOf = (listed: Row) => [
    ...others(600, columns).map((row, no): Row => ({ ...row, other: `T${no % 200}` })),
    listed,
  ];

  it.each([
    ['RISKA HADININGRAT', 'RISMA HADININGRAT', 'a street of one RT', { ...street, other: '' }],
    ['YULI HADININGRAT', 'YULIA HADININGRAT', 'a door of no RT', { ...door, other: '' }],
    ['RINA WULANDARI', 'RINI WULANDARI', 'a street, and another column', { ...street, other: 'KEJAR' }],
    ['RINA WULANDARI', 'RINI WULANDARI', 'a door, and another column', { ...door, other: 'KEJAR' }],
  ])('%s is not taken for the twin %s, who alone is listed, at %s', async (name, twin, _, home) => {
    const list = listOf({ id: '1', name: twin, dob: '2010-03-05', ...home });
    expect(await decided(list, [{ id: 'a', name, dob: '2010-03-05', ...home }])).toBe('review');
    expect(await decided(list, [{ id: 'a', name: twin, dob: '2010-03-05', ...home }])).toBe('auto');
  });

  it.each([
    ['a street of one RT', street],
    ['a door of no RT', door],
  ])('RISKA is not taken for a sister of another birth date, at %s', async (_, home) => {
    const list = listOf({ id: '1', name: 'RISMA HADININGRAT', dob: '2010-03-15', ...home, other: 'KEJAR' });
    const sought = { id: 'a', dob: '2010-03-05', ...home, other: 'KEJAR' };
    expect(await decided(list, [{ ...sought, name: 'RISKA HADININGRAT' }])).toBe('review');
    expect(await decided(list, [{ ...sought, name: 'RISMA HADININGRAT' }])).toBe('auto');
  });
});
