import type { Question } from '../../../shared/domain/instrument.ts';
import { margin, type } from '../paper.ts';
import { type Block, codeBox, type Pen, stroke } from './sheet.ts';
import type { Typeface } from './typeface.ts';

/** Where answers to a question stand: one pair of boxes (on record, corrected) for each subject. */
export interface AnswerColumn {
  /** Prefix of the slots: `household`, or `member.0`. */
  subject: string;
  /** Right edges of the two, in millimetres from the left of the sheet. */
  recordedRight: number;
  correctedRight: number;
  /** Room for boxes in each. */
  room: number;
}

const numberWidth = 12;
export const optionSize = 8.5;
const optionLine = 3.8;
const labelLine = 4.5;
const firstBaseline = 5.2;
const padding = 0.9;
/** Options start on these stops, so that lists line up from question to question. */
const stopsPerRow = 6;

/** One question: number, label, options beside the boxes; a line below. */
export function questionRow(
  question: Question,
  columns: readonly AnswerColumn[],
  textRight: number,
  typeface: Typeface,
): Block {
  const textLeft = margin + numberWidth;
  const wide = question.digits * codeBox > Math.min(...columns.map((column) => column.room));
  const right = wide
    ? Math.min(textRight, (columns[0]?.correctedRight ?? textRight) - question.digits * codeBox - 3)
    : textRight;
  const text = placeText(question, right - textLeft, typeface);
  const height = Math.max(codeBox + 2 * padding, firstBaseline + text.depth + 1.9 + (wide ? labelLine : 0));
  return {
    height,
    draw(pen, y) {
      pen.text(margin, y + firstBaseline, question.no, { weight: 'semiBold', size: type.note });
      for (const piece of text.pieces)
        pen.text(textLeft + piece.x, y + firstBaseline + piece.y, piece.text, {
          size: piece.size,
          weight: piece.weight,
        });
      for (const column of columns) {
        if (wide) drawWide(pen, y, question, column, textLeft, text.depth);
        else drawBoxes(pen, y, question, column);
      }
      pen.rule(y + height);
    },
  };
}

function drawBoxes(pen: Pen, y: number, question: Question, column: AnswerColumn): void {
  const width = question.digits * codeBox;
  pen.recorded(
    `${column.subject}.${question.id}`,
    column.recordedRight - width,
    y + padding,
    question.digits,
  );
  pen.boxes(column.correctedRight - width, y + padding, question.digits, stroke.written);
}

/** A number too long for the columns: what is on record as text below the label, boxes on the right. */
function drawWide(
  pen: Pen,
  y: number,
  question: Question,
  column: AnswerColumn,
  textLeft: number,
  depth: number,
): void {
  const width = question.digits * codeBox;
  const baseline = y + firstBaseline + depth + labelLine;
  pen.text(textLeft, baseline, 'Tercatat', { size: type.small });
  pen.value(
    `${column.subject}.${question.id}`,
    textLeft + 14,
    baseline,
    column.correctedRight - width - textLeft - 17,
  );
  pen.boxes(column.correctedRight - width, y + padding, question.digits, stroke.written);
}

interface Piece {
  x: number;
  /** Below the first baseline. */
  y: number;
  text: string;
  size: number;
  weight: 'regular' | 'medium' | 'semiBold';
}

/** Label, help and options of a question in a column of this width. */
function placeText(
  question: Question,
  width: number,
  typeface: Typeface,
): { pieces: Piece[]; depth: number } {
  const pieces: Piece[] = [];
  const labelLines = wrap(question.label, width, (text) => typeface.width(text, 'medium', type.body));
  for (const [index, line] of labelLines.entries())
    pieces.push({ x: 0, y: index * labelLine, text: line, size: type.body, weight: 'medium' });
  let y = (labelLines.length - 1) * labelLine;
  let x = typeface.width(labelLines.at(-1) ?? '', 'medium', type.body);
  if (question.help !== null) {
    const helpWidth = typeface.width(question.help, 'regular', type.small);
    if (x + 2.5 + helpWidth > width) {
      y += optionLine;
      x = -2.5;
    }
    pieces.push({ x: x + 2.5, y, text: question.help, size: type.small, weight: 'regular' });
    x += 2.5 + helpWidth;
  }
  return question.options.length === 0
    ? { pieces, depth: y }
    : placeOptions(question, pieces, { x, y }, width, typeface);
}

/** Options start on the stops, on the label's own line where all of them fit there. */
function placeOptions(
  question: Question,
  pieces: Piece[],
  after: { x: number; y: number },
  width: number,
  typeface: Typeface,
): { pieces: Piece[]; depth: number } {
  const stop = width / stopsPerRow;
  const codeWidth =
    Math.max(...question.options.map((option) => typeface.width(option.code, 'semiBold', optionSize))) + 1.3;
  const spans = calmest(
    question.options.map((option) =>
      Math.min(
        stopsPerRow,
        Math.ceil((codeWidth + typeface.width(option.label, 'regular', optionSize) + 2) / stop),
      ),
    ),
  );
  const needed = spans.reduce((sum, span) => sum + span, 0);
  const beside = Math.ceil((after.x + 4) / stop);
  let column = 0;
  let { y } = after;
  if (beside + needed <= stopsPerRow) column = stopsPerRow - needed;
  else y += labelLine;
  for (const [index, option] of question.options.entries()) {
    const span = spans[index] ?? 1;
    if (column + span > stopsPerRow) {
      column = 0;
      y += optionLine;
    }
    pieces.push({ x: column * stop, y, text: option.code, size: optionSize, weight: 'semiBold' });
    // A class is its own name: "7", not "7 7".
    if (option.label !== option.code)
      pieces.push({
        x: column * stop + codeWidth,
        y,
        text: option.label,
        size: optionSize,
        weight: 'regular',
      });
    column += span;
  }
  return { pieces, depth: y };
}

/** Even columns where they cost at most a line more than packing each option into its own width. */
function calmest(spans: readonly number[]): readonly number[] {
  const widest = Math.max(...spans);
  const thirds = spans.map((span) => Math.min(stopsPerRow, Math.ceil(span / 2) * 2));
  const fewest = linesOf(spans);
  return [spans.map(() => widest), thirds].find((candidate) => linesOf(candidate) <= fewest + 1) ?? spans;
}

function linesOf(spans: readonly number[]): number {
  let lines = 1;
  let column = 0;
  for (const span of spans) {
    if (column + span > stopsPerRow) {
      column = 0;
      lines += 1;
    }
    column += span;
  }
  return lines;
}

/** Breaks a text at blanks so that each line fits; a single word that is too long stays whole. */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measure(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
