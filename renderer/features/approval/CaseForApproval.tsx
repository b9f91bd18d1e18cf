import { Alert, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ApprovalDetail } from '../../../shared/contract/approval.ts';
import { formatDate, formatInstant } from '../../components/formats.ts';
import { StateBadge } from '../../components/StateBadge.tsx';
import { CaseHousehold } from '../cases/CaseHousehold.tsx';
import classes from './ApprovalScreen.module.css';
import { ChangeList } from './ChangeList.tsx';
import { EvidenceGallery } from './EvidenceGallery.tsx';
import { VisitView } from './VisitView.tsx';
import { words } from './words.ts';

/** One case as the lurah needs to see it: what is new on top, the rest below. */
export function CaseForApproval({ detail }: { detail: ApprovalDetail }) {
  const { item } = detail;
  const { passive } = detail.case;
  return (
    <>
      <div className={classes.head}>
        <Title order={2}>{item.headName}</Title>
        <Text span size="sm" c="dimmed" className="tabular">
          {item.number}
        </Text>
        <Text span size="sm">
          <StateBadge state={item.state} />
        </Text>
        <Text span size="sm" c="dimmed">
          {words.waiting(formatDate(item.waitingSince))}
        </Text>
      </div>
      {item.enteredByMe && (
        <Alert color="orange" variant="light">
          {words.notYours}
        </Alert>
      )}
      {item.seenBefore && <SinceLastDecision detail={detail} />}
      {item.kind === 'hasil' && (
        <Block title={words.visit}>
          <VisitView detail={detail} />
        </Block>
      )}
      {passive !== null && (
        <Block title={words.grounds}>
          <Text fw={600}>{passive.reason}</Text>
          <Text size="sm">{words.proposedBy(passive.proposer, passive.proposerRole)}</Text>
          {passive.note !== null && <Text size="sm">{passive.note}</Text>}
        </Block>
      )}
      {(passive !== null || detail.attachments.length > 0) && (
        <Block title={words.evidence}>
          <EvidenceGallery files={detail.attachments} />
        </Block>
      )}
      <CaseHousehold detail={detail} />
    </>
  );
}

/** A case that was decided on before: only what is news since then, in the report and in the visit. */
function SinceLastDecision({ detail }: { detail: ApprovalDetail }) {
  const { lastDecision, answer, visit } = detail;
  const changes = [...(visit?.changes ?? []), ...(detail.changes ?? [])];
  // A first result of a case approved long ago: all of it is news, and it follows below.
  if (detail.item.kind === 'hasil' && changes.length === 0 && (visit?.changes ?? null) === null) return null;
  return (
    <Block title={words.changesTitle}>
      {lastDecision !== null && (
        <Text size="sm" c="dimmed">
          {words.lastDecision(lastDecision.label, lastDecision.by ?? '', formatInstant(lastDecision.at))}
          {lastDecision.reason === null ? '' : `: “${lastDecision.reason}”`}
        </Text>
      )}
      {answer !== null && (
        <Text size="sm" mb="xs">
          {words.answer}: “{answer}”
        </Text>
      )}
      {changes.length === 0 ? <Text size="sm">{words.noChanges}</Text> : <ChangeList changes={changes} />}
    </Block>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper p="md">
      <Title order={2} mb="xs">
        {title}
      </Title>
      {children}
    </Paper>
  );
}
