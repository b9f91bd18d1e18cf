import type { TeamMember } from '../../../shared/contract/team.ts';
import { shortTeamArea, trainingLevelLabel } from '../../../shared/domain/team.ts';
import { formatNumber } from '../../components/formats.ts';
import type { Column } from '../../components/VirtualTable.tsx';
import classes from './TeamScreen.module.css';
import { words } from './words.ts';

function count(key: 'waiting' | 'out' | 'back' | 'done', width: string): Column<TeamMember> {
  return {
    key,
    header: words.columns[key],
    width,
    align: 'end',
    render: ({ progress }) =>
      progress[key] === 0 ? <span className={classes.dim}>–</span> : formatNumber(progress[key]),
  };
}

export const teamColumns: readonly Column<TeamMember>[] = [
  {
    key: 'name',
    header: words.columns.name,
    width: 'minmax(11rem, 3fr)',
    render: (member) => (
      <>
        {member.name}
        {!member.active && <span className={classes.dim}> · {words.inactive}</span>}
      </>
    ),
  },
  { key: 'origin', header: words.columns.origin, width: '9rem', render: ({ origin }) => origin },
  {
    key: 'areas',
    header: words.columns.areas,
    width: 'minmax(8rem, 2fr)',
    render: ({ areas }) =>
      areas.length === 0 ? (
        <span className={classes.dim}>{words.everywhere}</span>
      ) : (
        areas.map(shortTeamArea).join(', ')
      ),
  },
  {
    key: 'training',
    header: words.columns.training,
    width: '12rem',
    render: ({ training }) => {
      const last = training.toSorted((left, right) => right.heldOn.localeCompare(left.heldOn))[0];
      return last === undefined ? (
        <span className={classes.dim}>{words.noTraining}</span>
      ) : (
        trainingLevelLabel[last.level]
      );
    },
  },
  count('waiting', '7.5rem'),
  count('out', '6.5rem'),
  count('back', '5.5rem'),
  count('done', '5rem'),
];
