import type { Weight } from '../fonts.ts';
import { margin, type Paper, type } from '../paper.ts';
import type { Mark } from './marks.ts';
import type { Typeface } from './typeface.ts';

/** A place on a page that each family fills with its own value. */
export type Slot =
  | { kind: 'boxes'; page: number; x: number; y: number; count: number }
  | {
      kind: 'text';
      page: number;
      x: number;
      y: number;
      width: number;
      lines: number;
      size: number;
      weight: Weight;
      align: 'left' | 'center' | 'right';
    }
  | { kind: 'qr'; page: number; x: number; y: number; side: number };

/** Sides of the boxes, in millimetres: for codes and digits, and for handwritten letters. */
export const codeBox = 6;
export const letterBox = 7;
export const tickBox = 4.2;

/** Strokes in points: what is recorded stands in thin boxes, what is written in the field in firm ones. */
export const stroke = { recorded: 0.35, written: 0.9, rule: 0.3, heading: 0.8 } as const;

/** A piece of the form that is never cut in two. */
export interface Block {
  height: number;
  draw(pen: Pen, y: number): void;
  /** Must stand on the same page as the block after it. */
  keepWithNext?: boolean;
  /** Repeated at the top of a page on which the section goes on. */
  heading?: Block;
}

/** The pages of a form as they are laid out: fixed marks, and slots for what differs by family. */
export interface Sheet {
  pages: Mark[][];
  slots: { name: string; slot: Slot }[];
}

/** Draws on one page of a sheet. Lengths in millimetres, type sizes in points. */
export class Pen {
  readonly left = margin;
  readonly right: number;
  readonly typeface: Typeface;
  readonly #sheet: Sheet;
  readonly #page: number;

  constructor(sheet: Sheet, page: number, paper: Paper, typeface: Typeface) {
    this.#sheet = sheet;
    this.#page = page;
    this.typeface = typeface;
    this.right = paper.width - margin;
  }

  mark(...marks: Mark[]): void {
    this.#sheet.pages[this.#page]?.push(...marks);
  }

  text(
    x: number,
    y: number,
    text: string,
    style: { size?: number; weight?: Weight; align?: 'left' | 'center' | 'right' } = {},
  ): void {
    this.mark({
      kind: 'text',
      x,
      y,
      text,
      size: style.size ?? type.body,
      weight: style.weight ?? 'regular',
      align: style.align ?? 'left',
    });
  }

  rule(y: number, width: number = stroke.rule, from: number = this.left, to: number = this.right): void {
    this.mark({ kind: 'line', x1: from, y1: y, x2: to, y2: y, stroke: width });
  }

  /** A row of square boxes; returns its right edge. */
  boxes(x: number, y: number, count: number, width: number, side: number = codeBox): number {
    this.mark({ kind: 'box', x, y, width: count * side, height: side, stroke: width });
    for (let index = 1; index < count; index += 1) {
      this.mark({
        kind: 'line',
        x1: x + index * side,
        y1: y,
        x2: x + index * side,
        y2: y + side,
        stroke: width,
      });
    }
    return x + count * side;
  }

  /** Thin boxes that show what is on record, and where it is filled in. */
  recorded(slot: string, x: number, y: number, count: number): void {
    this.boxes(x, y, count, stroke.recorded);
    this.slot(slot, { kind: 'boxes', page: this.#page, x, y, count });
  }

  value(
    slot: string,
    x: number,
    y: number,
    width: number,
    style: { size?: number; weight?: Weight; align?: 'left' | 'center' | 'right'; lines?: number } = {},
  ): void {
    this.slot(slot, {
      kind: 'text',
      page: this.#page,
      x,
      y,
      width,
      lines: style.lines ?? 1,
      size: style.size ?? type.body,
      weight: style.weight ?? 'regular',
      align: style.align ?? 'left',
    });
  }

  qr(slot: string, x: number, y: number, side: number): void {
    this.slot(slot, { kind: 'qr', page: this.#page, x, y, side });
  }

  /** One value may stand in several places: a heading that is repeated shows its name again. */
  slot(name: string, slot: Slot): void {
    this.#sheet.slots.push({ name, slot });
  }
}

export interface PageGeometry {
  paper: Paper;
  /** Draws what stands at the head and foot of page `page` (from 0); returns where content starts. */
  open(pen: Pen, page: number): number;
  /** Where content ends. */
  bottom: number;
}

/** Lays blocks out over pages: none is cut, those tied together stay together. */
export function layOut(blocks: readonly Block[], geometry: PageGeometry, typeface: Typeface): Sheet {
  const sheet: Sheet = { pages: [], slots: [] };
  let { pen, y, top } = openPage(sheet, geometry, typeface);
  for (const chain of chainsOf(blocks)) {
    const [first] = chain;
    if (first === undefined) continue;
    const height = chain.reduce((sum, block) => sum + block.height, 0);
    if (y > top && y + height > geometry.bottom) {
      ({ pen, y, top } = openPage(sheet, geometry, typeface));
      if (first.heading !== undefined) {
        first.heading.draw(pen, y);
        y += first.heading.height;
      }
    }
    for (const block of chain) {
      block.draw(pen, y);
      y += block.height;
    }
  }
  return sheet;
}

function openPage(
  sheet: Sheet,
  geometry: PageGeometry,
  typeface: Typeface,
): { pen: Pen; y: number; top: number } {
  sheet.pages.push([]);
  const page = sheet.pages.length - 1;
  const pen = new Pen(sheet, page, geometry.paper, typeface);
  const top = geometry.open(pen, page);
  return { pen, y: top, top };
}

function chainsOf(blocks: readonly Block[]): Block[][] {
  const chains: Block[][] = [];
  let open: Block[] = [];
  for (const block of blocks) {
    open.push(block);
    if (block.keepWithNext) continue;
    chains.push(open);
    open = [];
  }
  if (open.length > 0) chains.push(open);
  return chains;
}
