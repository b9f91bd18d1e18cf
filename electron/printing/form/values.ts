import { displaySheetCode } from '../../../shared/domain/sheet-code.ts';
import { groupNumber } from '../../../shared/domain/nik.ts';
import { footParts } from '../page-frame.ts';
import { type } from '../paper.ts';
import { buildQr } from '../qr.ts';
import type { FormBatch, VerificationForm } from '../verification-form.ts';
import { paperDay } from '../words.ts';
import type { Mark } from './marks.ts';
import { wrap } from './rows.ts';
import { codeBox, type Sheet, type Slot } from './sheet.ts';
import type { Typeface } from './typeface.ts';
import { formatRtRw, threeDigits } from '../../../shared/domain/rt-rw.ts';

/** The marks that one family's values add to each page of its form. */
export function fillSlots(
  sheet: Sheet,
  form: VerificationForm,
  batch: Pick<FormBatch, 'training' | 'printedAt'>,
  typeface: Typeface,
): Mark[][] {
  const pages: Mark[][] = sheet.pages.map(() => []);
  const values = new Map([...familyValues(form), ...pageValues(form, batch, sheet.pages.length)]);
  const code = buildQr(form.sheetCode, 'H');
  for (const { name, slot } of sheet.slots) {
    const page = pages[slot.page];
    if (page === undefined) continue;
    if (slot.kind === 'qr') page.push({ kind: 'qr', x: slot.x, y: slot.y, side: slot.side, code });
    else page.push(...fill(slot, values.get(name) ?? '', typeface));
  }
  return pages;
}

function familyValues(form: VerificationForm): [string, string][] {
  return [
    ['subtitle', `Nomor ${form.caseNumber}`],
    ['head.name', form.head],
    ['street', `${form.street}, ${form.area}`],
    ['rt', threeDigits(form.rt)],
    ['rw', threeDigits(form.rw)],
    ['phone', form.phone ?? ''],
    ['members', String(form.members.length).padStart(2, '0')],
    ['families', String(form.families.length)],
    ['enumerator', form.enumerator],
    ['signature.enumerator', form.enumerator],
    ...form.families.map(({ kk }, index): [string, string] => [
      `kk.${index}`,
      kk === null ? 'belum ada' : groupNumber(kk),
    ]),
    ...Object.entries(form.recorded).map(([question, answer]): [string, string] => [
      `household.${question}`,
      answer,
    ]),
    ...form.families.flatMap(({ no, head, recorded }, index): [string, string][] => [
      [`family.${index}.name`, head === null ? `KELUARGA ${no}` : `KELUARGA ${no}: ${head}`],
      ...Object.entries(recorded).map(([question, answer]): [string, string] => [
        `family.${index}.${question}`,
        answer,
      ]),
    ]),
    ...form.members.flatMap((member, index): [string, string][] => [
      [`roster.${index}.name`, member.name],
      [`roster.${index}.nik`, member.nik === null ? 'belum ada' : groupNumber(member.nik)],
      [`roster.${index}.birth`, member.birthDate === null ? 'belum ada' : paperDay(member.birthDate)],
      [`roster.${index}.relation`, member.relation],
      [`roster.${index}.sex`, member.sex === 'L' ? '1' : '2'],
      [`roster.${index}.family`, String(member.familyNo)],
      [`name.${index}`, member.name],
      ...Object.entries(member.recorded).map(([question, answer]): [string, string] => [
        `member.${index}.${question}`,
        answer,
      ]),
    ]),
  ];
}

function pageValues(
  form: VerificationForm,
  batch: Pick<FormBatch, 'training' | 'printedAt'>,
  pages: number,
): [string, string][] {
  const frame = {
    number: form.caseNumber,
    printNo: form.printNo,
    printedAt: batch.printedAt,
    training: batch.training,
  };
  return Array.from({ length: pages }, (_, page) => page).flatMap((page): [string, string][] => {
    const [left, middle, right] = footParts(frame, page + 1, pages);
    return [
      [`code.${page}`, displaySheetCode(form.sheetCode)],
      [`head.${page}.family`, form.head],
      [`head.${page}.address`, `${form.street}, ${formatRtRw(form.rt, form.rw)}`],
      [`head.${page}.number`, `Nomor ${form.caseNumber}`],
      [`foot.${page}.left`, left],
      [`foot.${page}.middle`, middle],
      [`foot.${page}.right`, right],
    ];
  });
}

function fill(slot: Exclude<Slot, { kind: 'qr' }>, value: string, typeface: Typeface): Mark[] {
  if (value === '') return [];
  if (slot.kind === 'text') return fitText(slot, value, typeface);
  // Codes end in the last box, as on the paper forms: 3 in two boxes stands right.
  const characters = Array.from(value).slice(-slot.count);
  const first = slot.count - characters.length;
  return characters.map((character, index) => ({
    kind: 'text',
    x: slot.x + (first + index + 0.5) * codeBox,
    y: slot.y + 4.3,
    text: character,
    size: type.body,
    weight: 'regular',
    align: 'center',
  }));
}

/** The text in its place: over its lines, set smaller where too long, and cut with an ellipsis below 8 points. */
function fitText(slot: Extract<Slot, { kind: 'text' }>, value: string, typeface: Typeface): Mark[] {
  const lines = slot.lines === 1 ? [value] : intoLines(value, slot, typeface);
  return lines.map((line, index) => {
    const width = typeface.width(line, slot.weight, slot.size);
    const size =
      width <= slot.width
        ? slot.size
        : Math.max(type.small, Math.floor(((slot.size * slot.width) / width) * 10) / 10);
    let text = line;
    while (text.length > 1 && typeface.width(text, slot.weight, size) > slot.width)
      text = `${text.replace(/…$/, '').slice(0, -1).trimEnd()}…`;
    return {
      kind: 'text',
      x: slot.x,
      y: slot.y + (index * slot.size * 25.4 * 1.2) / 72,
      text,
      size,
      weight: slot.weight,
      align: slot.align,
    };
  });
}

function intoLines(value: string, slot: Extract<Slot, { kind: 'text' }>, typeface: Typeface): string[] {
  const lines = wrap(value, slot.width, (text) => typeface.width(text, slot.weight, slot.size));
  return lines.length <= slot.lines
    ? lines
    : [...lines.slice(0, slot.lines - 1), lines.slice(slot.lines - 1).join(' ')];
}
