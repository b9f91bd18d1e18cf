import type { NikPart } from './nik-anatomy.ts';
import classes from './NikExplainer.module.css';
import { words } from './words.ts';

/** The four parts of a NIK side by side: what each says, and which of them disagrees with the card. */
export function NikExplainer({ parts }: { parts: readonly NikPart[] }) {
  return (
    <dl className={classes.parts} aria-label={words.nikExplained}>
      {parts.map(({ name, digits, meaning, verdict }) => (
        <div key={name} className={classes.part} data-verdict={verdict}>
          <dt>{words.nikPartNames[name]}</dt>
          <dd>
            <span className={classes.digits}>{digits}</span> {meaning}
            {verdict === 'wajar' ? '' : ` · ${words.nikVerdicts[verdict]}`}
          </dd>
        </div>
      ))}
    </dl>
  );
}
