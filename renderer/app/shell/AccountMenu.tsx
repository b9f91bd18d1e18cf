import { Popover, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { roleLabel } from '../../../shared/domain/role.ts';
import { PeopleIcon } from '../../components/icons.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import type { Action } from '../actions/action.ts';
import { ariaShortcut } from '../actions/shortcut.ts';
import { useSession } from '../session-context.ts';
import classes from './AccountMenu.module.css';
import { words } from './words.ts';

const schemes = [
  { value: 'light', label: words.lightScheme },
  { value: 'dark', label: words.darkScheme },
  { value: 'auto', label: words.autoScheme },
];

/** Who is at work, and what concerns only them: how the screen looks, their password, leaving. */
export function AccountMenu({ actions }: { actions: readonly Action[] }) {
  const { account } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="top-start"
      width={280}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.account}
          aria-label={`${words.accountMenu}: ${account.name}, ${roleLabel[account.role]}`}
          onClick={() => setOpened(!opened)}
        >
          <PeopleIcon />
          <span className={classes.name}>
            {account.name}
            <span className={classes.role}>{roleLabel[account.role]}</span>
          </span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={words.accountMenu}>
        <Text size="xs" c="dimmed" mb={4}>
          {words.appearance}
        </Text>
        <SegmentedControl
          fullWidth
          size="xs"
          mb="xs"
          aria-label={words.appearance}
          data={schemes}
          value={colorScheme}
          onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
        />
        {actions.map((action) => (
          <UnstyledButton
            key={action.id}
            className={classes.item}
            aria-keyshortcuts={action.shortcut === undefined ? undefined : ariaShortcut(action.shortcut)}
            onClick={() => {
              // The size of the text is often stepped more than once.
              if (!staysOpen.has(action.id)) setOpened(false);
              action.perform();
            }}
          >
            {action.label}
            {action.shortcut !== undefined && <ShortcutKeys shortcut={action.shortcut} />}
          </UnstyledButton>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

const staysOpen = new Set(['program.larger', 'program.smaller']);
