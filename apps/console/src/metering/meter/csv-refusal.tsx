/** Why a CSV file was refused: each problem with its line and column, to look through or to save. */
import { Alert, Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { RequestFailure } from '../../kit/api/request-failure.ts'
import { csvText } from '../../kit/csv.ts'
import { counted } from '../../kit/format/digits.ts'
import { Code } from '../../kit/format/state.tsx'
import { sourceOf } from '../../kit/list/list-source.ts'
import { ListTable } from '../../kit/list/list-table.tsx'
import { saveText } from '../../kit/save-text.ts'
import classes from './meter.module.css'

type Problem = { id: string; line: string; column: string; message: string }

export function CsvRefusal({ fileName, failure }: { fileName: string; failure: RequestFailure }) {
  const problems = failure.errors.map(({ field, message }, at): Problem => {
    const [line = '', column = ''] = field.replace(/^line /, '').split(', ')
    return { id: String(at), line, column, message }
  })
  return (
    <div className={classes.refusal}>
      <Alert color="oxblood" title={`Nothing of ${fileName} was taken`} mb="xs">
        {problems.length > 0
          ? `${counted(problems.length, 'problem')} in the file. Mend them and drop it again: rows without a problem have not been counted either.`
          : failure.message}
      </Alert>
      {problems.length > 0 && (
        <>
          <ListTable
            small
            label="Problems of the file"
            source={sourceOf(problems)}
            columns={[
              { key: 'line', title: 'Line', width: 80, render: (row) => row.line },
              {
                key: 'column',
                title: 'Column',
                width: 200,
                render: (row) => <Code>{row.column}</Code>,
                fact: true,
              },
              { key: 'message', title: 'Problem', render: (row) => row.message, fact: true },
            ]}
            empty={{ title: '', text: '' }}
          />
          <Button
            size="xs"
            variant="default"
            mt="xs"
            leftSection={<IconDownload size={14} />}
            onClick={() => saveText(`problems of ${fileName}`, reportOf(problems), 'text/csv')}
          >
            Save as CSV
          </Button>
        </>
      )}
    </div>
  )
}

function reportOf(problems: readonly Problem[]): string {
  return csvText([
    ['line', 'column', 'problem'],
    ...problems.map(({ line, column, message }) => [line, column, message]),
  ])
}
