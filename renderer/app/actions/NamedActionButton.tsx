import type { ButtonProps } from '@mantine/core';
import { ActionButton } from './ActionButton.tsx';
import { useAction } from './use-actions.ts';

/**
 * The button of an action that is declared elsewhere, by its name. It is a component of its own
 * because it follows the registry: a screen that declares actions and follows them would go round
 * in circles.
 */
export function NamedActionButton({ id, ...rest }: ButtonProps & { id: string }) {
  const action = useAction(id);
  return action === null ? null : <ActionButton action={action} {...rest} />;
}
