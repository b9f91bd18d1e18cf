import { Button, Group, Modal, NumberInput, Table, Text, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import { type MuskelDetail, type Proposal, ProposalInput } from '../../../shared/contract/muskel.ts';
import { yesNoLabel } from '../../../shared/domain/muskel.ts';
import { tellDone } from '../../app/notify.ts';
import { useTRPC } from '../../app/rpc.ts';
import { useMay } from '../../app/session-context.ts';
import { fits, useKeptState } from '../../app/use-kept-state.ts';
import { CodeField } from '../../components/CodeField.tsx';
import { sexOptions } from '../../components/coded.ts';
import { DialogForm } from '../../components/DialogForm.tsx';
import classes from './Muskel.module.css';
import { words } from './words.ts';
import { formatRtRw } from '../../../shared/domain/rt-rw.ts';

/** Households the meeting proposes that nobody has registered yet. */
export function ProposalsTab({ detail }: { detail: MuskelDetail }) {
  const { muskel, proposals } = detail;
  const open = useMay('muskel:write') && muskel.state === 'berlangsung';
  const [adding, setAdding] = useState(false);
  return (
    <div className={classes.body}>
      <Text size="sm" c="dimmed">
        {proposals.length === 0 ? `${words.proposalEmpty} ${words.proposalText}` : words.proposalText}
      </Text>
      <div className={classes.scroll}>
        {proposals.length > 0 && (
          <Table verticalSpacing={6} aria-label={words.tabs.usulan}>
            <Table.Tbody>
              {proposals.map((proposal) => (
                <ProposalRow key={proposal.id} proposal={proposal} open={open} />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </div>
      {open && (
        <div className={classes.foot}>
          <Button onClick={() => setAdding(true)}>{words.addProposal}</Button>
        </div>
      )}
      <Modal opened={adding} onClose={() => setAdding(false)} title={words.addProposal}>
        {adding && <ProposalForm muskelId={muskel.id} onDone={() => setAdding(false)} />}
      </Modal>
    </div>
  );
}

function ProposalRow({ proposal, open }: { proposal: Proposal; open: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayRegister = useMay('intake:write');
  const refresh = () => queries.invalidateQueries(trpc.muskel.pathFilter());
  const draft = useMutation(
    trpc.muskel.draftProposal.mutationOptions({
      onSuccess: async ({ draftId }) => {
        await refresh();
        await navigate({ to: '/intake/$draftId', params: { draftId } });
      },
    }),
  );
  const remove = useMutation(trpc.muskel.removeProposal.mutationOptions({ onSuccess: refresh }));
  return (
    <Table.Tr>
      <Table.Td>
        {proposal.name} ({proposal.sex})
        {proposal.spouse !== '' && (
          <Text size="xs" c="dimmed">
            {words.proposalSpouse}: {proposal.spouse}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {proposal.street}, {formatRtRw(proposal.rt, proposal.rw)}
      </Table.Td>
      <Table.Td>
        {words.proposer}: {proposal.proposer}
      </Table.Td>
      <Table.Td>{proposal.capable === '1' ? words.capable : words.poor}</Table.Td>
      <Table.Td>
        <Group gap="xs" justify="flex-end">
          {proposal.caseNumber !== null ? (
            <Text size="sm" className="tabular">
              {words.proposalDone(proposal.caseNumber)}
            </Text>
          ) : (
            <>
              {mayRegister && proposal.capable === '2' && (
                <Button
                  size="compact-sm"
                  variant="default"
                  loading={draft.isPending}
                  onClick={() => draft.mutate({ proposalId: proposal.id })}
                >
                  {proposal.draftId === null ? words.proposalRegister : words.proposalContinue}
                </Button>
              )}
              {open && proposal.draftId === null && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  onClick={() => remove.mutate({ proposalId: proposal.id })}
                >
                  {words.remove}
                </Button>
              )}
            </>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

const capableOptions = [
  { value: '1', key: '1', label: yesNoLabel['1'] },
  { value: '2', key: '2', label: yesNoLabel['2'] },
];

const text = z.string();
const TypedProposal = z.object({
  name: text,
  sex: text,
  spouse: text,
  street: text,
  rt: z.union([text, z.number()]),
  rw: z.union([text, z.number()]),
  nik: text,
  proposer: text,
  capable: text,
});
type TypedProposal = z.infer<typeof TypedProposal>;

function ProposalForm({ muskelId, onDone }: { muskelId: string; onDone: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [initialValues, onValuesChange, forget] = useKeptState<TypedProposal>(
    `muskel.proposal.${muskelId}`,
    { name: '', sex: 'L', spouse: '', street: '', rt: '', rw: '', nik: '', proposer: '', capable: '2' },
    fits(TypedProposal),
  );
  const form = useForm<TypedProposal>({
    initialValues,
    onValuesChange,
    validate: schemaResolver(ProposalInput, { sync: true }),
  });
  const propose = useMutation(
    trpc.muskel.propose.mutationOptions({
      meta: { quiet: true },
      onSuccess: async () => {
        forget();
        onDone();
        tellDone(words.proposalSaved);
        await queries.invalidateQueries(trpc.muskel.pathFilter());
      },
    }),
  );
  return (
    <DialogForm
      submitLabel={words.record}
      busy={propose.isPending}
      error={propose.error}
      onSubmit={form.onSubmit((typed) => propose.mutate({ muskelId, proposal: ProposalInput.parse(typed) }))}
      onCancel={() => {
        forget();
        onDone();
      }}
    >
      <TextInput label={words.proposalName} data-autofocus maxLength={120} {...form.getInputProps('name')} />
      <CodeField
        label={words.proposalSex}
        options={sexOptions}
        value={form.values.sex}
        onChange={(value) => form.setFieldValue('sex', value)}
        error={form.errors['sex']}
      />
      <TextInput label={words.proposalSpouse} maxLength={120} {...form.getInputProps('spouse')} />
      <TextInput label={words.address} maxLength={200} {...form.getInputProps('street')} />
      <Group grow>
        <NumberInput label="RT" min={1} max={999} hideControls {...form.getInputProps('rt')} />
        <NumberInput label="RW" min={1} max={999} hideControls {...form.getInputProps('rw')} />
      </Group>
      <TextInput
        label={words.proposalNik}
        inputMode="numeric"
        maxLength={16}
        {...form.getInputProps('nik')}
      />
      <TextInput label={words.proposer} maxLength={120} {...form.getInputProps('proposer')} />
      <CodeField
        label={words.proposalCapable}
        options={capableOptions}
        value={form.values.capable}
        onChange={(value) => form.setFieldValue('capable', value)}
        error={form.errors['capable']}
      />
    </DialogForm>
  );
}
