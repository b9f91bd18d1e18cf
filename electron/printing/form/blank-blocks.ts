import { type Question, type QuestionGroup, questionsOf } from '../../../shared/domain/instrument.ts';
import { margin, type Paper, type } from '../paper.ts';
import { sectionBar } from './heads.ts';
import { wrap } from './rows.ts';
import { type Block, codeBox, stroke } from './sheet.ts';
import type { Typeface } from './typeface.ts';

const across = 3;
const between = 3;
const numberWidth = 11;
/** Less room than this and a label cannot be told from its neighbours. */
const leastLabel = 22;
const height = 7;
const lineHeight = 3.1;

/**
 * Boxes for the answers of somebody found only on the visit, three questions a row: number, label and
 * boxes. What the codes mean stands in the block that asks the others, and is not printed again.
 */
export function blankAnswers(
  title: string,
  groups: readonly QuestionGroup[],
  paper: Paper,
  typeface: Typeface,
): Block[] {
  const questions = questionsOf(groups).filter(({ kept }) => kept === null);
  if (questions.length === 0) return [];
  const cell = (paper.width - 2 * margin - (across - 1) * between) / across;
  const spanOf = ({ digits }: Question) =>
    Math.min(across, Math.ceil((numberWidth + leastLabel + digits * codeBox) / cell));
  const rows: { question: Question; at: number; span: number }[][] = [];
  let free = 0;
  for (const question of questions) {
    const span = spanOf(question);
    if (span > free) {
      rows.push([]);
      free = across;
    }
    rows.at(-1)?.push({ question, at: across - free, span });
    free -= span;
  }
  const codes = `Arti kode: blok ${groups.map(({ no }) => no).join(', ')}`;
  return [
    titled(title, codes),
    ...rows.map((row): Block => ({
      height,
      heading: titled(`${title} (lanjutan)`, codes),
      draw(pen, y) {
        for (const { question, at, span } of row) {
          const left = margin + at * (cell + between);
          const right = left + span * cell + (span - 1) * between;
          const boxes = right - question.digits * codeBox;
          pen.text(left, y + 4.6, question.no, { weight: 'semiBold', size: type.small });
          const lines = shortened(question.label, boxes - left - numberWidth - 1, typeface);
          const first = y + 4.6 - ((lines.length - 1) * lineHeight) / 2;
          for (const [index, line] of lines.entries())
            pen.text(left + numberWidth, first + index * lineHeight, line, { size: type.small });
          pen.boxes(boxes, y + 0.5, question.digits, stroke.written);
        }
        pen.rule(y + height);
      },
    })),
  ];
}

/** The bar of the section, and on its right where the codes are told. */
function titled(title: string, codes: string): Block {
  const bar = sectionBar(title);
  return {
    ...bar,
    draw(pen, y) {
      bar.draw(pen, y);
      pen.text(pen.right - 1.5, y + 5, codes, { size: type.small, align: 'right' });
    },
  };
}

/** A label in two lines at most; its number and its own block tell the rest. */
function shortened(label: string, width: number, typeface: Typeface): string[] {
  const measure = (text: string) => typeface.width(text, 'regular', type.small);
  const lines = wrap(label, width, measure);
  if (lines.length <= 2) return lines;
  let second = `${lines[1] ?? ''}…`;
  while (second.length > 1 && measure(second) > width) second = `${second.slice(0, -2).trimEnd()}…`;
  return [lines[0] ?? '', second];
}
