/** Whether a row of a difference was refused, as a condition on its id. What is not refused is accepted. */
export function isRefused(id: string): string {
  return `${id} IN (SELECT change_id FROM reference_refusal)`;
}
