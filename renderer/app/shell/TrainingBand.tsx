import { words } from './words.ts';
import classes from './TrainingBand.module.css';

/** Stands on every screen of the training office: quiet, and not to be missed. */
export function TrainingBand() {
  return (
    <aside className={classes.band} aria-label={words.training}>
      <strong>{words.training}</strong>
      <span>{words.trainingHint}</span>
    </aside>
  );
}
