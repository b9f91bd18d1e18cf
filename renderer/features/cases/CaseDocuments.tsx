import { Anchor, Group, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { documentKindLabel } from '../../../shared/domain/document.ts';
import type { CaseDetail } from '../../../shared/contract/cases.ts';
import { DateText } from '../../components/DateText.tsx';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { fetchFile } from '../../app/files.ts';
import { useSessionStore } from '../../app/session-context.ts';
import classes from './CaseHistory.module.css';
import { words } from './words.ts';

/** What was printed for a case, and what was attached to it. */
export function CaseDocuments({ detail, children }: { detail: CaseDetail; children: ReactNode }) {
  const session = useSessionStore();
  const documents = useDocuments();
  const { attachments, prints } = detail;
  return (
    <Paper p="md">
      <Group justify="space-between" mb="xs">
        <Title order={2}>{words.documents}</Title>
        <Group gap="xs">{children}</Group>
      </Group>
      {attachments.length === 0 && prints.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.noDocuments}
        </Text>
      )}
      <ul className={classes.entries}>
        {prints.map((print) => (
          <li key={print.id}>
            <span className={classes.dot} />
            <div>
              <Text size="sm">
                {nameOf(documentKindLabel, print.kind)}, {words.printNo(print.printNo)}
              </Text>
              <Text size="xs" c="dimmed">
                <DateText value={print.printedAt} /> · {print.printedByName}
              </Text>
            </div>
          </li>
        ))}
        {attachments.map((attachment) => (
          <li key={attachment.id}>
            <span className={classes.dot} />
            <div>
              <Anchor
                component="button"
                type="button"
                size="sm"
                ta="start"
                onClick={() =>
                  documents.showFile(attachment.name, () =>
                    fetchFile(
                      session,
                      '/files/attachment/content',
                      JSON.stringify({ attachmentId: attachment.id }),
                      'application/json',
                    ),
                  )
                }
              >
                {attachment.name}
              </Anchor>
              <Text size="xs" c="dimmed">
                {nameOf(words.attachmentSlots, attachment.slot)}
              </Text>
            </div>
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function nameOf(names: Record<string, string>, key: string): string {
  return names[key] ?? key;
}
