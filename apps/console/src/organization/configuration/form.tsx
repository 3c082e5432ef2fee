/** The settings of the whole organization (organization 2), with what a change brings beside it. */

import {
  type OrganizationConfiguration,
  organizationConfigurationBody,
  scheduledIntervals,
  updateOrganizationConfiguration,
} from '@countinghouse/contract/organization/configuration.ts'
import { currency } from '@countinghouse/contract/organization/currency.ts'
import { Alert, Select } from '@mantine/core'
import type { ContractForm } from '../../kit/form/contract-form.ts'
import { Field } from '../../kit/form/field.tsx'
import { useFieldProps } from '../../kit/form/field-props.tsx'
import { useForm } from '../../kit/form/form-context.ts'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { ReferenceField } from '../../kit/form/reference-field.tsx'
import { Rows } from '../../kit/form/rows.tsx'
import { EpochPeriods } from './epoch-periods.tsx'
import { SettingsOf, useSettingsForm } from './settings-form.tsx'

type Configuration = OrganizationConfiguration

const OVERVIEW = '/settings/organization'

export function ConfigurationFormPage() {
  return (
    <SettingsOf<Configuration> path="/organizationconfig">
      {(row) => <ConfigurationForm entity={row} />}
    </SettingsOf>
  )
}

function ConfigurationForm({ entity }: { entity: Configuration }) {
  const form = useSettingsForm<Configuration>({
    path: '/organizationconfig',
    schema: organizationConfigurationBody,
    right: updateOrganizationConfiguration.permission,
    entity,
    toast: 'Configuration updated',
    overview: OVERVIEW,
  })
  return (
    <FormPage
      form={form}
      trail={[{ title: 'Settings' }, { title: 'Organization', to: OVERVIEW }]}
      title="Edit configuration"
      submit="Update configuration"
      cancel={OVERVIEW}
      preview={
        <>
          <Consequences form={form} entity={entity} />
          <EpochPeriods values={form.values} />
        </>
      }
    >
      <FormSection title="Time and money">
        <TimezoneField />
        <CurrencyField name="currency" create="/settings/organization/currencies/create" />
        <Field name="dayEpoch" />
        <Field name="weekEpoch" />
        <Field name="monthEpoch" />
        <Field name="yearEpoch" />
      </FormSection>
      <FormSection
        title="Currency conversions"
        text="Prices in one currency become bills in another at these rates."
      >
        <Rows
          name="currencyConversions"
          add="Add conversion"
          max={200}
          empty={{ from: '', to: '', multiplier: '' }}
          fields={['from', 'to', 'multiplier']}
          columns="1fr 1fr 1fr"
        >
          {(at) => (
            <>
              <CurrencyField name={`${at}.from`} hideLabel />
              <CurrencyField name={`${at}.to`} hideLabel />
              <Field name={`${at}.multiplier`} hideLabel placeholder="1.08" />
            </>
          )}
        </Rows>
      </FormSection>
      <FormSection title="Billing">
        <Field name="standingChargeBillInAdvance" />
        <Field name="minimumSpendBillInAdvance" />
        <Field name="commitmentFeeBillInAdvance" />
        <Field name="consolidateBills" />
        <Field name="suppressedEmptyBills" />
        <Field name="allowOverlappingPlans" />
        <Field name="daysBeforeBillDue" unit="days" />
        <Field name="externalInvoiceDate" />
        <Field name="autoApproveBillsGracePeriod" placeholder="by hand" />
        <Field name="autoApproveBillsGracePeriodUnit" />
        <IntervalField />
        <Field
          name="scheduledBillOffset"
          unit="hour"
          disabled={form.values.scheduledBillInterval !== 24}
        />
      </FormSection>
      <FormSection title="Bill numbers">
        <Field name="billPrefix" placeholder="INV-" />
        <Field name="sequenceStartNumber" />
      </FormSection>
    </FormPage>
  )
}

function CurrencyField(props: { name: string; hideLabel?: boolean; create?: string }) {
  return (
    <ReferenceField
      {...props}
      resource={currency}
      value={(row) => row.code ?? ''}
      itemLabel={(row) => `${row.code}, ${row.name}`}
      query={{ archived: 'false' }}
    />
  )
}

function TimezoneField() {
  const form = useForm()
  const value = String(form.get('timezone') ?? '')
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
  return (
    <Select
      {...useFieldProps({ name: 'timezone' })}
      data={zones.includes(value) ? zones : [value, ...zones]}
      searchable
      limit={60}
      value={value}
      onChange={(zone) => form.set('timezone', zone ?? '')}
    />
  )
}

function IntervalField() {
  const form = useForm()
  return (
    <Select
      {...useFieldProps({ name: 'scheduledBillInterval' })}
      data={scheduledIntervals.map((hours) => ({
        value: String(hours),
        label: intervalLabel(hours),
      }))}
      value={String(form.get('scheduledBillInterval') ?? 0)}
      onChange={(hours) => form.set('scheduledBillInterval', Number(hours))}
    />
  )
}

function intervalLabel(hours: number): string {
  if (hours === 0) return 'Off'
  return hours < 1
    ? `Every ${hours * 60} minutes`
    : `Every ${hours === 1 ? 'hour' : `${hours} hours`}`
}

function Consequences({
  form,
  entity,
}: {
  form: ContractForm<Configuration>
  entity: Configuration
}) {
  const { values } = form
  const consequences = [
    values.timezone !== entity.timezone &&
      'Days and periods will begin at midnight of the new time zone. Bills that exist keep their borders; the next periods follow the new ones.',
    values.consolidateBills === true &&
      entity.consolidateBills !== true &&
      'All charges of an account will share one bill, so a bill run no longer asks for a frequency.',
    values.currency !== entity.currency &&
      `Plans priced in another currency than ${values.currency} need a conversion to it, or their accounts cannot be billed.`,
  ].filter((each) => each !== false)
  if (consequences.length === 0) return null
  return (
    <Alert color="ochre" title="What this changes">
      {consequences.map((each) => (
        <p key={each} style={{ margin: '0 0 6px' }}>
          {each}
        </p>
      ))}
    </Alert>
  )
}
