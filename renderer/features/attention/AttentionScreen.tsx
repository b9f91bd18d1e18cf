import { Anchor, Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import type { AttentionItem, FailedNews, StuckItem, WordItem } from '../../../shared/contract/attention.ts';
import type { OutboxPart } from '../../../shared/contract/sync.ts';
import { useTRPC } from '../../app/rpc.ts';
import { CaseLink } from '../../components/CaseLink.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { formatNumber } from '../../components/formats.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Waiting } from '../../components/Waiting.tsx';
import { ClashForm } from './ClashForm.tsx';
import { FilesCard } from './FilesCard.tsx';
import { nextItem } from './next-item.ts';
import { MendCard } from './MendCard.tsx';
import { RetractionCard } from './RetractionCard.tsx';
import { words } from './words.ts';

const every = 5_000;

/** One inbox for what the province and this office do not agree on, in plain words, with the way out. */
export function AttentionScreen() {
  const trpc = useTRPC();
  const items = useQuery(
    trpc.attention.list.queryOptions(undefined, { refetchInterval: every, meta: { quiet: true } }),
  );
  const list = useRef<HTMLDivElement>(null);
  useFocusOnNext(list, items.data);
  return (
    <section aria-label={words.title}>
      <PageHeader title={words.title} subtitle={words.subtitle} />
      <Waiting query={items} />
      {items.data?.length === 0 && <EmptyState title={words.empty} description={words.emptyText} />}
      <Stack ref={list} gap="md" maw="60rem">
        {items.data?.map((item) => (
          <Card key={keyOf(item)} item={item}>
            {item.kind === 'berita_tertahan' ? (
              <News text={words.heldNews[item.why]} />
            ) : item.kind === 'berita_ditolak' ? (
              <News text={words.refusedNews} />
            ) : item.kind === 'berita_gagal' ? (
              <News text={words.failedNews(formatNumber(item.count))} cases={item.cases} />
            ) : item.kind === 'pertentangan' ? (
              <ClashForm item={item} />
            ) : item.kind === 'lampiran' ? (
              <FilesCard item={item} />
            ) : item.kind === 'penarikan' ? (
              <RetractionCard item={item} />
            ) : item.kind === 'tertahan' || item.kind === 'jawaban' ? (
              <Held item={item} />
            ) : item.kind === 'kabar' ? (
              <Refused item={item} />
            ) : (
              <MendCard item={item} />
            )}
          </Card>
        ))}
      </Stack>
    </section>
  );
}

function keyOf(item: AttentionItem): string {
  return `${item.kind} ${item.id}`;
}

/** Once the item that had the focus is decided and gone, the focus goes to the next. */
function useFocusOnNext(list: RefObject<HTMLElement | null>, items: readonly AttentionItem[] | undefined) {
  const stood = useRef<readonly string[]>([]);
  const last = useRef<string | null>(null);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && target.closest('[role="dialog"]') === null)
        last.current = target.closest<HTMLElement>('[data-item]')?.dataset['item'] ?? null;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  useEffect(() => {
    const now = items?.map(keyOf) ?? [];
    const gone = last.current !== null && stood.current.includes(last.current) && !now.includes(last.current);
    if (gone && last.current !== null && document.activeElement === document.body) {
      const next = nextItem(stood.current, now, last.current);
      const articles = [...(list.current?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
      articles.find(({ dataset }) => dataset['item'] === next)?.focus();
    }
    stood.current = now;
  }, [items, list]);
}

/** A record that waits, and is tried again by itself: nothing is to be done here, and whom to ask where it goes on. */
function Held({ item }: { item: StuckItem }) {
  return (
    <>
      <Text size="sm">{item.sentence}</Text>
      <Text size="sm">{words.heldNext[item.kind]}</Text>
      <ToOutbox part="menunggu" />
    </>
  );
}

/** What came down as a whole, and which families it is about. */
function News({ text, cases = [] }: { text: string; cases?: FailedNews['cases'] }) {
  return (
    <>
      <Text size="sm">{text}</Text>
      {cases.length > 0 && (
        <>
          <Text size="sm">{words.failedCases}</Text>
          <List size="sm">
            {cases.map((one) => (
              <List.Item key={one.caseId}>
                <NamedCase {...one} />
              </List.Item>
            ))}
          </List>
        </>
      )}
      <ToOutbox part="semua" />
    </>
  );
}

function ToOutbox({ part }: { part: OutboxPart }) {
  return (
    <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/sync" search={{ part }} />}>
      {words.toOutbox}
    </Anchor>
  );
}

/** A family's word that was refused, which the case's own screen records anew. */
function Refused({ item: { caseId, sentence } }: { item: WordItem }) {
  const navigate = useNavigate();
  return (
    <>
      <Text size="sm">{sentence}</Text>
      <Group justify="flex-end" mt="sm">
        <Button onClick={() => void navigate({ to: '/cases/$caseId', params: { caseId } })}>
          {words.openCase}
        </Button>
      </Group>
    </>
  );
}

function Card({ item, children }: { item: AttentionItem; children: ReactNode }) {
  return (
    <Paper
      p="md"
      component="article"
      tabIndex={-1}
      data-item={keyOf(item)}
      aria-label={'number' in item ? `${words.kinds[item.kind]}: ${item.number}` : words.kinds[item.kind]}
    >
      <Title order={2} size="h4">
        {words.kinds[item.kind]}
      </Title>
      {'caseId' in item && (
        <Text size="sm" mb="sm">
          <NamedCase {...item} />
        </Text>
      )}
      {children}
    </Paper>
  );
}

function NamedCase({ caseId, number, headName }: FailedNews['cases'][number]) {
  return (
    <>
      {headName} <CaseLink caseId={caseId}>{number}</CaseLink>
    </>
  );
}
