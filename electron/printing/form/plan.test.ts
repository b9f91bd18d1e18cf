import { PDFDocument } from 'pdf-lib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Instrument, questionsOf } from '../../../shared/domain/instrument.ts';
import { batch, fonts, form, instrument, letterhead, regsosek } from '../../../tests/fixtures/papers.ts';
import { fillSlots } from './values.ts';
import { type FormSetup, planForm } from './plan.ts';
import { codeBox, letterBox, type Sheet, tickBox } from './sheet.ts';
import { embedTypeface, type Typeface } from './typeface.ts';
import { margin, type PaperName, papers, type } from '../paper.ts';

let typeface: Typeface;
beforeAll(async () => {
  typeface = await embedTypeface(await PDFDocument.create(), fonts);
});

function plan(members: number, paper: PaperName = 'F4', families = 1, of: Instrument = instrument): Sheet {
  const setup: FormSetup = {
    ...batch([]),
    paper: papers[paper],
    letterhead,
    instrument: of,
    instrumentTitle: of.title,
    instrumentVersion: of.version,
  };
  return planForm({ members, families }, setup, typeface);
}

function boxesOf(sheet: Sheet) {
  return sheet.pages.flatMap((page) => page.filter((mark) => mark.kind === 'box'));
}

describe('the plan of a form', () => {
  it.each(['F4', 'A4'] as const)('keeps everything within the margins of %s', (name) => {
    const paper = papers[name];
    for (const [members, of] of [1, 2, 3, 4, 9].flatMap((count) =>
      [instrument, regsosek].map((each) => [count, each] as const),
    )) {
      for (const mark of plan(members, name, 2, of).pages.flat()) {
        const [left, right] =
          mark.kind === 'line'
            ? [mark.x1, mark.x2]
            : 'width' in mark
              ? [mark.x, mark.x + mark.width]
              : mark.kind === 'text'
                ? textSpan(mark)
                : [margin, margin];
        expect(left, JSON.stringify(mark)).toBeGreaterThanOrEqual(margin - 0.01);
        expect(right, JSON.stringify(mark)).toBeLessThanOrEqual(paper.width - margin + 0.01);
        const bottom = mark.kind === 'line' ? mark.y2 : 'y' in mark ? mark.y : margin;
        expect(bottom, JSON.stringify(mark)).toBeLessThanOrEqual(paper.height - margin + 3.01);
      }
    }
  });

  it.each(['F4', 'A4'] as const)('leaves room on %s for the number of the case that is the same', (name) => {
    const marks = plan(2, name).pages.flat();
    const label = marks.find((mark) => mark.kind === 'text' && mark.text === 'Data ganda, nomor berkas');
    if (label?.kind !== 'text') throw new Error('The form names the number.');
    const line = marks.find(
      (mark) => mark.kind === 'line' && mark.y1 > label.y && mark.y1 < label.y + 1 && mark.x1 > label.x,
    );
    if (line?.kind !== 'line') throw new Error('The number has its line.');
    expect(line.x1).toBeGreaterThan(textSpan(label)[1]);
    expect(line.x2 - line.x1).toBeGreaterThan(20);
  });

  it.each(['F4', 'A4'] as const)('sets no label on %s into the value beside it', (name) => {
    for (const families of [1, 2, 12]) {
      const { pages, slots } = plan(3, name, families, regsosek);
      for (const { slot } of slots) {
        if (slot.kind !== 'text' || slot.align !== 'left') continue;
        for (const mark of pages[slot.page] ?? []) {
          if (mark.kind !== 'text' || mark.y !== slot.y || mark.x >= slot.x) continue;
          expect(textSpan(mark)[1], mark.text).toBeLessThan(slot.x);
        }
      }
    }
  });

  it('prints nothing smaller than 8 points', () => {
    const sizes = plan(4).pages.flatMap((page) =>
      page.flatMap((mark) => (mark.kind === 'text' ? [mark.size] : [])),
    );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(type.small);
  });

  it('draws code boxes of 6 mm and letter boxes 7 mm apart', () => {
    const boxes = boxesOf(plan(3));
    expect(new Set(boxes.map((box) => box.height))).toEqual(new Set([codeBox, letterBox, tickBox]));
    for (const box of boxes)
      expect(Math.abs(box.width / box.height - Math.round(box.width / box.height))).toBeLessThan(1e-9);
    const letters = boxes.filter((box) => box.height === letterBox);
    // One for each member, and one for who is found only on the visit.
    expect(letters).toHaveLength(4);
    for (const row of letters) expect(row.width / letterBox).toBeGreaterThanOrEqual(24);
  });

  it.each([instrument, regsosek])(
    'of $title gives every question of every family and member a place for what is on record and, right of it, to correct it',
    (of) => {
      const sheet = plan(5, 'F4', 2, of);
      const boxes = sheet.pages.map((page) => page.filter((mark) => mark.kind === 'box'));
      const expected = [
        ...asked(of.household).map(({ id }) => `household.${id}`),
        ...[0, 1].flatMap((family) => asked(of.family).map(({ id }) => `family.${family}.${id}`)),
        ...Array.from({ length: 5 }, (_, member) =>
          asked(of.member).map(({ id }) => `member.${member}.${id}`),
        ).flat(),
        ...asked(of.process).map(({ id }) => `process.${id}`),
      ];
      for (const name of expected) {
        const found = sheet.slots.filter((entry) => entry.name === name).map((entry) => entry.slot);
        expect(found, name).toHaveLength(1);
        const [slot] = found;
        const correction = boxes[slot?.page ?? 0]?.find(
          (box) => slot !== undefined && box.x > slot.x && box.stroke > 0.5 && Math.abs(box.y - slot.y) < 12,
        );
        expect(correction, name).toBeDefined();
      }
    },
  );

  it.each([
    [instrument, 'F4'],
    [instrument, 'A4'],
    [regsosek, 'F4'],
    [regsosek, 'A4'],
  ] as const)(
    'has blank boxes for whoever is found only on the visit, in the order they are typed ($0.title, $1)',
    (of, paper) => {
      const { pages, slots } = plan(3, paper, 1, of);
      const marks = pages.flatMap((page, at) => page.map((mark) => ({ ...mark, page: at })));
      const place = (text: string) => {
        const found = marks.find((mark) => mark.kind === 'text' && mark.text === text);
        if (found?.kind !== 'text') throw new Error(`${text} does not stand on the form.`);
        return found.page * 1000 + found.y;
      };
      const strip = place('Baru ditemukan saat kunjungan');
      const card = place('KK keluarga 2, bila baru ditemukan');
      const visit = place(`${of.blocks.visit}.  KUNJUNGAN`);
      expect([strip, card, visit].toSorted((left, right) => left - right)).toEqual([strip, card, visit]);
      const blankFrom = (title: string, questions: ReturnType<typeof asked>, before: number) => {
        const start = place(title);
        expect(start).toBeGreaterThan(before);
        const boxes = marks.filter(
          (mark) => mark.kind === 'box' && mark.page * 1000 + mark.y > start && mark.stroke > 0.5,
        );
        let last = start;
        for (const question of questions) {
          const number = marks.find(
            (mark) => mark.kind === 'text' && mark.text === question.no && mark.page * 1000 + mark.y > start,
          );
          if (number?.kind !== 'text') throw new Error(`${question.no} is not asked.`);
          expect(number.page * 1000 + number.y).toBeGreaterThanOrEqual(last);
          last = number.page * 1000 + number.y;
          const beside = boxes.find(
            (box) =>
              box.kind === 'box' &&
              box.page === number.page &&
              box.x > number.x &&
              Math.abs(box.y - number.y) < 7,
          );
          expect(beside?.kind === 'box' ? beside.width : 0, question.no).toBeCloseTo(
            question.digits * codeBox,
          );
        }
        return last;
      };
      const slotPlace = (name: string) => {
        const slot = slots.find((one) => one.name === name)?.slot;
        return (slot?.page ?? 0) * 1000 + (slot?.y ?? 0);
      };
      const families = asked(of.family);
      const lastOfFamily = families.at(-1)?.id;
      const family =
        lastOfFamily === undefined
          ? visit
          : blankFrom(
              'KELUARGA 2, BARU DITEMUKAN SAAT KUNJUNGAN',
              families,
              slotPlace(`family.0.${lastOfFamily}`),
            );
      const lastOfMember = slotPlace(`member.2.${asked(of.member).at(-1)?.id ?? ''}`);
      expect(lastOfMember).toBeGreaterThan(family);
      blankFrom('ANGGOTA 4, BARU DITEMUKAN SAAT KUNJUNGAN', asked(of.member), lastOfMember);
      const added = slots.filter(({ name }) => /^(roster|name|member)\.3/.test(name));
      expect(added).toEqual([]);
    },
  );

  it('costs one page more at most for whoever is found only on the visit, where a roof has one family', () => {
    // What the same form takes without the blank boxes.
    const before = { F4: [5, 6, 6, 7, 8, 8, 9, 10], A4: [6, 6, 7, 8, 9, 10, 11, 12] };
    for (const paper of ['F4', 'A4'] as const)
      for (const [index, pages] of before[paper].entries())
        expect(plan(index + 1, paper).pages.length, `${index + 1} on ${paper}`).toBeLessThanOrEqual(
          pages + 1,
        );
  });

  it.each([instrument, regsosek])('of $title lists every option of every question beside its boxes', (of) => {
    for (const members of [2, 4]) {
      const sheet = plan(members, 'A4', 1, of);
      const text = sheet.pages
        .flatMap((page) => page.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])))
        .join(' ');
      const flat = text.replace(/\s/g, '');
      for (const question of [
        ...asked(of.household),
        ...asked(of.family),
        ...asked(of.member),
        ...asked(of.process),
      ]) {
        for (const option of question.options)
          expect(flat, `${question.id} ${option.label}`).toContain(option.label.replace(/\s/g, ''));
      }
    }
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])(
    'never leaves the signatures alone on a page (%i members)',
    (members) => {
      for (const paper of ['F4', 'A4'] as const) {
        const last = plan(members, paper).pages.at(-1) ?? [];
        const texts = last.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
        expect(texts).toContain('Responden');
        expect(texts).toContain(asked(instrument.process).at(-1)?.label);
      }
    },
  );

  it('repeats the heading of a section that goes on', () => {
    const headings = plan(4).pages.flatMap((page) =>
      page.flatMap((mark) => (mark.kind === 'text' && mark.text.endsWith('(lanjutan)') ? [mark.text] : [])),
    );
    expect(headings.length).toBeGreaterThan(0);
  });
});

describe('the values of a form', () => {
  it('sets long values smaller and cuts what still does not fit, so that nothing runs into the boxes', () => {
    const long = form(5, 1, {
      street: 'Jl. Contoh yang Panjang Sekali Gang Buntu Nomor Dua Belas Blok C '.repeat(3),
    });
    const sheet = plan(5);
    const marks = fillSlots(sheet, long, batch([]), typeface).flat();
    const name = marks.find((mark) => mark.kind === 'text' && mark.text.startsWith('Raden'));
    expect(name).toMatchObject({ text: expect.stringMatching(/…$/), size: 8 });
    for (const { slot } of sheet.slots) {
      if (slot.kind !== 'text') continue;
      const here = marks.filter((mark) => mark.kind === 'text' && mark.x === slot.x && mark.y === slot.y);
      const widths = here.map((mark) =>
        mark.kind === 'text' ? typeface.width(mark.text, mark.weight, mark.size) : 0,
      );
      expect(Math.max(0, ...widths)).toBeLessThanOrEqual(slot.width + 0.01);
    }
  });
});

/** What stands as a question of its own; what the register keeps is in the form's own blocks. */
function asked(groups: Instrument['household']) {
  return questionsOf(groups).filter(({ kept }) => kept === null);
}

function textSpan(mark: {
  x: number;
  text: string;
  weight: 'regular' | 'medium' | 'semiBold' | 'bold';
  size: number;
  align: 'left' | 'center' | 'right';
}): [number, number] {
  const width = typeface.width(mark.text, mark.weight, mark.size);
  const left = mark.align === 'left' ? mark.x : mark.align === 'right' ? mark.x - width : mark.x - width / 2;
  return [left, left + width];
}
