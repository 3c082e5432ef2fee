/** Bills and what stands behind their lines. */
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import type { LineExplanationAnswer } from '@countinghouse/contract/billing/bill-line-item.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Query } from '../../kit/api/client.ts'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { keysOf, type ListSource, useAnswer, useOne, usePages } from '../../kit/query/resource.ts'

export const billPath = { path: '/bills' }

export function useBills(query: Query): ListSource<Bill> {
  return usePages<Bill>('/bills', {
    pageSize: 100,
    excludeLineItems: 'true',
    includeBillTotal: 'true',
    ...query,
  })
}

export function useBill(id: string) {
  return useOne<Bill>(billPath, id)
}

export function useExplanation(billId: string, lineId: string) {
  return useAnswer<LineExplanationAnswer>(`/bills/${billId}/lineitems/${lineId}/explanation`)
}

export type LineMeasurement = {
  id: string
  uid: string
  ts: string
  receivedAt?: string
  meter: string
  values: Record<string, string>
}

export function useLineMeasurements(billId: string, lineId: string): ListSource<LineMeasurement> {
  const source = usePages<LineMeasurement>(`/bills/${billId}/lineitems/${lineId}/measurements`, {
    pageSize: 25,
  })
  return { ...source, rows: source.rows.map((row) => ({ ...row, id: row.uid })) }
}

/** What a person does with bills; afterwards every list and page of bills is read again. */
export function useBillActs() {
  const api = useOrganizationApi()
  const client = useQueryClient()
  const { id } = useOrganization()
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keysOf(id, '/bills').all }),
      client.invalidateQueries({ queryKey: keysOf(id, '/billjobs').all }),
      client.invalidateQueries({ queryKey: ['organization', id] }),
    ])
  const act = <Input, Answer>(call: (input: Input) => Promise<Answer>) => ({
    mutationFn: call,
    onSettled: refresh,
  })
  return {
    approve: useMutation(
      act((billIds: string[]) =>
        api.post<{ message: string }>('/bills/approve', { body: { billIds } }),
      ),
    ),
    setStatus: useMutation(
      act(({ bill, status }: { bill: string; status: string }) =>
        api.put<Bill>(`/bills/${bill}/status`, { body: { status } }),
      ),
    ),
    lock: useMutation(
      act((billIds: string[]) =>
        Promise.all(billIds.map((each) => api.put<Bill>(`/bills/${each}/lock`))),
      ),
    ),
    recalculate: useMutation(
      act((billIds: string[]) =>
        api.post<{ id: string }>('/billjobs/recalculate', { body: { billIds } }),
      ),
    ),
    remove: useMutation(act((bill: string) => api.remove<Bill>(`/bills/${bill}`))),
    csvUrl: useMutation({
      mutationFn: (body: Record<string, string>) =>
        api.post<{ downloadUrl: string }>('/bills/download/csv/url', { body }),
    }),
  }
}
