/** Bills and what stands behind their lines. */
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import type { LineExplanationAnswer } from '@countinghouse/contract/billing/line-explanation.ts'
import { type Aggregation, aggregation } from '@countinghouse/contract/metering/aggregation.ts'
import {
  type CompoundAggregation,
  compoundAggregation,
} from '@countinghouse/contract/metering/compound-aggregation.ts'
import { parse } from '@countinghouse/engine/calculation/parse.ts'
import { aggregationCodesOf } from '@countinghouse/engine/metering/compound.ts'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Api, Query } from '../../kit/api/client.ts'
import { toFailure } from '../../kit/api/request-failure.ts'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { useEvery } from '../../kit/query/every.ts'
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

type LineMeasurement = { uid: string; ts: string; receivedAt: string; value: string | null }
type MeasurementPage = {
  data: LineMeasurement[]
  nextToken?: string
  total: number
  targetField: string
}

/** Pages of the measurements, with their number and the field that is counted. */
export function useLineMeasurements(billId: string, lineId: string, aggregationId: string | null) {
  const api = useOrganizationApi()
  const { id } = useOrganization()
  const path = `/bills/${billId}/lineitems/${lineId}/measurements`
  const result = useInfiniteQuery({
    queryKey: [...keysOf(id, path).all, aggregationId],
    queryFn: ({ pageParam, signal }) =>
      api.get<MeasurementPage>(path, {
        query: { pageSize: 25, aggregationId, nextToken: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextToken || undefined,
  })
  const rows = result.data?.pages.flatMap((page) => page.data) ?? []
  const [first] = result.data?.pages ?? []
  return {
    source: {
      rows: rows.map((row) => ({ ...row, id: row.uid })),
      isLoading: result.isPending,
      isRefreshing: false,
      error: result.error,
      hasMore: result.hasNextPage,
      isLoadingMore: result.isFetchingNextPage,
      loadMore: () => void result.fetchNextPage(),
      reload: () => void result.refetch(),
    },
    total: first?.total,
    field: first?.targetField,
  }
}

/** The aggregations that a compound aggregation reads now, in the order of its calculation. */
export function useCompoundParts(compoundId: string | null): { id: string; name: string }[] {
  const compound = useOne<CompoundAggregation>(compoundAggregation, compoundId)
  const aggregations = useEvery<Aggregation>(aggregation, {}, { enabled: compoundId !== null })
  if (!compound.data) return []
  const codes = aggregationCodesOf(parse(compound.data.calculation))
  return codes.flatMap((code) => aggregations.rows.filter((row) => row.code === code))
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
    approveInvoiced: useMutation(
      act((query: { externalInvoiceDateStart: string; externalInvoiceDateEnd: string }) =>
        api.post<{ message: string }>('/bills/approve', { query, body: {} }),
      ),
    ),
    setStatus: useMutation(
      act(({ bill, status }: { bill: string; status: string }) =>
        api.put<Bill>(`/bills/${bill}/status`, { body: { status } }),
      ),
    ),
    lock: useMutation(act((billIds: string[]) => lockEach(api, billIds))),
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

/** One by one, because each call locks one bill; a refusal does not keep the others from it. */
async function lockEach(api: Api, billIds: string[]): Promise<void> {
  const refusals: unknown[] = []
  for (const each of billIds) {
    await api.put<Bill>(`/bills/${each}/lock`).catch((cause: unknown) => refusals.push(cause))
  }
  const [first] = refusals
  if (first === undefined) return
  if (billIds.length === 1) throw first
  const { message } = toFailure(first)
  throw new Error(
    `${billIds.length - refusals.length} of ${billIds.length} bills are locked. The others are not: ${message}`,
  )
}
