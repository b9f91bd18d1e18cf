import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** Leads to a case from the line in which it is spoken of; underlined, so that colour need not tell. */
export function CaseLink({ caseId, children }: { caseId: string; children: ReactNode }) {
  return (
    <Anchor
      size="sm"
      underline="always"
      className="tabular"
      renderRoot={(props) => <Link {...props} to="/cases/$caseId" params={{ caseId }} />}
    >
      {children}
    </Anchor>
  );
}
