import { Group, Paper, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { closedForFiles } from '../../../shared/domain/case-flow.ts';
import { documentKindLabel } from '../../../shared/domain/document.ts';
import type { CaseDetail } from '../../../shared/contract/cases.ts';
import { DateText } from '../../components/DateText.tsx';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { AttachmentFacts } from '../attachments/AttachmentFacts.tsx';
import { AttachmentLink } from '../attachments/AttachmentLink.tsx';
import { AttachmentPicker } from '../attachments/AttachmentPicker.tsx';
import classes from './CaseHistory.module.css';
import { words } from './words.ts';

/** What was printed for a case, and what was attached to it. */
export function CaseDocuments({ detail, children }: { detail: CaseDetail; children: ReactNode }) {
  const { attachments, prints } = detail;
  const mayAttach = useMay('intake:write');
  const trpc = useTRPC();
  const queries = useQueryClient();
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
              <AttachmentLink file={attachment} />
              <div>
                <AttachmentFacts file={attachment} />
              </div>
            </div>
          </li>
        ))}
      </ul>
      {mayAttach && closedForFiles.every((state) => state !== detail.case.state) && (
        <AttachmentPicker
          target={{ caseId: detail.case.id }}
          help={words.attachHelp}
          onAdded={() => void queries.invalidateQueries(trpc.cases.get.pathFilter())}
        />
      )}
    </Paper>
  );
}

function nameOf(names: Record<string, string>, key: string): string {
  return names[key] ?? key;
}
