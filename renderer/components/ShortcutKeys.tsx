import { Kbd } from '@mantine/core';
import { displayShortcut } from '../app/actions/shortcut.ts';
import classes from './ShortcutKeys.module.css';

/**
 * The keys of a shortcut as they stand on the keyboard: `Ctrl` `Enter`. A button announces its keys
 * by `aria-keyshortcuts`, so screen readers hear them here only where `spoken` says so.
 */
export function ShortcutKeys({ shortcut, spoken = false }: { shortcut: string; spoken?: boolean }) {
  return (
    <span className={classes.keys} aria-hidden={spoken ? undefined : true}>
      {displayShortcut(shortcut).map((key) => (
        <Kbd key={key} size="xs" className={classes.key}>
          {key}
        </Kbd>
      ))}
    </span>
  );
}
