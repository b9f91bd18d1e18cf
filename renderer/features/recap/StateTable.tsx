import type { Recap } from '../../../shared/contract/recap.ts';
import { CaseState } from '../../../shared/domain/case-flow.ts';
import { caseStateLabel } from '../../../shared/domain/case-words.ts';
import { countCells } from '../../../shared/domain/recap.ts';
import { RegistrationMode } from '../../../shared/domain/registration.ts';
import { StateBadge } from '../../components/StateBadge.tsx';
import { CountLink } from './CountLink.tsx';
import { NumberTable } from './NumberTable.tsx';
import { words } from './words.ts';

const modes = [...RegistrationMode.options, undefined];

/** Every state that has a case, by way of registering. */
export function StateTable({ recap }: { recap: Recap }) {
  const { cells, period } = recap;
  const states = CaseState.options.filter((state) => countCells(cells, { states: [state] }) > 0);
  return (
    <NumberTable
      head={
        <tr>
          <th scope="col">{words.state}</th>
          {modes.map((mode) => (
            <th key={mode ?? 'total'} scope="col">
              {modeLabel(mode)}
            </th>
          ))}
        </tr>
      }
    >
      {states.map((state) => (
        <tr key={state}>
          <th scope="row">
            <StateBadge state={state} />
          </th>
          {modes.map((mode) => (
            <td key={mode ?? 'total'}>
              <CountLink
                count={countCells(cells, { states: [state], mode })}
                periodId={period.id}
                filter={{ states: [state], mode }}
                row={caseStateLabel[state]}
                column={modeLabel(mode)}
              />
            </td>
          ))}
        </tr>
      ))}
      <tr data-kind="total">
        <th scope="row">{words.total}</th>
        {modes.map((mode) => (
          <td key={mode ?? 'total'}>
            <CountLink
              count={countCells(cells, { mode })}
              periodId={period.id}
              filter={{ mode }}
              row={words.total}
              column={modeLabel(mode)}
            />
          </td>
        ))}
      </tr>
    </NumberTable>
  );
}

function modeLabel(mode: RegistrationMode | undefined): string {
  return mode === undefined ? words.total : words.modes[mode];
}
