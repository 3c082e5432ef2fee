/** Bills of at most 31 days as a CSV file, one row for each line (billing 10.4). */

import { billCsvUrl } from '@countinghouse/contract/billing/bill.ts'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { DayField } from '../../kit/form/day-field.tsx'
import { Field } from '../../kit/form/field.tsx'
import { FormBody, FormSection } from '../../kit/form/form-page.tsx'
import { usePopUp } from '../../kit/pop-up.tsx'
import { useBillActs } from './queries.ts'

export function useDownloadBills(): () => void {
  const popUp = usePopUp()
  return () => popUp({ title: 'Download bills' }, (close) => <DownloadForm close={close} />)
}

function DownloadForm({ close }: { close: () => void }) {
  const { csvUrl } = useBillActs()
  const form = useContractForm<Record<string, unknown>, { downloadUrl: string }>({
    schema: billCsvUrl.body ?? {},
    defaults: { externalSystem: 'STANDARD' },
    save: (body) => csvUrl.mutateAsync(body as Record<string, string>),
    toast: null,
    onSaved: ({ downloadUrl }) => {
      window.location.assign(downloadUrl)
      close()
    },
    unguarded: true,
  })
  return (
    <FormBody form={form} submit="Download" onCancel={close}>
      <FormSection text="By invoice date, at most 31 days and 5,000 bills. Bills without lines are missing from the file, because each row is a line.">
        <DayField name="externalInvoiceDateStart" asInstant={false} />
        <DayField name="externalInvoiceDateEnd" asInstant={false} />
        <Field
          name="externalSystem"
          labels={{ STANDARD: 'All columns', XERO: 'Xero sales invoices' }}
          wide
        />
      </FormSection>
    </FormBody>
  )
}
