import type { FieldChange } from '../../../shared/domain/household-diff.ts';
import { groupNumber } from '../../../shared/domain/nik.ts';
import classes from './ChangeList.module.css';
import { words } from './words.ts';

/** Differences, by whom they belong to: what went in struck grey, what came in green underline. */
export function ChangeList({ changes }: { changes: readonly FieldChange[] }) {
  const groups = [...new Set(changes.map((change) => change.group))];
  return (
    <div className={classes.groups}>
      {groups.map((group) => (
        <section key={group} aria-label={group}>
          <h3 className={classes.group}>{group}</h3>
          <dl className={classes.changes}>
            {changes
              .filter((change) => change.group === group)
              .map((change) => (
                <div key={change.field}>
                  <dt>{change.label}</dt>
                  <dd>
                    <del className={classes.before}>{shown(change.before)}</del>
                    <span aria-hidden="true"> → </span>
                    <ins className={classes.after}>{shown(change.after)}</ins>
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function shown(text: string | null): string {
  if (text === null) return words.nothing;
  return /^\d{16}$/.test(text) ? groupNumber(text) : text;
}
