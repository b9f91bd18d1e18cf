import type { Question } from '../../../shared/domain/instrument.ts';
import { margin, type } from '../paper.ts';
import { type Block, codeBox, type Pen, stroke } from './sheet.ts';
import type { Typeface } from './typeface.ts';

/** Where answers to a question stand: one pair of boxes (on record, corrected) for each subject. */
export interface AnswerColumn {
  /** Prefix of the slots: `household`, `family.0` or `member.0`. */
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

/** One question over the whole width: number, label, options beside the boxes; a line below. */
export function questionRow(
  question: Question,
  columns: readonly AnswerColumn[],
  textRight: number,
  typeface: Typeface,
): Block {
  const cell = questionCell(question, columns, { left: margin, right: textRight }, typeface);
  return underlined(cell.height, (pen, y) => cell.draw(pen, y));
}

/** Two short questions side by side, the second one perhaps missing. */
export function pairedRow(
  questions: readonly Question[],
  subject: string,
  right: number,
  typeface: Typeface,
): Block {
  const half = (right - margin - betweenHalves) / 2;
  const cells = questions.map((question, index) => {
    const left = margin + index * (half + betweenHalves);
    const column = halfColumn(question, subject, left + half);
    return questionCell(
      question,
      [column],
      { left, right: column.recordedRight - column.room - 2 },
      typeface,
    );
  });
  return underlined(Math.max(...cells.map(({ height }) => height)), (pen, y) => {
    for (const cell of cells) cell.draw(pen, y);
  });
}

const betweenHalves = 5;

function halfColumn(question: Question, subject: string, right: number): AnswerColumn {
  const room = question.digits * codeBox;
  return { subject, room, correctedRight: right, recordedRight: right - room - 2 };
}

/** Whether a question is short enough to stand beside another: few words, few boxes. */
export function fitsHalf(question: Question, typeface: Typeface): boolean {
  const options = question.options
    .map(({ code, label }) => `${code} ${label}   `)
    .reduce((sum, text) => sum + typeface.width(text, 'regular', optionSize), 0);
  return question.digits <= 4 && options <= 60 && typeface.width(question.label, 'medium', type.body) <= 62;
}

function underlined(height: number, draw: Block['draw']): Block {
  return {
    height,
    draw(pen, y) {
      draw(pen, y);
      pen.rule(y + height);
    },
  };
}

/** A question between two edges, with its boxes in columns further right. */
function questionCell(
  question: Question,
  columns: readonly AnswerColumn[],
  edges: { left: number; right: number },
  typeface: Typeface,
): Block {
  const textLeft = edges.left + numberWidth;
  const wide = question.digits * codeBox > Math.min(...columns.map((column) => column.room));
  const right = wide
    ? Math.min(edges.right, (columns[0]?.correctedRight ?? edges.right) - question.digits * codeBox - 3)
    : edges.right;
  const text = placeText(question, right - textLeft, typeface);
  const height = Math.max(codeBox + 2 * padding, firstBaseline + text.depth + 1.9 + (wide ? labelLine : 0));
  return {
    height,
    draw(pen, y) {
      pen.text(edges.left, y + firstBaseline, question.no, { weight: 'semiBold', size: type.note });
      for (const piece of text.pieces)
        pen.text(textLeft + piece.x, y + firstBaseline + piece.y, piece.text, {
          size: piece.size,
          weight: piece.weight,
        });
      for (const column of columns) {
        if (wide) drawWide(pen, y, question, column, textLeft, text.depth);
        else drawBoxes(pen, y, question, column);
      }
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
    const measure = (text: string) => typeface.width(text, 'regular', type.small);
    const beside = x + 2.5 + measure(question.help) <= width;
    const lines = beside ? [question.help] : wrap(question.help, width, measure);
    for (const line of lines) {
      if (!beside) y += optionLine;
      pieces.push({ x: beside ? x + 2.5 : 0, y, text: line, size: type.small, weight: 'regular' });
    }
    x = (beside ? x + 2.5 : 0) + measure(lines.at(-1) ?? '');
  }
  // A list that another question has printed is not printed again.
  return question.options.length === 0 || question.codesOf !== null
    ? { pieces, depth: y }
    : placeOptions(question, pieces, { x, y }, width, typeface);
}

/** Options start on the stops, on the label's own line where all of them fit there; long ones go on below. */
function placeOptions(
  question: Question,
  pieces: Piece[],
  after: { x: number; y: number },
  width: number,
  typeface: Typeface,
): { pieces: Piece[]; depth: number } {
  const stop = width / stopsPerRow;
  const measure = (text: string) => typeface.width(text, 'regular', optionSize);
  const codeWidth =
    Math.max(...question.options.map((option) => typeface.width(option.code, 'semiBold', optionSize))) + 1.3;
  const spans = calmest(
    question.options.map((option) =>
      Math.min(stopsPerRow, Math.ceil((codeWidth + measure(option.label) + 2) / stop)),
    ),
  );
  const needed = spans.reduce((sum, span) => sum + span, 0);
  const beside = Math.ceil((after.x + 4) / stop);
  let column = 0;
  let { y } = after;
  let deepest = 0;
  if (beside + needed <= stopsPerRow) column = stopsPerRow - needed;
  else y += labelLine;
  for (const [index, option] of question.options.entries()) {
    const span = spans[index] ?? 1;
    if (column + span > stopsPerRow) {
      column = 0;
      y += deepest + optionLine;
      deepest = 0;
    }
    pieces.push({ x: column * stop, y, text: option.code, size: optionSize, weight: 'semiBold' });
    // A class is its own name: "7", not "7 7".
    const lines =
      option.label === option.code ? [] : wrap(option.label, span * stop - codeWidth - 0.5, measure);
    for (const [line, text] of lines.entries())
      pieces.push({
        x: column * stop + codeWidth,
        y: y + line * optionLine,
        text,
        size: optionSize,
        weight: 'regular',
      });
    deepest = Math.max(deepest, (lines.length - 1) * optionLine);
    column += span;
  }
  return { pieces, depth: y + deepest };
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

/** Breaks a text at blanks and behind slashes so that each line fits; a longer word stays whole. */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/[^ /]+[ /]*/g) ?? [text]) {
    if (line !== '' && measure((line + word).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
  }
  return [...lines, line.trimEnd()];
}
