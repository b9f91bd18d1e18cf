import { Button, Group, Paper, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MuskelDetail } from '../../../shared/contract/muskel.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { LetterNumberField } from '../../app/LetterNumberField.tsx';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { PrintIcon } from '../../components/icons.tsx';
import { SearchSelect } from '../../components/SearchSelect.tsx';
import classes from './Muskel.module.css';
import { words } from './words.ts';
import { formatRtRw } from '../../../shared/domain/rt-rw.ts';

/** The papers of the meeting: before it the list, after it the minutes and what goes with them. */
export function DocumentsTab({ detail }: { detail: MuskelDetail }) {
  const { muskel, items } = detail;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const documents = useDocuments();
  const mayPrint = useMay('muskel:write');
  const [place, setPlace] = useState<string | null>(null);
  const places = [...new Map(items.map((item) => [`${item.rw}/${item.rt}`, item])).values()];
  const chosen = places.find(({ rw, rt }) => `${rw}/${rt}` === place);
  const over = muskel.state !== 'berlangsung';
  const session = { muskelId: muskel.id };
  const period = { periodId: muskel.periodId };
  const [numbers, setNumbers] = useState<Record<string, string>>({});

  function show(title: string, kind: string, input: unknown) {
    return () =>
      documents.show({
        title,
        kind,
        input,
        onReady: () => {
          setNumbers({});
          void queries.invalidateQueries(trpc.documents.pathFilter());
        },
      });
  }

  if (!mayPrint) return null;
  return (
    <div className={classes.scroll}>
      <Paper maw="52rem">
        <div className={classes.document}>
          <Line title={words.prelist} hint={words.prelistHint} />
          <Group gap="xs">
            <SearchSelect
              aria-label={words.areas}
              placeholder={words.prelistAll}
              data={places.map(({ rw, rt }) => ({ value: `${rw}/${rt}`, label: formatRtRw(rt, rw) }))}
              value={place}
              onChange={setPlace}
              clearable
              w="12rem"
            />
            <PrintButton
              label={words.prelist}
              onClick={show(words.prelist, 'prelist', {
                ...session,
                rw: chosen?.rw ?? null,
                rt: chosen?.rt ?? null,
              })}
            />
          </Group>
        </div>
        <div className={classes.document}>
          <Line title={words.attendanceSheet} hint={words.attendanceHint} />
          <PrintButton
            label={words.attendanceSheet}
            onClick={show(words.attendanceSheet, 'daftar_hadir', session)}
          />
        </div>
        {(
          [
            [words.minutes, words.minutesHint, 'berita_acara', session, muskel.id],
            [words.sptjm, words.sptjmHint, 'sptjm', session, muskel.id],
            [words.recap, words.recapHint, 'rekap_muskel', period, null],
            [words.cover, words.coverHint, 'surat_pengantar', period, muskel.periodId],
            [words.set, words.setHint, 'set_rekap', period, null],
          ] as const
        ).map(([title, hint, kind, input, letterOf]) => (
          <div key={kind} className={classes.document}>
            <Line title={title} hint={over ? hint : words.afterFinish} />
            <Group gap="xs">
              {over && letterOf !== null && (
                <LetterNumberField
                  kind={kind}
                  subject={letterOf}
                  title={title}
                  value={numbers[kind] ?? ''}
                  onChange={(number) => setNumbers({ ...numbers, [kind]: number })}
                />
              )}
              <PrintButton
                label={title}
                disabled={!over}
                onClick={show(title, kind, { ...input, letterNumber: numbers[kind]?.trim() || undefined })}
              />
            </Group>
          </div>
        ))}
      </Paper>
    </div>
  );
}

function Line({ title, hint }: { title: string; hint: string }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="sm" c="dimmed">
        {hint}
      </Text>
    </div>
  );
}

function PrintButton({
  label,
  onClick,
  disabled = false,
}: {
  label: string;
  onClick: () => void;
  disabled?: boolean;
}) {
  return (
    <Button
      variant="default"
      aria-label={`${words.print}: ${label}`}
      leftSection={<PrintIcon />}
      disabled={disabled}
      onClick={onClick}
    >
      {words.print}
    </Button>
  );
}
