import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { TrainingBand } from '../../app/shell/TrainingBand.tsx';
import classes from './EntryFrame.module.css';

interface EntryFrameProps {
  training: boolean;
  /** Stands under the program's name: the office, or nothing yet. */
  officeName: string | null;
  /** Width of the card at normal text size, in rem. */
  width?: number;
  children: ReactNode;
  foot?: ReactNode;
}

/** The frame of every screen before the work: setup, login, recovery, first password. */
export function EntryFrame({ training, officeName, width = 26, children, foot }: EntryFrameProps) {
  return (
    <div className={classes.page}>
      {training && <TrainingBand />}
      <main className={classes.middle}>
        <div style={{ width: `min(${width}rem, 100%)` }}>
          <div className={classes.brand}>
            <span className={classes.name}>Mutakhir</span>
            {officeName !== null && <span className={classes.office}>{officeName}</span>}
          </div>
          <Paper p="xl" radius="md">
            {children}
          </Paper>
          {foot !== undefined && (
            <Text component="div" size="sm" c="dimmed" mt="sm">
              {foot}
            </Text>
          )}
        </div>
      </main>
    </div>
  );
}
