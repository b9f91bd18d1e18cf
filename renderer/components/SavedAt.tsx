import { Text } from '@mantine/core';
import { formatTime } from './formats.ts';

interface SavedAtProps {
  /** ISO instant of the last saving, or null while nothing was saved. */
  at: string | null;
  /** Whether something typed is on its way. */
  saving?: boolean;
  /** What happened instead of saving, in words; the typed text is still here. */
  problem?: string | null;
}

/** "Tersimpan 10.42": stands still in the head of a form and never blinks. */
export function SavedAt({ at, saving = false, problem = null }: SavedAtProps) {
  return (
    <Text size="sm" c={problem === null ? 'dimmed' : 'orange.9'} role="status" className="tabular">
      {wording(at, saving, problem)}
    </Text>
  );
}

function wording(at: string | null, saving: boolean, problem: string | null): string {
  if (problem !== null) return problem;
  if (at === null) return saving ? 'Menyimpan …' : 'Belum ada yang disimpan';
  return `Tersimpan ${formatTime(at)}`;
}
