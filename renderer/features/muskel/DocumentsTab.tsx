import { Button, Group, Paper, Select, Text } from '@mantine/core';
import { useState } from 'react';
import type { MuskelDetail } from '../../../shared/contract/muskel.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { useMay } from '../../app/session-context.ts';
import { formatRtRw } from '../../components/formats.ts';
import { PrintIcon } from '../../components/icons.tsx';
import classes from './Muskel.module.css';
import { words } from './words.ts';

/** The papers of the meeting: before it the list, after it the minutes and what goes with them. */
export function DocumentsTab({ detail }: { detail: MuskelDetail }) {
  const { muskel, items } = detail;
  const documents = useDocuments();
  const mayPrint = useMay('muskel:write');
  const [place, setPlace] = useState<string | null>(null);
  const places = [...new Map(items.map((item) => [`${item.rw}/${item.rt}`, item])).values()];
  const chosen = places.find(({ rw, rt }) => `${rw}/${rt}` === place);
  const over = muskel.state !== 'berlangsung';
  const session = { muskelId: muskel.id };

  function show(title: string, kind: string, input: unknown) {
    return () => documents.show({ title, kind, input });
  }

  if (!mayPrint) return null;
  return (
    <div className={classes.scroll}>
      <Paper maw="52rem">
        <div className={classes.document}>
          <Line title={words.prelist} hint={words.prelistHint} />
          <Group gap="xs">
            <Select
              aria-label={words.areas}
              placeholder={words.prelistAll}
              data={places.map(({ rw, rt }) => ({ value: `${rw}/${rt}`, label: formatRtRw(rt, rw) }))}
              value={place}
              onChange={setPlace}
              clearable
              searchable
              w="12rem"
            />
            <PrintButton
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
          <PrintButton onClick={show(words.attendanceSheet, 'daftar_hadir', session)} />
        </div>
        {(
          [
            [words.minutes, words.minutesHint, 'berita_acara', session],
            [words.sptjm, words.sptjmHint, 'sptjm', session],
            [words.recap, words.recapHint, 'rekap_muskel', { periodId: muskel.periodId }],
            [words.cover, words.coverHint, 'surat_pengantar', { periodId: muskel.periodId }],
          ] as const
        ).map(([title, hint, kind, input]) => (
          <div key={kind} className={classes.document}>
            <Line title={title} hint={over ? hint : words.afterFinish} />
            <PrintButton disabled={!over} onClick={show(title, kind, input)} />
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

function PrintButton({ onClick, disabled = false }: { onClick: () => void; disabled?: boolean }) {
  return (
    <Button variant="default" leftSection={<PrintIcon />} disabled={disabled} onClick={onClick}>
      {words.print}
    </Button>
  );
}
