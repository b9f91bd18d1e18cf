import { EmptyState as MantineEmptyState } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  /** What will be here. */
  title: string;
  /** How it gets here, in one sentence. */
  description?: string;
  icon?: ReactNode;
  /** The first step: one button. */
  children?: ReactNode;
}

/** An empty screen says what will be here and offers the first step. */
export function EmptyState({ title, description, icon, children }: EmptyStateProps) {
  return (
    <MantineEmptyState
      py="xl"
      maw={480}
      mx="auto"
      title={title}
      description={description}
      icon={icon}
      withIndicatorBackground={icon !== undefined}
    >
      {children !== undefined && <MantineEmptyState.Actions>{children}</MantineEmptyState.Actions>}
    </MantineEmptyState>
  );
}
