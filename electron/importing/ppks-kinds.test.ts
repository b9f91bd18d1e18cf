import { expect, it } from 'vitest';
import { ppksKinds, ppksReader, readPpks } from './ppks-kinds.ts';

it('knows the kinds of the exports of SIKS by number, name and other words', () => {
  expect(ppksKinds.map(({ code }) => code)).toEqual(ppksKinds.map((_, at) => String(at + 1)));
  expect(ppksKinds).toHaveLength(26);
  expect(readPpks('012. Pengemis')).toBe('12');
  expect(readPpks('ODHA; Pemulung, 13')).toBe('16,13');
  expect(readPpks('Bekas warga binaan lembaga pemasyarakatan')).toBe('15');
  expect(readPpks('27')).toBeNull();
  expect(readPpks('Pengemis; entah')).toBeNull();
  expect(readPpks(' ; ')).toBeNull();
});

it('reads a kind that is added to the file', () => {
  const read = ppksReader([...ppksKinds, { code: '27', label: 'Korban banjir rob', words: ['rob'] }]);
  expect(read('27; rob; Korban banjir rob')).toBe('27');
  expect(read('Pengemis; Rob')).toBe('12,27');
});
