/** A meter: its fields, how to send to it, what arrived last, and what counts it. */

import { type Aggregation, aggregation } from '@countinghouse/contract/metering/aggregation.ts'
import {
  type DataField,
  type DerivedField,
  type Meter,
  meter,
} from '@countinghouse/contract/metering/meter.ts'
import { meterGroup } from '@countinghouse/contract/metering/meter-group.ts'
import { product } from '@countinghouse/contract/metering/product.ts'
import { Button } from '@mantine/core'
import { IconFileDownload, IconPlus, IconTrash } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { DetailPage, EditButton } from '../../kit/detail/detail-page.tsx'
import { CustomFieldsPanel } from '../../kit/detail/metadata.tsx'
import { ExpressionText } from '../../kit/expression-editor/expression-editor.tsx'
import { unitWords } from '../../kit/format/digits.ts'
import { Code, State, words } from '../../kit/format/state.tsx'
import { AppLink, ButtonLink, useGo } from '../../kit/link.tsx'
import { sourceOf } from '../../kit/list/list-source.ts'
import { ListTable } from '../../kit/list/list-table.tsx'
import { useCan } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { useId } from '../../kit/params.ts'
import { useEvery } from '../../kit/query/every.ts'
import { useOne } from '../../kit/query/resource.ts'
import { useCsvTemplate } from './csv-template.ts'
import classes from './meter.module.css'
import { RecentMeasurements } from './recent-measurements.tsx'
import { SubmitPanel } from './submit-panel.tsx'

const numeric = ['MEASURE', 'INCOME', 'COST']

export function MeterDetailPage() {
  const id = useId()
  const go = useGo()
  const downloadTemplate = useCsvTemplate(id)
  const query = useOne<Meter>(meter, id)
  const itsProduct = useOne(product, query.data?.productId)
  const mayGroup = useCan('config:retrieve', meterGroup.permission)
  const itsGroup = useOne(meterGroup, mayGroup ? query.data?.groupId : null)
  const remove = useRemoveWithQuestion<Meter>(meter, {
    after: () => go('/metering/meters'),
    consequence: () =>
      'The measurements it has taken can no longer be reached. It is refused while an aggregation counts it.',
  })

  return (
    <DetailPage
      query={query}
      trail={[{ title: 'Metering' }, { title: 'Meters', to: '/metering/meters' }]}
      title={(row) => row.name}
      code={(row) => row.code}
      state={(row) => !row.productId && <State tone="note">Global</State>}
      actions={() => (
        <>
          <Button
            variant="default"
            leftSection={<IconFileDownload size={15} />}
            onClick={downloadTemplate}
          >
            CSV template
          </Button>
          <EditButton to={`/metering/meters/${id}/edit`} permission={meter.permission} />
        </>
      )}
      menu={(row) => [
        {
          label: 'Delete meter',
          icon: IconTrash,
          tone: 'bad',
          needs: ['delete', meter.permission],
          run: () => void remove(row),
        },
      ]}
      facts={(row) => [
        {
          label: 'Product',
          value: row.productId ? (
            <AppLink to={`/products/${row.productId}`}>{itsProduct.data?.name ?? '…'}</AppLink>
          ) : (
            'Global: for all products'
          ),
        },
        row.groupId && mayGroup
          ? {
              label: 'Meter group',
              value: (
                <AppLink to={`/metering/meters?groupId=${row.groupId}`}>
                  {itsGroup.data?.name ?? '…'}
                </AppLink>
              ),
            }
          : null,
        {
          label: 'Code',
          value: <Code>{row.code}</Code>,
          help: 'Measurements name the meter by this code.',
        },
      ]}
    >
      {(row) => (
        <>
          <div className={classes.twin}>
            <FieldPanel
              title="Measures"
              help="Numbers that are counted, with their units. Income and cost are amounts of money."
              fields={row.dataFields.filter((field) => numeric.includes(field.category))}
            />
            <FieldPanel
              title="Dimensions"
              help="Texts that say what a measurement is about: who, what, where, other. Usage can be filtered and split by them, and priced by segment. Metadata is only kept."
              fields={row.dataFields.filter((field) => !numeric.includes(field.category))}
            />
          </div>
          {row.derivedFields.length > 0 && <DerivedPanel fields={row.derivedFields} />}
          <AggregationsOf meterId={row.id} />
          <SubmitPanel meter={row} />
          <RecentMeasurements meter={row} />
          <CustomFieldsPanel fields={row.customFields} kind="meter" />
        </>
      )}
    </DetailPage>
  )
}

function FieldPanel({ title, help, fields }: { title: string; help: string; fields: DataField[] }) {
  return (
    <Panel title={title} help={help} count={fields.length} flush>
      {fields.length === 0 && <p className={classes.none}>None</p>}
      <table className={classes.fields}>
        <tbody>
          {fields.map((field) => (
            <tr key={field.code}>
              <td>{field.name}</td>
              <td>
                <Code>{field.code}</Code>
              </td>
              <td>{kindOf(field)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

/** What is measured has a unit; the rest says what it is about. */
function kindOf({ category, unit = '' }: Pick<DataField, 'category' | 'unit'>): string {
  if (category === 'MEASURE') return unitWords(unit)
  return numeric.includes(category) ? `${words(category)}, ${unitWords(unit)}` : words(category)
}

function DerivedPanel({ fields }: { fields: DerivedField[] }) {
  return (
    <Panel
      title="Derived fields"
      count={fields.length}
      help="Calculated once, when a measurement arrives, and stored with it. Open one to see its calculation."
      flush
    >
      {fields.map((field) => (
        <details key={field.code} className={classes.derived}>
          <summary>
            <span>{field.name}</span>
            <Code>{field.code}</Code>
            <span>{kindOf(field)}</span>
          </summary>
          <ExpressionText text={field.calculation} />
        </details>
      ))}
    </Panel>
  )
}

function AggregationsOf({ meterId }: { meterId: string }) {
  const all = useEvery<Aggregation>(aggregation)
  const rows = all.rows.filter((row) => row.meterId === meterId)
  return (
    <Panel
      title="Aggregations"
      count={all.isLoading ? undefined : rows.length}
      flush
      actions={
        <ButtonLink
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          to={`/metering/aggregations/create?meterId=${meterId}`}
        >
          Create aggregation
        </ButtonLink>
      }
    >
      <ListTable
        small
        label="Aggregations of this meter"
        source={sourceOf(all.isLoading ? undefined : rows)}
        columns={[
          { key: 'name', title: 'Name', render: (row) => row.name },
          { key: 'method', title: 'Method', render: (row) => words(row.aggregation), fact: true },
          { key: 'target', title: 'Field', render: (row) => <Code>{row.targetField}</Code> },
          { key: 'unit', title: 'Unit', render: (row) => row.unit },
        ]}
        rowPath={(row) => `/metering/aggregations/${row.id}`}
        empty={{
          title: 'Nothing counts this meter yet',
          text: 'An aggregation turns the measurements of a period into one number that can be priced.',
        }}
      />
    </Panel>
  )
}
