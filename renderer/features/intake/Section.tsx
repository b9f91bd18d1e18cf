import { Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import classes from './IntakeForm.module.css';

interface SectionProps {
  /** Number on the paper. */
  no: number;
  title: string;
  /** At the right of the title: what can be done with the whole group. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A group of the form, in the order of the paper. */
export function Section({ no, title, aside, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.section}>
      <div className={classes.sectionHead}>
        <Title order={2} id={id}>
          <span className={classes.sectionNo}>{no}</span> {title}
        </Title>
        {aside}
      </div>
      {children}
    </section>
  );
}
