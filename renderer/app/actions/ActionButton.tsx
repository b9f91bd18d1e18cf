import { Button, type ButtonProps } from '@mantine/core';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { useRole } from '../session-context.ts';
import { isOffered, isReady, type Action } from './action.ts';
import { ariaShortcut } from './shortcut.ts';

interface ActionButtonProps extends ButtonProps {
  action: Action;
  /** Leaves the keys off, where they stand elsewhere. */
  withoutKeys?: boolean;
}

/** The button of an action: its label, icon and keys; disabled while it cannot be done, absent where the role may not. */
export function ActionButton({ action, withoutKeys = false, disabled = false, ...rest }: ActionButtonProps) {
  const role = useRole();
  if (!isOffered(action, role)) return null;
  const ActionIcon = action.icon;
  return (
    <Button
      leftSection={ActionIcon === undefined ? undefined : <ActionIcon />}
      rightSection={
        action.shortcut === undefined || withoutKeys ? undefined : <ShortcutKeys shortcut={action.shortcut} />
      }
      aria-keyshortcuts={action.shortcut === undefined ? undefined : ariaShortcut(action.shortcut)}
      {...rest}
      disabled={disabled || !isReady(action, role)}
      onClick={action.perform}
    >
      {action.label}
    </Button>
  );
}
