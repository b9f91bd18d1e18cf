import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { z } from 'zod';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { CourierEnrolForm } from './CourierEnrolForm.tsx';
import { EnrolForm } from './EnrolForm.tsx';
import { words } from './words.ts';

const Way = z.enum(['sambungan', 'kurir']);

interface EnrolDialogProps {
  /** To begin with: where the office is enrolled already. */
  address: string;
  training: boolean;
  /** It is enrolled and has no line: the way over the line is of no use. */
  cutOff: boolean;
  onDone: () => void;
}

/** Over the line, or with a courier where there is none. */
export function EnrolDialog({ cutOff, onDone, ...enrolment }: EnrolDialogProps) {
  const [way, choose] = useKeptState<z.infer<typeof Way>>('sync.enrol.way', 'sambungan', fits(Way));
  // As it was opened: a line that comes back takes no form from under what is typed.
  const [alone] = useState(cutOff);
  if (alone) return <CourierEnrolForm text={words.byCourier.again} onDone={onDone} />;
  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label={words.way}
        data={Way.options.map((value) => ({ value, label: words.ways[value] }))}
        value={way}
        onChange={(value) => choose(Way.parse(value))}
        w="fit-content"
      />
      {way === 'sambungan' ? (
        <EnrolForm {...enrolment} onDone={onDone} />
      ) : (
        <CourierEnrolForm text={words.byCourier.text} onDone={onDone} />
      )}
    </Stack>
  );
}
