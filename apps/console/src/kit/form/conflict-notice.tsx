/** Somebody else saved first: shows what differs and lets the person decide (console 3.3). */
import { Alert, Button, Table } from '@mantine/core'
import { schemaAt } from '../api/exact-json.ts'
import type { ContractForm } from './contract-form.ts'

type Props = { form: ContractForm<unknown>; conflict: NonNullable<ContractForm['conflict']> }

export function ConflictNotice({ form, conflict }: Props) {
  const mine = form.values as Record<string, unknown>
  const { theirs } = conflict
  const differing = theirs
    ? Object.keys({ ...mine, ...theirs }).filter(
        (key) => JSON.stringify(mine[key]) !== JSON.stringify(theirs[key]),
      )
    : []
  return (
    <Alert
      color="ochre"
      mb="md"
      title="Somebody changed this while you were editing"
      data-form-problems
    >
      {!theirs && (
        <Button size="xs" variant="default" mt={6} onClick={conflict.reload}>
          Compare my changes
        </Button>
      )}
      {theirs &&
        differing.length === 0 &&
        'Your values are the same as theirs. Nothing is left to save.'}
      {theirs && differing.length > 0 && (
        <>
          <Table mb="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Field</Table.Th>
                <Table.Th>Saved now</Table.Th>
                <Table.Th>Yours</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {differing.map((key) => (
                <Table.Tr key={key}>
                  <Table.Td>
                    {(schemaAt(form.schema, key) as { title?: string } | undefined)?.title ?? key}
                  </Table.Td>
                  <Table.Td>{shown(theirs[key])}</Table.Td>
                  <Table.Td>{shown(mine[key])}</Table.Td>
                  <Table.Td>
                    <Button size="xs" variant="default" onClick={() => form.set(key, theirs[key])}>
                      Take theirs
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          Saving now keeps your values.
        </>
      )}
    </Alert>
  )
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
