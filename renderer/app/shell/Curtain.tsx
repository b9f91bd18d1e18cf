import { Stack, Text, Title } from '@mantine/core';
import { useEffect, useEffectEvent } from 'react';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { Cover } from './Cover.tsx';
import classes from './Cover.module.css';
import { words } from './words.ts';

/** Hides the screen from whoever stands at the counter. No lock: one key opens it again. */
export function Curtain({ onOpen }: { onOpen: () => void }) {
  const open = useEffectEvent(onOpen);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== 'F9' && event.key !== 'Escape') return;
      event.preventDefault();
      open();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <Cover>
      <div className={classes.cover} role="dialog" aria-modal="true" aria-label={words.curtain}>
        <Stack align="center" gap="xs">
          <Title order={1}>{words.curtain}</Title>
          <Text c="dimmed">
            {words.curtainHint} <ShortcutKeys shortcut="F9" />
          </Text>
        </Stack>
      </div>
    </Cover>
  );
}
