/** What the API says about everything that is stored. */
import { operations, resources } from '@countinghouse/contract/operations.ts'
import type { Json, TestOrganization } from '../support/server.ts'

export type Question = { method: 'GET' | 'POST'; path: string; body?: Json }
export type Answered = Question & { answer: Json }

const everything = { startDate: '2024-01-01T00:00:00Z', endDate: '2024-04-01T00:00:00Z' }
const sum = { fieldCode: 'calls', function: 'SUM' }

/** Each thing in its list, by itself, and what hangs on it. */
export async function questionsAbout(organization: TestOrganization): Promise<Question[]> {
  const plain = operations.filter(
    ({ method, scope, path }) =>
      method === 'GET' && scope === 'organization' && !path.includes('{'),
  )
  const get = (path: string): Question => ({ method: 'GET', path })
  const questions = plain.map(({ path }) => get(path))
  for (const { path } of resources) {
    for (const id of await idsOf(organization, path)) questions.push(get(`${path}/${id}`))
  }
  for (const id of await idsOf(organization, '/events')) questions.push(get(`/events/${id}`))
  for (const id of await idsOf(organization, '/plans'))
    questions.push(get(`/plans/${id}/effective`))
  for (const id of await idsOf(organization, '/billjobs')) questions.push(get(`/billjobs/${id}`))
  for (const id of await idsOf(organization, '/bills')) {
    questions.push(get(`/bills/${id}`), get(`/bills/${id}/lineitems`))
    for (const line of await idsOf(organization, `/bills/${id}/lineitems`)) {
      const path = `/bills/${id}/lineitems/${line}`
      questions.push(get(path), get(`${path}/explanation`), get(`${path}/measurements`))
    }
  }
  for (const { id, code } of (await organization.must.get('/meters')).data) {
    questions.push(get(`/meters/${id}/measurements`))
    const body = { ...everything, meterIds: [id] }
    questions.push({ method: 'POST', path: '/usage/query', body })
    const aggregations = [{ meterCode: code, meterId: id, fieldType: 'MEASURE', ...sum }]
    const groups = [{ groupType: 'ACCOUNT' }]
    questions.push({
      method: 'POST',
      path: '/usage/query',
      body: { ...body, aggregations, groups },
    })
  }
  return questions
}

/** Those that can be answered; a question of the list above may lack what it needs. */
export async function ask(
  organization: TestOrganization,
  questions: Question[],
): Promise<Answered[]> {
  const answered: Answered[] = []
  for (const { method, path, body } of questions) {
    const { status, body: answer } = await organization.call(method, path, { body })
    if (status === 200) answered.push({ method, path, ...(body && { body }), answer })
  }
  return answered
}

async function idsOf(organization: TestOrganization, path: string): Promise<string[]> {
  const { data } = await organization.must.get(`${path}?pageSize=100`)
  return data.map(({ id }: Json) => id)
}
