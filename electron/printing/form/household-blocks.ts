import { rowNumber } from '../../../shared/domain/instrument.ts';
import { relationLabel } from '../../../shared/domain/person.ts';
import { duplicateResult } from '../../../shared/domain/visit-entry.ts';
import { visitResultLabel } from '../../../shared/domain/visit.ts';
import { margin, type } from '../paper.ts';
import { sectionBar } from './heads.ts';
import { type Block, codeBox, letterBox, type Pen, stroke } from './sheet.ts';
import type { Typeface } from './typeface.ts';
import { optionSize, wrap } from './rows.ts';

/** What the fixed part of a form depends on: forms of the same shape share their pages. */
export interface FormShape {
  members: number;
  families: number;
}

/** Families under a roof are told apart by one digit. */
const mostFamilies = 9;

/** The numbers that a member and a family have who are found only on the visit. */
export function newcomers({ members, families }: FormShape): { member: number; family: number | null } {
  return { member: members + 1, family: families < mostFamilies ? families + 1 : null };
}

const labelLeft = margin + 12;
const valueLeft = margin + 46;
const rowHeight = 7.8;
const boxTop = 0.9;
const baseline = 5.2;

/** I. Pengenalan: whose household this is, and where. */
export function identityBlocks(families: number, block: string): Block[] {
  const heading = sectionBar(`${block}.  PENGENALAN RUMAH TANGGA`);
  const no = (index: number) => rowNumber(block, index);
  const kk = Array.from({ length: families }, (_, index) =>
    row(no(4 + index), families === 1 ? 'Nomor KK' : `KK keluarga ${index + 1}`, (pen, y) => {
      pen.value(`kk.${index}`, valueLeft, y + baseline, 36);
      comb(pen, y, [16]);
    }),
  );
  const after = 4 + families;
  return [
    heading,
    row(no(1), 'Nama kepala', (pen, y) =>
      pen.value('head.name', valueLeft, y + baseline, pen.right - valueLeft),
    ),
    addressRow(no(2)),
    areaRow(no(3)),
    ...kk,
    row(no(after), 'Telepon', (pen, y) => {
      pen.value('phone', valueLeft, y + baseline, 36);
      comb(pen, y, [13]);
    }),
    row(no(after + 1), 'Jumlah anggota / keluarga', (pen, y) => {
      pair(pen, y, 'families', 1, pen.right, 'keluarga');
      pair(pen, y, 'members', 2, pen.right - 36, 'anggota');
    }),
  ].map((block) => (block === heading ? block : { ...block, heading }));
}

function addressRow(no: string): Block {
  return {
    height: rowHeight + 5,
    draw(pen, y) {
      label(pen, y, no, 'Alamat');
      pen.value('street', valueLeft, y + baseline, pen.right - valueLeft);
      pen.text(valueLeft, y + baseline + 5.6, 'Perbaikan', { size: type.small });
      pen.rule(y + baseline + 6, stroke.rule, valueLeft + 17);
      pen.rule(y + rowHeight + 5);
    },
  };
}

function areaRow(no: string): Block {
  return row(no, 'RT / RW', (pen, y) => {
    pair(pen, y, 'rw', 3, pen.right, 'RW');
    pair(pen, y, 'rt', 3, pen.right - 50, 'RT');
  });
}

/**
 * II. Daftar anggota: one strip a member, names in letter boxes for what the field corrects. A blank one
 * for a member found only on the visit, and the card of a family found only then.
 */
export function rosterBlocks(shape: FormShape, block: string, typeface: Typeface): Block[] {
  const relations = Object.entries(relationLabel).map(([code, text]) => `${code} ${text}`);
  const legend = `Hubungan dengan kepala rumah tangga:  ${relations.join('   ')}.   L/P:  1 Laki-laki   2 Perempuan.`;
  return [
    rosterHeading(legend, block, typeface),
    ...[
      ...Array.from({ length: shape.members }, (_, index) => memberStrip(index)),
      memberStrip(shape.members, 'Baru ditemukan saat kunjungan'),
      ...newFamilyRow(newcomers(shape).family),
    ].map((strip) => ({ ...strip, heading: sectionBar(`${block}.  DAFTAR ANGGOTA (lanjutan)`) })),
  ];
}

function newFamilyRow(no: number | null): Block[] {
  if (no === null) return [];
  const name = `KK keluarga ${no}, bila baru ditemukan`;
  return [row('', name, (pen, y) => comb(pen, y, [16]))];
}

function rosterHeading(legend: string, block: string, typeface: Typeface): Block {
  const bar = sectionBar(`${block}.  DAFTAR ANGGOTA`);
  // A4 is the narrower paper; what fits there fits everywhere.
  const lines = wrap(legend, 178, (text) => typeface.width(text, 'regular', type.small));
  return {
    height: bar.height + lines.length * 3.6 + 2,
    keepWithNext: true,
    draw(pen, y) {
      bar.draw(pen, y);
      for (const [index, line] of lines.entries())
        pen.text(pen.left + 1.5, y + bar.height + 3.4 + index * 3.6, line, { size: type.small });
      pen.rule(y + bar.height + lines.length * 3.6 + 2);
    },
  };
}

/** @param unknown what stands in place of the name and of all that is on record, where nothing is. */
function memberStrip(index: number, unknown: string | null = null): Block {
  const height = 32.6;
  const slot = (name: string) => (unknown === null ? `roster.${index}.${name}` : null);
  const recorded = (pen: Pen, name: string, x: number, y: number, width: number, size?: number) => {
    const found = slot(name);
    if (found !== null) pen.value(found, x, y, width, size === undefined ? {} : { size });
  };
  return {
    height,
    draw(pen, y) {
      pen.text(pen.left + 4.5, y + 6.2, String(index + 1), {
        size: type.title,
        weight: 'bold',
        align: 'center',
      });
      recorded(pen, 'name', labelLeft, y + 5.9, pen.right - labelLeft - 82, 11);
      if (unknown !== null) pen.text(labelLeft, y + 5.9, unknown, { weight: 'medium' });
      pair(pen, y, slot('relation'), 1, pen.right, 'Hubungan');
      pair(pen, y, slot('sex'), 1, pen.right - 32, 'L/P');
      pair(pen, y, slot('family'), 1, pen.right - 55, 'Keluarga');
      const letters = Math.floor((pen.right - labelLeft) / letterBox);
      pen.boxes(labelLeft, y + 8.4, letters, stroke.written, letterBox);
      pen.text(labelLeft, y + 15.9 + baseline, 'NIK', { weight: 'medium' });
      recorded(pen, 'nik', valueLeft, y + 15.9 + baseline, 37);
      comb(pen, y + 15.9, [16]);
      pen.text(labelLeft, y + 24.2 + baseline, 'Tanggal lahir', { weight: 'medium' });
      recorded(pen, 'birth', valueLeft, y + 24.2 + baseline, 37);
      comb(pen, y + 24.2, [2, 2, 4]);
      pen.rule(y + height);
    },
  };
}

/** III. Kunjungan: when, who, and how the visit ended. */
export function visitBlocks(teamName: string, block: string): Block[] {
  const heading = sectionBar(`${block}.  KUNJUNGAN`);
  const no = (index: number) => rowNumber(block, index);
  return [
    heading,
    { ...row(no(1), 'Tanggal kunjungan', (pen, y) => comb(pen, y, [2, 2, 4])), keepWithNext: true },
    {
      ...row(no(2), 'Petugas lapangan', (pen, y) => {
        pen.value('enumerator', valueLeft, y + baseline, 80);
        pen.text(pen.right, y + baseline, teamName, { align: 'right', size: type.note });
      }),
      keepWithNext: true,
    },
    visitResultRow(no(3)),
  ];
}

function visitResultRow(no: string): Block {
  const height = rowHeight + 6.4;
  return {
    height,
    draw(pen, y) {
      label(pen, y, no, 'Hasil kunjungan');
      const step = (pen.right - 12 - valueLeft) / 2;
      for (const [index, [code, text]] of Object.entries(visitResultLabel).entries()) {
        const x = valueLeft + Math.floor(index / 3) * step;
        const at = y + baseline - 1 + (index % 3) * 3.9;
        pen.text(x, at, code, { size: optionSize, weight: 'semiBold' });
        const label = code === duplicateResult ? `${text}, nomor berkas` : text;
        pen.text(x + 3, at, label, { size: optionSize });
        if (code !== duplicateResult) continue;
        // The number of the other case is written behind its code.
        const from = x + 4.5 + pen.typeface.width(label, 'regular', optionSize);
        pen.rule(at + 0.6, stroke.rule, from, pen.right - codeBox - 2);
      }
      pen.boxes(pen.right - codeBox, y + boxTop, 1, stroke.written);
      pen.rule(y + height);
    },
  };
}

function row(no: string, name: string, draw: (pen: Pen, y: number) => void): Block {
  return {
    height: rowHeight,
    draw(pen, y) {
      label(pen, y, no, name);
      draw(pen, y);
      pen.rule(y + rowHeight);
    },
  };
}

function label(pen: Pen, y: number, no: string, name: string): void {
  pen.text(pen.left, y + baseline, no, { weight: 'semiBold', size: type.note });
  pen.text(labelLeft, y + baseline, name, { weight: 'medium' });
}

/** Groups of boxes to write in, ending at the right margin. */
function comb(pen: Pen, y: number, groups: readonly number[]): void {
  const between = 2;
  const total = groups.reduce((sum, count) => sum + count * codeBox, 0) + (groups.length - 1) * between;
  let x = pen.right - total;
  for (const count of groups) x = pen.boxes(x, y + boxTop, count, stroke.written) + between;
}

/** A caption, what is recorded (where anything is), and boxes to correct it, ending at `right`. */
function pair(pen: Pen, y: number, slot: string | null, count: number, right: number, caption: string): void {
  const width = count * codeBox;
  pen.boxes(right - width, y + boxTop, count, stroke.written);
  if (slot !== null) pen.recorded(slot, right - 2 * width - 1.5, y + boxTop, count);
  pen.text(right - 2 * width - 3.2, y + baseline, caption, { size: type.small, align: 'right' });
}
