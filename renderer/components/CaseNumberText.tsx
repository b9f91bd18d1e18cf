import classes from './CaseNumberText.module.css';

/** The number of a case in a column that may be too narrow for it: its end stays. */
export function CaseNumberText({ number }: { number: string }) {
  return (
    <span className={classes.tail} title={number}>
      <bdi>{number}</bdi>
    </span>
  );
}
