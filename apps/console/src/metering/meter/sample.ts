/** Submission samples made for one very meter, in the languages people send from (console 4.5). */
import type { DataField } from '@countinghouse/contract/metering/meter.ts'
import type { Language } from '../../kit/code-block.tsx'

type Described = { code?: string; dataFields?: Pick<DataField, 'category' | 'code'>[] }

export function sampleMeasurement(meter: Described): Record<string, unknown> {
  const groups: Record<string, Record<string, unknown>> = {}
  for (const field of meter.dataFields ?? []) {
    if (!field.category || !field.code) continue
    const group = field.category.toLowerCase()
    const isNumber = ['measure', 'income', 'cost'].includes(group)
    groups[group] = { ...groups[group], [field.code]: isNumber ? 12.5 : `${field.code}-1` }
  }
  return {
    uid: 'a-unique-id-of-this-event',
    meter: meter.code || 'meter_code',
    account: 'account_code',
    ts: '2026-11-01T12:00:00Z',
    ...groups,
  }
}

type Sample = { label: string; language: Language; code: string }

export function submissionSamples(url: string, meter: Described): Sample[] {
  const body = { measurements: [sampleMeasurement(meter)] }
  const json = JSON.stringify(body, null, 2)
  return [
    { label: 'JSON', language: 'json', code: json },
    {
      label: 'cURL',
      language: 'bash',
      code: `curl -X POST '${url}' \\\n  -H "Authorization: Bearer $TOKEN" \\\n  -H 'Content-Type: application/json' \\\n  -d '${json}'`,
    },
    {
      label: 'JavaScript',
      language: 'javascript',
      code: `const answer = await fetch('${url}', {\n  method: 'POST',\n  headers: {\n    Authorization: \`Bearer \${token}\`,\n    'Content-Type': 'application/json',\n  },\n  body: JSON.stringify(${json}),\n})\nif (!answer.ok) throw new Error((await answer.json()).message)`,
    },
    {
      label: 'Python',
      language: 'python',
      code: `import requests\n\nanswer = requests.post(\n    "${url}",\n    headers={"Authorization": f"Bearer {token}"},\n    json=${json},\n)\nanswer.raise_for_status()`,
    },
    {
      label: 'Java',
      language: 'java',
      code: `HttpRequest request = HttpRequest.newBuilder(URI.create("${url}"))\n    .header("Authorization", "Bearer " + token)\n    .header("Content-Type", "application/json")\n    .POST(HttpRequest.BodyPublishers.ofString("""\n${json}\n"""))\n    .build();\nHttpResponse<String> answer = HttpClient.newHttpClient()\n    .send(request, HttpResponse.BodyHandlers.ofString());`,
    },
  ]
}
