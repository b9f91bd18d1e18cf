import { expect, it } from 'vitest';
import { fonts, frame, letterhead } from '../../tests/fixtures/papers.ts';
import { pageTexts } from '../../tests/fixtures/pdf.ts';
import { printCoverList } from './cover-list.ts';

it('a long cover list goes on over pages with its head repeated, and gives every family a slip', async () => {
  const sheets = Array.from({ length: 120 }, (_, index) => ({
    code: String(100_000_000_000 + index),
    number: `31710110003/2026/${String(index).padStart(6, '0')}`,
    head: 'Siti Aminah',
    street: 'Jl. Contoh No. 1',
    rt: 1,
    rw: 2,
    members: 4,
  }));
  const texts = pageTexts(
    await printCoverList(
      {
        letterhead,
        frame,
        paper: 'F4',
        enumerator: 'Rina Kusumawati',
        teamName: 'Tim Masyarakat Peduli',
        place: 'Jakarta',
        officePhone: '',
        sheets,
      },
      fonts,
    ),
  );
  const lists = texts.filter((text) => /No\s+Lembar\s+Kepala/.test(text));
  expect(lists.length).toBeGreaterThan(1);
  expect(lists.at(-1)).toContain('Jumlah: 120 lembar');
  const all = texts.join('\n');
  for (const { number } of sheets) expect(all).toContain(`Nomor ${number}`);
});
