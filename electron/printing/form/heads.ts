import { trainingMark } from '../page-frame.ts';
import { emblemBox, type Letterhead, letterheadLines, shieldPath } from '../letterhead.ts';
import { margin, type Paper, type } from '../paper.ts';
import type { AnswerColumn } from './rows.ts';
import { type Block, type Pen, stroke } from './sheet.ts';

/** Side of the QR code, in millimetres, without its quiet zone. */
export const qrSide = 20;

export const formTitle = 'FORMULIR VERIFIKASI RUMAH TANGGA';

/** Where content starts on the first page and on the others. */
const firstTop = 63;
const otherTop = 45;

export interface FormHead {
  letterhead: Letterhead;
  training: boolean;
  instrumentTitle: string;
  instrumentVersion: string;
}

/** Head, foot and training mark of one page; returns where content starts. */
export function openPage(pen: Pen, page: number, head: FormHead, paper: Paper): number {
  if (head.training) pen.mark({ kind: 'watermark', text: trainingMark });
  pen.qr(`qr.${page}`, pen.right - qrSide, margin, qrSide);
  pen.value(`code.${page}`, pen.right, margin + qrSide + 6.3, 30, {
    size: type.small,
    align: 'right',
    weight: 'medium',
  });
  drawFoot(pen, page, paper);
  return page === 0 ? drawFirstHead(pen, head, paper) : drawOtherHead(pen, page);
}

function drawFirstHead(
  pen: Pen,
  { letterhead, instrumentTitle, instrumentVersion }: FormHead,
  paper: Paper,
): number {
  if (letterhead.emblem === null)
    pen.mark({ kind: 'outline', x: pen.left, y: margin, path: shieldPath, stroke: 0.6 });
  else pen.mark({ kind: 'emblem', x: pen.left, y: margin, ...emblemBox });
  const centre = paper.width / 2;
  let y = margin + 0.5;
  for (const line of letterheadLines(letterhead)) {
    y += (line.size * 25.4 * 1.24) / 72;
    pen.text(centre, y, line.text, { size: line.size, weight: line.weight, align: 'center' });
  }
  pen.rule(43.6, 1.4);
  pen.rule(44.4, 0.5);
  pen.text(centre, 51, formTitle, { size: type.title, weight: 'bold', align: 'center' });
  pen.value('subtitle', centre, 55.8, 150, { size: type.note, align: 'center' });
  pen.text(
    pen.left,
    firstTop - 1.9,
    'Periksa yang tercatat. Isi kotak tebal hanya bila berbeda; biarkan kosong bila sudah benar.',
    { size: type.note },
  );
  pen.text(pen.right, firstTop - 1.9, `${instrumentTitle} · versi ${instrumentVersion}`, {
    size: type.small,
    align: 'right',
  });
  return firstTop;
}

function drawOtherHead(pen: Pen, page: number): number {
  const width = pen.right - pen.left - qrSide - 14;
  pen.text(pen.left, margin + 4, formTitle, { size: type.heading, weight: 'bold' });
  pen.value(`head.${page}.family`, pen.left, margin + 10.5, width, { weight: 'medium' });
  pen.value(`head.${page}.address`, pen.left, margin + 15.5, width, { size: type.note });
  pen.value(`head.${page}.number`, pen.left, margin + 20.3, width, { size: type.note });
  pen.rule(otherTop - 1.2, stroke.heading);
  return otherTop;
}

function drawFoot(pen: Pen, page: number, paper: Paper): void {
  const y = paper.height - margin + 3;
  pen.rule(y, 0.4);
  pen.value(`foot.${page}.left`, pen.left, y + 4, 60, { size: type.small });
  pen.value(`foot.${page}.middle`, paper.width / 2, y + 4, 100, { size: type.small, align: 'center' });
  pen.value(`foot.${page}.right`, pen.right, y + 4, 60, { size: type.small, align: 'right' });
}

/** A tinted bar with the section's name, and the names of the columns of boxes over them. */
export function sectionBar(title: string, columns: readonly AnswerColumn[] = []): Block {
  const height = 7.2;
  return {
    height,
    keepWithNext: true,
    draw(pen, y) {
      pen.mark({ kind: 'tint', x: pen.left, y: y + 0.6, width: pen.right - pen.left, height: height - 0.6 });
      pen.text(pen.left + 1.5, y + 5.1, title, { size: type.heading, weight: 'bold' });
      for (const column of columns) columnNames(pen, y + 5, column);
    },
  };
}

/** Over a pair of boxes: what is on record, and what the visit corrects. */
export function columnNames(pen: Pen, y: number, column: AnswerColumn): void {
  pen.text(column.recordedRight - column.room, y, 'Tercatat', { size: type.small });
  pen.text(column.correctedRight, y, 'Perbaikan', { size: type.small, align: 'right', weight: 'semiBold' });
}

/** Two blocks as one, for headings of two lines. */
export function stacked(...blocks: readonly Block[]): Block {
  return {
    height: blocks.reduce((sum, block) => sum + block.height, 0),
    keepWithNext: true,
    draw(pen, y) {
      let at = y;
      for (const block of blocks) {
        block.draw(pen, at);
        at += block.height;
      }
    },
  };
}

/** White space between sections. */
export function gap(height: number): Block {
  return { height, keepWithNext: true, draw: () => undefined };
}
