/**
 * Create and edit pages (console 3.3). The form stays near 720 px; beside it a column for the
 * preview and the help of the field that has the focus.
 *
 *     <FormPage form={form} trail={[…]} title="Create meter" submit="Create meter" cancel="/metering/meters" preview={<… />}>
 *       <FormSection title="Meter">
 *         <ReferenceField name="productId" resource={product} blank="Global" create="/products/create" />
 *         <Field name="name" /> <CodeField />
 *       </FormSection>
 *       <FormSection title="Data fields" text="…">
 *         <Rows name="dataFields" max={15} add="Add data field" empty={{ category: 'MEASURE', code: '', name: '', unit: '' }}>
 *           {(at) => <><Field name={`${at}.category`} hideLabel/> …</>}
 *         </Rows>
 *       </FormSection>
 *       <CustomFieldsSection />
 *     </FormPage>
 *
 * In a pop-up use `<FormBody form={form} submit="Run billing" onCancel={close}>` alone.
 */
import { Alert, Button, Text } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { schemaAt } from '../api/exact-json.ts'
import { AsCurl } from '../as-curl.tsx'
import { ButtonLink } from '../link.tsx'
import { WholeFailure } from '../page/failure.tsx'
import { Page } from '../page/page.tsx'
import { type Crumb, PageHead } from '../page/page-head.tsx'
import { ConflictNotice } from './conflict-notice.tsx'
import type { ContractForm } from './contract-form.ts'
import classes from './form.module.css'
import { FormContext } from './form-context.ts'
import { useRefusal } from './refusal.ts'

type FormPageProps = {
  // biome-ignore lint/suspicious/noExplicitAny: a form of any values fits the page
  form: ContractForm<any>
  trail: Crumb[]
  title: string
  lead?: ReactNode
  submit: string
  cancel: string
  preview?: ReactNode
  children: ReactNode
}

export function FormPage({
  form,
  trail,
  title,
  lead,
  submit,
  cancel,
  preview,
  children,
}: FormPageProps) {
  useHotkeys([['mod+Enter', () => form.submit()]], [])
  const refusal = useRefusal(form.right)
  if (refusal)
    return (
      <Page>
        <WholeFailure error={refusal} trail={trail} />
      </Page>
    )
  return (
    <Page>
      <PageHead trail={trail} title={title} lead={lead} />
      <div className={classes.layout}>
        <FormBody
          form={form}
          submit={submit}
          cancel={
            <>
              <ButtonLink variant="default" to={cancel}>
                Cancel
              </ButtonLink>
              {form.call && (
                <span className={classes.footEnd}>
                  <AsCurl call={form.call} label="Copy as cURL" />
                </span>
              )}
            </>
          }
        >
          {children}
        </FormBody>
        <aside className={classes.aside}>
          {preview}
          <FocusedHelp form={form} />
        </aside>
      </div>
    </Page>
  )
}

type FormBodyProps = {
  // biome-ignore lint/suspicious/noExplicitAny: a form of any values fits the page
  form: ContractForm<any>
  submit: string
  cancel?: ReactNode
  onCancel?: () => void
  children: ReactNode
}

export function FormBody({ form, submit, cancel, onCancel, children }: FormBodyProps) {
  return (
    <FormContext value={form}>
      <form className={classes.form} onSubmit={form.submit} noValidate>
        <ProblemList form={form} />
        {form.conflict && <ConflictNotice form={form} conflict={form.conflict} />}
        {children}
        <div className={classes.foot}>
          <Button type="submit" loading={form.isSaving}>
            {submit}
          </Button>
          {cancel}
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          )}
        </div>
      </form>
    </FormContext>
  )
}

function ProblemList({ form }: { form: ContractForm<unknown> }) {
  const entries = Object.entries(form.problems)
  if (form.conflict || (entries.length === 0 && !form.failure)) return null
  const isOnlyBlur = !form.failure && entries.length < 2
  if (isOnlyBlur) return null
  return (
    <Alert
      color="oxblood"
      mb="md"
      data-form-problems
      title={(entries.length === 0 && form.failure?.message) || 'Some fields need another look'}
    >
      {entries.length > 0 && (
        <ul className={classes.problems}>
          {entries.map(([path, message]) => (
            <li key={path}>
              <a href={`#field-${path}`}>{labelOf(form, path)}</a>: {message}
            </li>
          ))}
        </ul>
      )}
      {form.failure?.requestId && (
        <Text size="xs" c="dimmed">
          Request {form.failure.requestId}
        </Text>
      )}
    </Alert>
  )
}

function labelOf(form: ContractForm<unknown>, path: string): string {
  const title = (schemaAt(form.schema, path) as { title?: string } | undefined)?.title ?? path
  const row = /\.(\d+)(\.|$)/.exec(path)
  return row ? `Row ${Number(row[1]) + 1}, ${title}` : title
}

function FocusedHelp({ form }: { form: ContractForm<unknown> }) {
  const schema = form.focused
    ? (schemaAt(form.schema, form.focused) as Prose | undefined)
    : undefined
  if (!schema?.description) return null
  return (
    <div className={classes.focusedHelp}>
      <h2>{schema.title}</h2>
      <p>{schema.description}</p>
    </div>
  )
}

type Prose = { title?: string; description?: string }

type FormSectionProps = {
  title?: string
  text?: ReactNode
  children: ReactNode
  actions?: ReactNode
}

/** Fields stand in two columns; `wide` on a field takes both. */
export function FormSection({ title, text, children, actions }: FormSectionProps) {
  return (
    <fieldset className={classes.section}>
      {title && (
        <legend className={classes.legend}>
          <span>{title}</span>
          {actions}
        </legend>
      )}
      {text && <p className={classes.sectionText}>{text}</p>}
      <div className={classes.grid}>{children}</div>
    </fieldset>
  )
}
