import { Button, Center, Group, Loader, Modal, Text } from '@mantine/core';
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { ProblemNote } from '../components/ProblemNote.tsx';
import { PrintIcon } from '../components/icons.tsx';
import { ShortcutKeys } from '../components/ShortcutKeys.tsx';
import { useActions } from './actions/use-actions.ts';
import classes from './DocumentViewer.module.css';
import { PrintProgress } from './PrintProgress.tsx';
import { PrintQuestion, usePrinting } from './PrintQuestion.tsx';
import { fetchDocument, type FetchedFile } from './files.ts';
import { problemOf, type ShownProblem } from './problem.ts';
import { useSessionStore } from './session-context.ts';

/** A stack that is being made in the background. */
export interface StartedPrint {
  jobId: string;
  runId: string;
}

interface DocumentRequest {
  /** Name of the window: "Tanda terima 317101/2026/000012". */
  title: string;
  /** A kind of `electron/rpc/documents.ts`, and what it needs to know. */
  kind: string;
  input: unknown;
  /** Begins a stack that is made while one waits: its progress is shown, and it can be stopped. */
  begin?: () => Promise<StartedPrint>;
  /** Called when the paper is noted, because that may have changed something. */
  onReady?: () => void;
}

interface Documents {
  /** Makes a document and shows it, ready to print and save. */
  show: (request: DocumentRequest) => void;
  /** The same for a file that comes some other way, e.g. an attachment. */
  showFile: (title: string, fetch: () => Promise<FetchedFile>) => void;
}

const DocumentsContext = createContext<Documents | null>(null);

/** The paper of the office on screen: `useDocuments().show({ title, kind, input })`. */
export function useDocuments(): Documents {
  const documents = useContext(DocumentsContext);
  if (documents === null) throw new Error('useDocuments belongs inside DocumentsProvider.');
  return documents;
}

interface Shown {
  title: string;
  fetch: (onBegun: (started: StartedPrint) => void) => Promise<FetchedFile>;
}

export function DocumentsProvider({ children }: { children: ReactNode }) {
  const session = useSessionStore();
  const [shown, setShown] = useState<Shown | null>(null);
  const [attempt, setAttempt] = useState(0);
  const documents = useMemo<Documents>(
    () => ({
      show: ({ title, kind, input, begin, onReady }) =>
        setShown({
          title,
          fetch: async (onBegun) => {
            if (begin === undefined) {
              const file = await fetchDocument(session, kind, input);
              onReady?.();
              return file;
            }
            const started = await begin();
            onBegun(started);
            onReady?.();
            const file = await fetchDocument(session, kind, started);
            return { ...file, printRun: started.runId };
          },
        }),
      showFile: (title, fetch) => setShown({ title, fetch }),
    }),
    [session],
  );
  return (
    <DocumentsContext value={documents}>
      {children}
      <Modal
        opened={shown !== null}
        onClose={() => setShown(null)}
        title={shown?.title}
        size="xl"
        classNames={{ content: classes.content, body: classes.body }}
      >
        {shown !== null && <Viewer key={attempt} shown={shown} onRetry={() => setAttempt(attempt + 1)} />}
      </Modal>
    </DocumentsContext>
  );
}

type Fetched =
  | { kind: 'waiting'; started: StartedPrint | null }
  | { kind: 'problem'; problem: ShownProblem }
  | { kind: 'ready'; address: string; file: FetchedFile };

function Viewer({ shown, onRetry }: { shown: Shown; onRetry: () => void }) {
  const [fetched, setFetched] = useState<Fetched>({ kind: 'waiting', started: null });
  const frame = useRef<HTMLIFrameElement>(null);
  const { fetch } = shown;

  useEffect(() => {
    let gone = false;
    let address: string | null = null;
    fetch((started) => {
      if (!gone) setFetched({ kind: 'waiting', started });
    }).then(
      (file) => {
        if (gone) return;
        address = URL.createObjectURL(file.blob);
        setFetched({ kind: 'ready', address, file });
      },
      (error: unknown) => {
        if (!gone) setFetched({ kind: 'problem', problem: problemOf(error) });
      },
    );
    return () => {
      gone = true;
      if (address !== null) URL.revokeObjectURL(address);
    };
  }, [fetch]);

  const run = fetched.kind === 'ready' ? fetched.file.printRun : null;
  const printing = usePrinting(run);

  function print() {
    frame.current?.contentWindow?.print();
    printing.sent();
  }

  useActions(
    [
      {
        id: 'document.print',
        label: 'Cetak',
        group: 'Dokumen',
        icon: PrintIcon,
        shortcut: 'F4',
        when: () => fetched.kind === 'ready',
        perform: print,
      },
    ],
    'dialog',
  );

  switch (fetched.kind) {
    case 'waiting':
      return (
        <Center h="100%">
          {fetched.started === null ? (
            <Group>
              <Loader size="sm" />
              <Text size="sm">Menyiapkan dokumen …</Text>
            </Group>
          ) : (
            <PrintProgress jobId={fetched.started.jobId} />
          )}
        </Center>
      );
    case 'problem':
      return <ProblemNote problem={fetched.problem} onRetry={onRetry} />;
    case 'ready':
      return (
        <>
          {fetched.file.blob.type.startsWith('image/') ? (
            <img src={fetched.address} alt={shown.title} className={classes.image} />
          ) : (
            // A sandboxed frame cannot show PDF; what it shows came from the office, by blob.
            // oxlint-disable-next-line react/iframe-missing-sandbox
            <iframe
              ref={frame}
              src={`${fetched.address}#navpanes=0&view=FitH`}
              title={shown.title}
              className={classes.frame}
            />
          )}
          <PrintQuestion printing={printing} />
          <Group justify="flex-end" gap="xs" mt="sm">
            <Button variant="default" component="a" href={fetched.address} download={fetched.file.fileName}>
              Simpan berkas
            </Button>
            <Button
              leftSection={<PrintIcon />}
              rightSection={<ShortcutKeys shortcut="F4" />}
              aria-keyshortcuts="F4"
              onClick={print}
              data-autofocus
            >
              Cetak
            </Button>
          </Group>
        </>
      );
  }
}
