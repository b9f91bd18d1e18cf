import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface PageHeaderProps {
  title: string;
  /** One line under the title: what is seen here, or of which period. */
  subtitle?: ReactNode;
  /** Stands beside the title: a state, a count, "Tersimpan 10.42". */
  aside?: ReactNode;
  /** Secondary actions, at the right. The one primary action stands at the lower right of what it acts on. */
  children?: ReactNode;
}

/** The head of a screen. Its title is the screen's only `h1` and what a screen reader hears first. */
export function PageHeader({ title, subtitle, aside, children }: PageHeaderProps) {
  return (
    <Group justify="space-between" align="flex-end" mb="md" gap="md">
      <div>
        <Group gap="sm" align="center">
          <Title order={1}>{title}</Title>
          {aside}
        </Group>
        {subtitle !== undefined && (
          <Text size="sm" c="dimmed">
            {subtitle}
          </Text>
        )}
      </div>
      {children !== undefined && <Group gap="xs">{children}</Group>}
    </Group>
  );
}
