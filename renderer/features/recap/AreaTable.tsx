import type { Recap } from '../../../shared/contract/recap.ts';
import { recapColumns, type RecapRow, recapRows } from '../../../shared/domain/recap.ts';
import { CountLink } from './CountLink.tsx';
import { NumberTable } from './NumberTable.tsx';
import classes from './RecapScreen.module.css';
import { words } from './words.ts';
import { threeDigits } from '../../../shared/domain/rt-rw.ts';

/** Each RT, its RW, and the whole, by way of registering, result and stage. */
export function AreaTable({ recap }: { recap: Recap }) {
  const rows = recapRows(recap.cells);
  const groups = [...new Set(recapColumns.map((column) => column.group))].filter((group) => group !== '');
  return (
    <NumberTable
      head={
        <>
          <tr>
            <th scope="col" rowSpan={2}>
              {words.rw}
            </th>
            <th scope="col" rowSpan={2}>
              {words.rt}
            </th>
            {groups.map((group) => (
              <th
                key={group}
                scope="colgroup"
                colSpan={recapColumns.filter((column) => column.group === group).length}
                className={classes.group}
              >
                {group}
              </th>
            ))}
            <th scope="col" rowSpan={2} className={classes.first}>
              {words.total}
            </th>
          </tr>
          <tr>
            {recapColumns
              .filter((column) => column.group !== '')
              .map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  className={startsGroup(column.key) ? classes.first : undefined}
                >
                  {column.label}
                </th>
              ))}
          </tr>
        </>
      }
    >
      {rows.map((row) => (
        <tr key={keyOf(row)} data-kind={row.kind}>
          <RowHead row={row} names={recap.kelurahan} />
          {recapColumns.map((column, index) => (
            <td key={column.key} className={startsGroup(column.key) ? classes.first : undefined}>
              <CountLink
                count={row.counts[index] ?? 0}
                periodId={recap.period.id}
                filter={{ ...row.place, ...column.filter }}
                row={nameOf(row, recap.kelurahan)}
                column={column.label}
              />
            </td>
          ))}
        </tr>
      ))}
    </NumberTable>
  );
}

function RowHead({ row, names }: { row: RecapRow; names: Record<string, string> }) {
  if (row.kind !== 'rt')
    return (
      <th scope="row" colSpan={2}>
        {nameOf(row, names)}
      </th>
    );
  return (
    <>
      <th scope="row" aria-hidden className={classes.place}>
        {threeDigits(row.place.rw ?? 0)}
      </th>
      <th scope="row" aria-label={nameOf(row, names)}>
        {threeDigits(row.place.rt ?? 0)}
      </th>
    </>
  );
}

function nameOf({ kind, place }: RecapRow, names: Record<string, string>): string {
  switch (kind) {
    case 'rt':
      return words.rowOf(threeDigits(place.rw ?? 0), threeDigits(place.rt ?? 0));
    case 'rw':
      return words.sumOfRw(threeDigits(place.rw ?? 0));
    case 'kelurahan':
      return names[place.kelurahan ?? ''] ?? '';
    case 'total':
      return words.whole;
  }
}

function keyOf({ kind, place }: RecapRow): string {
  return [kind, place.kelurahan, place.rw, place.rt].join(' ');
}

/** The first column of a group has a line to its left. */
function startsGroup(key: string): boolean {
  const index = recapColumns.findIndex((column) => column.key === key);
  return recapColumns[index]?.group !== recapColumns[index - 1]?.group;
}
