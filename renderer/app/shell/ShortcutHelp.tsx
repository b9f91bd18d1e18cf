import { Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import type { Action } from '../actions/action.ts';
import { normalShortcut } from '../actions/shortcut.ts';
import { useOfferedActions } from '../actions/use-actions.ts';
import classes from './ShortcutHelp.module.css';
import { words } from './words.ts';

/** Every key that works here and now, read from the same declarations that make them work. */
export function ShortcutHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.keysTitle} size="lg">
      <HelpBody />
    </Modal>
  );
}

function HelpBody() {
  const actions = firstOfEachKey(useOfferedActions());
  const groups = [...new Set(actions.map((action) => action.group))];
  const sections = groups.map((group) => ({
    title: group,
    keys: actions
      .filter((action) => action.group === group)
      .flatMap((action) => (action.shortcut === undefined ? [] : [[action.shortcut, action.label] as const])),
  }));
  return (
    <Stack>
      <SimpleGrid cols={2} spacing="xl" verticalSpacing="md">
        {[
          ...sections,
          { title: words.inForms, keys: words.keysForm },
          { title: words.inLists, keys: words.keysList },
        ]
          .filter((section) => section.keys.length > 0)
          .map((section) => (
            <section key={section.title}>
              <Title order={3} mb={4}>
                {section.title}
              </Title>
              <dl className={classes.keys}>
                {section.keys.map(([shortcut, label]) => (
                  <div key={`${shortcut} ${label}`}>
                    <dt>
                      <ShortcutKeys shortcut={shortcut} spoken />
                    </dt>
                    <dd>{label}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        {words.keysHint}
      </Text>
    </Stack>
  );
}

/** A screen's action goes before the program's with the same keys; only what works is listed. */
function firstOfEachKey(actions: readonly Action[]): Action[] {
  const keys = actions.map((action) =>
    action.shortcut === undefined ? action.id : normalShortcut(action.shortcut),
  );
  return actions.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}
