import type { Instrument, QuestionGroup } from '../../../shared/domain/instrument.ts';
import { margin, type Paper, type } from '../paper.ts';
import { closingBlock } from './closing-blocks.ts';
import { type FormHead, gap, openPage, sectionBar, stacked } from './heads.ts';
import { identityBlocks, rosterBlocks, visitBlocks } from './household-blocks.ts';
import { type AnswerColumn, questionRow } from './rows.ts';
import { type Block, codeBox, layOut, type Sheet } from './sheet.ts';
import type { Typeface } from './typeface.ts';

/** What the fixed part of a form depends on: forms of the same shape share their pages. */
export interface FormShape {
  members: number;
  families: number;
}

export interface FormSetup extends FormHead {
  paper: Paper;
  instrument: Instrument;
  teamName: string;
  place: string;
}

/** Members whose answers stand side by side on a page, the options between them once. */
export const membersAcross = 2;

/** Lays out the form of a household with this many members: fixed marks, and slots for its values. */
export function planForm(shape: FormShape, setup: FormSetup, typeface: Typeface): Sheet {
  const right = setup.paper.width - margin;
  const household = householdColumn(right);
  const blocks: Block[] = [
    ...identityBlocks(shape.families),
    gap(3),
    ...rosterBlocks(shape.members, typeface),
    gap(3),
    ...visitBlocks(setup.teamName),
    gap(3),
    ...setup.instrument.household.flatMap((group) => [...section(group, [household], typeface), gap(3)]),
  ];
  for (let first = 0; first < shape.members; first += membersAcross) {
    const subjects = Array.from(
      { length: Math.min(membersAcross, shape.members - first) },
      (_, index) => first + index,
    );
    const columns = memberColumns(subjects, right);
    for (const group of setup.instrument.member)
      blocks.push(...section(group, columns, typeface, subjects), gap(3));
  }
  const closing = closingBlock(setup.place, setup.teamName);
  return layOut(
    [...keptWith(blocks), closing],
    {
      paper: setup.paper,
      bottom: setup.paper.height - margin,
      open: (pen, page) => openPage(pen, page, setup, setup.paper),
    },
    typeface,
  );
}

function householdColumn(right: number): AnswerColumn {
  return {
    subject: 'household',
    room: 3 * codeBox,
    correctedRight: right,
    recordedRight: right - 3 * codeBox - 3,
  };
}

function memberColumns(members: readonly number[], right: number): AnswerColumn[] {
  const room = 2 * codeBox;
  const each = 2 * room + 4 + 6;
  return members.map((member, index) => {
    const correctedRight = right - (members.length - 1 - index) * each;
    return { subject: `member.${member}`, room, correctedRight, recordedRight: correctedRight - room - 4 };
  });
}

function section(
  group: QuestionGroup,
  columns: readonly AnswerColumn[],
  typeface: Typeface,
  members: readonly number[] = [],
): Block[] {
  const title = `${group.no}.  ${group.title.toUpperCase()}`;
  const first = columns[0];
  if (first === undefined) return [];
  const textRight = first.recordedRight - first.room - 3;
  const heading =
    members.length === 0
      ? sectionBar(title, columns)
      : stacked(sectionBar(title, columns), memberNames(members, columns));
  const again =
    members.length === 0
      ? sectionBar(`${title} (lanjutan)`, columns)
      : stacked(sectionBar(`${title} (lanjutan)`, columns), memberNames(members, columns));
  const rows = group.questions.map((question) => ({
    ...questionRow(question, columns, textRight, typeface),
    heading: again,
  }));
  return [heading, ...rows];
}

/** Over each pair of columns, whose answers they hold. */
function memberNames(members: readonly number[], columns: readonly AnswerColumn[]): Block {
  const height = 9.6;
  return {
    height,
    keepWithNext: true,
    draw(pen, y) {
      pen.text(pen.left + 12, y + 4.6, 'Anggota menurut Blok II', { size: type.small });
      for (const [index, member] of members.entries()) {
        const column = columns[index];
        if (column === undefined) continue;
        const left = column.recordedRight - column.room;
        pen.text(left, y + 4.6, String(member + 1), { weight: 'bold' });
        pen.value(`name.${member}`, left + 4.5, y + 4.6, column.correctedRight - left - 4.5, {
          size: type.small,
          lines: 2,
        });
      }
      pen.rule(y + height);
    },
  };
}

/** Ties the last rows to what follows, so that the signatures never stand alone on a page. */
function keptWith(blocks: readonly Block[]): Block[] {
  return blocks.map((block, index) =>
    index >= blocks.length - 4 ? { ...block, keepWithNext: true } : block,
  );
}
