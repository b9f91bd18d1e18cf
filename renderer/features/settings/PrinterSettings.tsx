import {
  Button,
  Fieldset,
  Group,
  NumberInput,
  Radio,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Settings } from '../../../shared/contract/settings.ts';
import { designEdge, Printer } from '../../../shared/domain/printer.ts';
import { useDocuments } from '../../app/DocumentViewer.tsx';
import { tellDone } from '../../app/notify.ts';
import { problemOf } from '../../app/problem.ts';
import { useTRPC } from '../../app/rpc.ts';
import { ProblemNote } from '../../components/ProblemNote.tsx';
import classes from './PrinterSettings.module.css';
import { words } from './words.ts';

const blank: Printer = { name: '', paper: 'F4', offsetX: 0, offsetY: 0, edge: 0 };

/** Printers whose pages have to be put right: measured on the ruler page, one of them in use. */
export function PrinterSettings({ settings }: { settings: Settings }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const documents = useDocuments();
  const [printers, setPrinters] = useState(settings.printers);
  const [inUse, setInUse] = useState(settings.printer);
  const saved = JSON.stringify([printers, inUse]) === JSON.stringify([settings.printers, settings.printer]);
  const right =
    Printer.array().safeParse(printers).success &&
    new Set(printers.map(({ name }) => name.trim())).size === printers.length;
  const update = useMutation(
    trpc.settings.update.mutationOptions({
      meta: { quiet: true },
      onSuccess: async (now) => {
        setPrinters(now.printers);
        setInUse(now.printer);
        tellDone(words.printersSaved);
        await queries.invalidateQueries(trpc.settings.pathFilter());
      },
    }),
  );

  function set(index: number, change: Partial<Printer>) {
    setPrinters(printers.map((printer, at) => (at === index ? { ...printer, ...change } : printer)));
  }

  return (
    <Fieldset legend={words.printers}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {words.printersText(designEdge)}
        </Text>
        {printers.length > 0 && (
          <Radio.Group aria-label={words.printerInUse} value={inUse} onChange={setInUse}>
            <Stack gap="sm">
              <Radio value="" label={words.noPrinter} />
              {printers.map((printer, index) => (
                // Printers have no name of their own until one is typed; their place tells them apart.
                // oxlint-disable-next-line react/no-array-index-key
                <div key={index} className={classes.printer}>
                  <Radio value={printer.name} aria-label={words.chosenPrinter(printer.name)} mt="1.9rem" />
                  <TextInput
                    label={words.printerName}
                    maxLength={60}
                    value={printer.name}
                    onChange={(event) => set(index, { name: event.currentTarget.value })}
                  />
                  <div>
                    <Text size="sm" fw={500} component="div">
                      {words.paper}
                    </Text>
                    <SegmentedControl
                      aria-label={`${words.paper}: ${printer.name}`}
                      data={['F4', 'A4']}
                      value={printer.paper}
                      onChange={(paper) => set(index, { paper: paper === 'A4' ? 'A4' : 'F4' })}
                    />
                  </div>
                  {(
                    [
                      ['offsetX', words.offsetX, -15, 15],
                      ['offsetY', words.offsetY, -15, 15],
                      ['edge', words.edge, 0, 20],
                    ] as const
                  ).map(([field, label, min, max]) => (
                    <NumberInput
                      key={field}
                      label={label}
                      min={min}
                      max={max}
                      step={0.5}
                      decimalScale={1}
                      decimalSeparator=","
                      hideControls
                      value={printer[field]}
                      onChange={(value) => set(index, { [field]: typeof value === 'number' ? value : 0 })}
                    />
                  ))}
                  <Group gap="xs" mt="1.6rem" wrap="nowrap">
                    <Button
                      variant="default"
                      disabled={!saved}
                      aria-label={`${words.rulerPage}: ${printer.name}`}
                      onClick={() =>
                        documents.show({
                          title: words.rulerPage,
                          kind: 'halaman_uji',
                          input: { printer: printer.name },
                        })
                      }
                    >
                      {words.rulerPage}
                    </Button>
                    <Button
                      variant="subtle"
                      color="gray"
                      aria-label={`${words.removePrinter}: ${printer.name}`}
                      onClick={() => {
                        setPrinters(printers.filter((_, at) => at !== index));
                        if (inUse === printer.name) setInUse('');
                      }}
                    >
                      {words.removePrinter}
                    </Button>
                  </Group>
                </div>
              ))}
            </Stack>
          </Radio.Group>
        )}
        {update.error !== null && <ProblemNote problem={problemOf(update.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setPrinters([...printers, blank])}>
            {words.addPrinter}
          </Button>
          <Button
            disabled={saved || !right}
            loading={update.isPending}
            onClick={() =>
              update.mutate({
                printers,
                printer: printers.some(({ name }) => name === inUse) ? inUse : '',
              })
            }
          >
            {words.savePrinters}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
